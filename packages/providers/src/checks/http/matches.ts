import { withinTime } from '../../http/within-time.ts';
import type { Holds } from './holds.ts';

const LONGEST_TEXT = 10_000;
const LIMIT_MS = 250;

/** Whether a text matches a regular expression; unknown where the text is very long or matching takes very long. */
export function matches(text: string, pattern: string): Holds {
  if (text.length > LONGEST_TEXT) return 'unknown';
  const found = withinTime(LIMIT_MS, () => new RegExp(pattern, 'u').test(text));
  if (found === null) return 'unknown';
  return found.value ? 'pass' : 'fail';
}
