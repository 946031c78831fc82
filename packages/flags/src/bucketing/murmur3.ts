/** MurmurHash3, 32 bit for x86, seed 0, over UTF-8 (https://github.com/aappleby/smhasher, MurmurHash3_x86_32). */

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

function mixKey(key: number): number {
  const k = Math.imul(key, C1);
  return Math.imul((k << 15) | (k >>> 17), C2);
}

function mixBlock(hash: number, block: number): number {
  const h = hash ^ mixKey(block);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A hash under way: what came so far, and the 0 to 3 bytes that wait for their block. */
export interface HashState {
  readonly hash: number;
  readonly rest: number;
  readonly length: number;
}

export const EMPTY_HASH: HashState = { hash: 0, rest: 0, length: 0 };

/** Hash of the text's UTF-8, 0 to 2^32 - 1. A surrogate without its other half counts as U+FFFD. */
export function murmur3(text: string): number {
  return murmur3After(EMPTY_HASH, text);
}

/** As `murmur3` of prefix + text, where `begin` is `hashState(prefix)`. ASCII takes no memory. */
export function murmur3After(begin: HashState, text: string): number {
  const shift = (begin.length & 3) << 3;
  const blocks = text.length & ~3;
  let { hash, rest } = begin;
  let i = 0;
  // Four at a time: a set of flags hashes the same key for each of them.
  for (; i < blocks; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    if ((a | b | c | d) > 0x7f) return murmur3Bytes(begin, utf8(text));
    const four = a | (b << 8) | (c << 16) | (d << 24);
    hash = mixBlock(hash, rest | (four << shift));
    rest = shift === 0 ? 0 : four >>> (32 - shift);
  }
  let at = shift;
  for (; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return murmur3Bytes(begin, utf8(text));
    rest |= code << at;
    at += 8;
    if (at < 32) continue;
    hash = mixBlock(hash, rest);
    rest = 0;
    at = 0;
  }
  return finish(hash ^ mixKey(rest), begin.length + text.length);
}

export function murmur3Bytes(begin: HashState, bytes: ArrayLike<number>): number {
  const { hash, rest, length } = addBytes(begin, bytes);
  return finish(hash ^ mixKey(rest), length);
}

/** What is hashed before others, worked out once. */
export function hashState(prefix: string): HashState {
  return addBytes(EMPTY_HASH, utf8(prefix));
}

function addBytes(begin: HashState, bytes: ArrayLike<number>): HashState {
  let { hash, rest, length } = begin;
  for (let i = 0; i < bytes.length; i++) {
    rest |= (bytes[i] ?? 0) << ((length & 3) << 3);
    length += 1;
    if ((length & 3) === 0) {
      hash = mixBlock(hash, rest);
      rest = 0;
    }
  }
  return { hash, rest, length };
}

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
