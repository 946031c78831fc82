import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { notUtf8At } from './commands/read-plan.ts';
import { Failure, reasonOf } from './failure.ts';
import type { Session } from './session.ts';

interface Bound {
  /** Bytes. */
  readonly largest: number;
  /** What is said of a file that has more. */
  readonly tooLarge: string;
}

/** The text of a file that a person names. Throws Failure where it cannot be read, is too large, or is not UTF-8. */
export function readTextFile(session: Session, file: string, { largest, tooLarge }: Bound): string {
  const { failures } = session.m;
  const path = resolve(session.context.cwd, file);
  try {
    if (statSync(path).size > largest) throw new Failure('too-large', tooLarge);
    const bytes = readFileSync(path);
    const offset = notUtf8At(bytes);
    if (offset !== null) throw new Failure('wrong-input', failures.notUtf8(file, offset));
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
}
