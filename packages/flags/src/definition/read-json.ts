import type { Json } from '../json.ts';
import { TEXT_LIMITS } from './limits.ts';

/**
 * JSON as data, in a small part of the time that its places take; null: it is no JSON, or has something that JSON.parse lets pass and
 * a flag set does not (a key twice, `__proto__`, too deep, no finite number), of which the slower way tells the place.
 */
export function readJson(text: string): Json | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const size = sizeOf(value);
  // JSON.parse keeps the last of two keys: then the text has more of them than the value.
  return size !== null && size === keysIn(text) ? value : null;
}

/** Keys in all; null: too deep, or with what no flag set may have. */
function sizeOf(value: Json, depth = 1): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : null;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > TEXT_LIMITS.depth || Object.hasOwn(value, '__proto__')) return null;
  const inner: readonly Json[] = Object.values(value);
  let keys = Array.isArray(value) ? 0 : inner.length;
  for (const each of inner) {
    const more = sizeOf(each, depth + 1);
    if (more === null) return null;
    keys += more;
  }
  return keys;
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];

/** Colons outside of texts, each of which has a key before it. The text is JSON. */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COLON) keys += 1;
    else if (code === QUOTE) at = endOfText(text, at + 1);
  }
  return keys;
}

/** Where the text that begins at `from` is closed. */
function endOfText(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
  return slashes % 2 === 1;
}
