// node scripts/staged.ts JOURNAL VERSION
// Ends with 1 where the journal does not say that the staging of this version has held for 48 h.
import { existsSync, readFileSync } from 'node:fs';

const [file = '', version = ''] = process.argv.slice(2);

try {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error('give a journal and a version');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const wanted = `Staging ${version} : validé 48 h`;
  const found = lines.find((line) => line.replace(/^#+ /, '').startsWith(wanted));
  if (found === undefined) throw new Error(`${file} does not say "${wanted}"`);
  console.log(found);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
