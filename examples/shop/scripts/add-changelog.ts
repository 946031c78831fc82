// node add-changelog.ts VERSION [--check | --remove]
// Works on the CHANGELOG.md of the current folder. Ends with 0: done, or the entry is there; 1: --check finds none; 2: it cannot tell.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { addEntry, hasEntry, removeEntry } from '../changelog.ts';

const FILE = 'CHANGELOG.md';

try {
  process.exitCode = run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

function run(): number {
  const options = { check: { type: 'boolean' }, remove: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [version, ...more] = positionals;
  if (version === undefined || more.length > 0 || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error('give one version, such as 2.2.0');
  }
  const text = readFileSync(FILE, 'utf8');
  if (values.check === true) return report(hasEntry(text, version), version);
  const wanted = values.remove === true ? removeEntry(text, version) : addEntry(text, version, featuresOf(version));
  if (wanted !== text) replace(wanted);
  return 0;
}

function report(found: boolean, version: string): number {
  console.log(found ? `${FILE} has an entry for ${version}` : `${FILE} has no entry for ${version}`);
  return found ? 0 : 1;
}

function featuresOf(version: string): readonly string[] {
  const text = readFileSync(new URL(`../releases/${version}.json`, import.meta.url), 'utf8');
  const { features } = JSON.parse(text) as { readonly features: readonly string[] };
  return features;
}

/** A file is there as a whole or as it was: whoever dies in the middle leaves nothing half-written. */
function replace(text: string): void {
  writeFileSync(`${FILE}.new`, text);
  renameSync(`${FILE}.new`, FILE);
}
