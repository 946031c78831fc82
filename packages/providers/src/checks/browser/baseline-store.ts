import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import type { Baseline } from './baseline-form.ts';
import { baselineForm } from './baseline-form.ts';
import { writeWhole } from './write-whole.ts';

const MAX_BYTES = 20_000_000;
const FOLDER = 'baselines';

const pathOf = (directory: string, name: string): string => join(directory, FOLDER, `${name}.json`);

/** Keeps a baseline under its name, in place of what was there. `directory`: the provider's own. */
export async function keepBaseline(directory: string, baseline: Baseline): Promise<void> {
  await mkdir(join(directory, FOLDER), { recursive: true, mode: 0o700 });
  await writeWhole(pathOf(directory, baseline.name), JSON.stringify(baseline));
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
