import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import type { Baseline } from './baseline-form.ts';
import { baselineForm } from './baseline-form.ts';
import { keepNewest } from './keep-newest.ts';
import { writeWhole } from './write-whole.ts';

const MAX_BYTES = 20_000_000;
const FOLDER = 'baselines';
/** Names, of which a plan may make a new one for each version; older ones make room. */
const MOST = 500;

const pathOf = (directory: string, name: string): string => join(directory, FOLDER, `${name}.json`);

/** Keeps a baseline under its name, in place of what was there. `directory`: the provider's own. */
export async function keepBaseline(directory: string, baseline: Baseline, most = MOST): Promise<void> {
  const folder = join(directory, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(pathOf(directory, baseline.name), JSON.stringify(baseline));
  await keepNewest(folder, most);
}

/** Throws TerminalError where there is none of that name, or none that can be read. */
export async function readBaseline(directory: string, name: string): Promise<Baseline> {
  const text = await readBoundedFile(pathOf(directory, name), MAX_BYTES);
  const help = `run the check with baseline: {save: ${name}} on the version before`;
  if (text === null) throw new TerminalError(`There is no baseline ${name}: ${help}`);
  const parsed = baselineForm.safeParse(jsonOf(text));
  if (!parsed.success) throw new TerminalError(`The baseline ${name} cannot be read: ${help}`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
