import type { Holds } from './holds.ts';
import { withinTime } from './within-time.ts';

const LONGEST_TEXT = 10_000;
const LIMIT_MS = 250;

/** Whether a text matches a regular expression; unknown where the text is very long or matching takes very long. */
export function matches(text: string, pattern: string): Holds {
  if (text.length > LONGEST_TEXT) return 'unknown';
  const found = firstMatch(text, pattern);
  if (found === null) return 'unknown';
  return found.match === null ? 'fail' : 'pass';
}

/** Where a regular expression is first found in a text; null where that takes more than 250 ms of the processor's time. */
export function firstMatch(text: string, pattern: string): { readonly match: RegExpExecArray | null } | null {
  const found = withinTime(LIMIT_MS, () => new RegExp(pattern, 'u').exec(text));
  return found === null ? null : { match: found.value };
}
