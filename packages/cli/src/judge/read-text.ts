import { readTextFile } from '../read-text-file.ts';
import type { Session } from '../session.ts';

/** Bytes of a file of recorded data. */
const LARGEST = 100_000_000;
const BYTE_ORDER_MARK = '\uFEFF';

/** A file of recorded data. Throws Failure where it cannot be read, is too large, or is not UTF-8. */
export function readText(session: Session, file: string): string {
  const tooLarge = session.m.judge.tooLarge(file, LARGEST / 1_000_000);
  const text = readTextFile(session, file, { largest: LARGEST, tooLarge });
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** undefined where it is none: the schema that comes after it says so. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
