import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 100;

/** The files of a folder by name, bounded. What is no plain file is there with no bytes: it is no part of a bundle. Throws Failure. */
export function readBundle(folder: string, m: Messages): ReadonlyMap<string, Uint8Array> {
  try {
    const names = readdirSync(folder).slice(0, MOST_FILES);
    return new Map(names.map((name) => [name, bytesOf(join(folder, name), m)]));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('wrong-input', m.failures.unreadable(folder, reasonOf(error)));
  }
}

function bytesOf(file: string, { reports }: Messages): Uint8Array {
  const stat = lstatSync(file);
  if (!stat.isFile()) return new Uint8Array();
  if (stat.size > MOST_BYTES) throw new Failure('too-large', reports.fileTooLarge(file));
  return readFileSync(file);
}
