import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { notUtf8At } from '../commands/read-plan.ts';
import { Failure, reasonOf } from '../failure.ts';
import type { Session } from '../session.ts';

/** Bytes of a file of recorded data. */
const LARGEST = 100_000_000;
const BYTE_ORDER_MARK = '\uFEFF';

/** A file of recorded data. Throws Failure where it cannot be read, is too large, or is not UTF-8. */
export function readText(session: Session, file: string): string {
  const { failures, judge } = session.m;
  const path = resolve(session.context.cwd, file);
  try {
    if (statSync(path).size > LARGEST) throw new Failure('too-large', judge.tooLarge(file, LARGEST / 1_000_000));
    const bytes = readFileSync(path);
    const offset = notUtf8At(bytes);
    if (offset !== null) throw new Failure('wrong-input', failures.notUtf8(file, offset));
    const text = bytes.toString('utf8');
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('wrong-input', failures.unreadable(file, reasonOf(error)));
  }
}

/** undefined where it is none: the schema that comes after it says so. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
