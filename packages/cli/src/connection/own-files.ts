import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

/** This process's user; undefined: the platform has none. */
export type Me = number | undefined;

export function whoAmI(): Me {
  return process.getuid?.();
}

export interface Owned {
  readonly uid: number;
  readonly mode: number;
}

const WRITABLE_BY_OTHERS = 0o022;

/** Why what stands there may be another user's word; null: only we can have written it. Root trusts nobody else either. */
export function distrust({ uid, mode }: Owned, me: Me): 'foreign' | 'open' | null {
  if (me === undefined) return null;
  if (uid !== me) return 'foreign';
  return (mode & WRITABLE_BY_OTHERS) === 0 ? null : 'open';
}

/** Throws Failure, with what to do, where another user owns the folder or may write into it. One that is missing is no danger. */
export function requireOwnFolder(folder: string, m: Messages, me: Me = whoAmI()): void {
  try {
    // A link of another user leads to wherever they like.
    const link = lstatSync(folder);
    if (link.isSymbolicLink()) refuse(distrust({ uid: link.uid, mode: 0 }, me), folder, m);
    refuse(distrust(statSync(folder), me), folder, m);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    if (error instanceof Failure) throw error;
    throw new Failure('unavailable', m.failures.unreadable(folder, reasonOf(error)));
  }
}

/** The beginning of a file that only we can have written; null: there is none. Throws Failure. */
export function readOwnFile(file: string, m: Messages, me: Me = whoAmI()): string | null {
  try {
    // The open file is asked whose it is: its name may lead to another one a moment later.
    const opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      refuse(distrust(fstatSync(opened), me), file, m);
      return readFileSync(opened, 'utf8').slice(0, 10_000);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (error instanceof Failure) throw error;
    throw new Failure('unavailable', m.failures.unreadable(file, reasonOf(error)));
  }
}

function refuse(why: 'foreign' | 'open' | null, path: string, m: Messages): void {
  if (why === 'foreign') throw new Failure('not-allowed', m.failures.othersFile(path));
  if (why === 'open') throw new Failure('not-allowed', m.failures.openToOthers(path));
}
