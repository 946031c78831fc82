import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { readBoundedFile } from '../env-file/read-bounded-file.ts';
import type { Report } from './report.ts';
import { MAX_REPORT_BYTES } from './report.ts';

const MAX_FILES = 500;
/** Every file and folder that a glob touches counts, so that no glob walks through a whole disk. */
const LEFT_OUT = new Set(['node_modules', '.git']);

/** Paths under `directory` that a glob matches, in order. Throws TerminalError for more than 500. */
export async function pathsOf(pattern: string, directory: string, signal: AbortSignal): Promise<readonly string[]> {
  const paths: string[] = [];
  const exclude = ({ name }: { readonly name: string }): boolean => {
    // The only place from which a long walk can be left.
    signal.throwIfAborted();
    return LEFT_OUT.has(name);
  };
  for await (const entry of glob(pattern, { cwd: directory, exclude, withFileTypes: true })) {
    signal.throwIfAborted();
    if (!entry.isDirectory()) paths.push(join(entry.parentPath, entry.name));
    if (paths.length > MAX_FILES) throw new TerminalError(`${pattern} matches more than ${MAX_FILES} files: narrow it`);
  }
  return paths.toSorted();
}

/** Reads one report. Throws TerminalError for a file that went away, is none or is larger than 10 MB. */
export async function reportInFile(path: string, name: string): Promise<Report> {
  const text = await readBoundedFile(path, MAX_REPORT_BYTES);
  if (text === null) throw new TerminalError(`${name} went away while it was read`);
  return { name, text, writtenAt: (await stat(path)).mtimeMs };
}
