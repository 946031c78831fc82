import { posix } from 'node:path';
import { readTextFile } from '../read-text-file.ts';
import type { Session } from '../session.ts';

const LARGEST = 20_000_000;

/** A file of flag definitions under the name by which it is known to the set. Throws Failure where it cannot be read. */
export function readFlagFile(session: Session, file: string): { readonly file: string; readonly text: string } {
  const tooLarge = session.m.flags.failures.fileTooLarge(file);
  const text = readTextFile(session, file, { largest: LARGEST, tooLarge });
  return { file: posix.normalize(file.replaceAll('\\', '/')), text };
}
