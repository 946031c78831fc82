import type { JsonValue } from 'jsonpath-rfc9535';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON of a body; undefined where it is none. Whole numbers beyond 2^53 stay apart: two long ids may be one as numbers. */
export function parseExactly(bytes: Uint8Array): JsonValue | undefined {
  try {
    const text = utf8.decode(bytes);
    // A reviver costs much more than the parsing, and few bodies have such numbers.
    return JSON.parse(text, /\d{16}|\d[eE]/.test(text) ? exactly : undefined) as JsonValue;
  } catch {
    return undefined;
  }
}

function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  // No text that is sent begins like this, so a number is never taken for one.
  return `\u0000${context?.source ?? value}`;
}
