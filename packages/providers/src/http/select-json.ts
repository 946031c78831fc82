import type { JsonValue } from 'jsonpath-rfc9535';
import { query } from 'jsonpath-rfc9535';
import { withinTime } from './within-time.ts';

const LIMIT_MS = 250;

export type Selected = { readonly values: readonly JsonValue[] } | { readonly problem: string };

/** What a JSONPath selects in the document of another server; the problem where that takes too long or the document is too deep. */
export function selectJson(json: JsonValue, path: string): Selected {
  const found = withinTime(LIMIT_MS, () => valuesAt(json, path));
  if (found === null) return { problem: 'the JSONPath took too long' };
  return found.value === null
    ? { problem: 'the document is nested too deeply for the JSONPath' }
    : { values: found.value };
}

/** null where looking through the document overflows the stack. */
function valuesAt(json: JsonValue, path: string): readonly JsonValue[] | null {
  try {
    return query(json, path);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
