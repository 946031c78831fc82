import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashState, murmur3, murmur3After } from './murmur3.ts';

/** Straight from the algorithm's text, byte by byte and without tricks. */
function reference(text: string): number {
  const bytes = [...new TextEncoder().encode(text)].map(BigInt);
  const low = (value: bigint): bigint => value & 0xffffffffn;
  const turn = (value: bigint, by: bigint): bigint => low(value << by) | (value >> (32n - by));
  const mix = (key: bigint): bigint => low(turn(low(key * 0xcc9e2d51n), 15n) * 0x1b873593n);
  let hash = 0n;
  const whole = bytes.length - (bytes.length % 4);
  const word = (from: number, to: number): bigint =>
    bytes.slice(from, to).reduce((sum, byte, i) => sum | (byte << BigInt(8 * i)), 0n);
  for (let i = 0; i < whole; i += 4) hash = low(turn(hash ^ mix(word(i, i + 4)), 13n) * 5n + 0xe6546b64n);
  hash ^= mix(word(whole, bytes.length)) ^ BigInt(bytes.length);
  hash = low((hash ^ (hash >> 16n)) * 0x85ebca6bn);
  hash = low((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return Number(hash ^ (hash >> 16n));
}

describe('murmur3', () => {
  it.each([
    ['', 0],
    ['a', 0x3c2569b2],
    ['abc', 0xb3dd93fa],
    ['hello', 0x248bfa47],
    ['hello, world', 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
    // Texts with the extreme hashes, from flagd's testbed.
    ['ejOoVL', 0],
    ['bY9fO-', 1],
    ['SI7p-', 2147483647],
    ['6LvT0', 2147483648],
    ['ceQdGm', 4294967295],
  ])('hashes %j as others do', (text, hash) => {
    expect(murmur3(text)).toBe(hash);
  });

  // flagd-core's library takes UTF-16 units beyond ASCII; flagd itself, in Go, takes UTF-8, and so do we.
  it.each(['é', 'naïve', 'Ω≈ç', '日本語', '😀', 'user-😀-1', 'a\uD800b'])('takes the UTF-8 of %j', (text) => {
    expect(murmur3(text)).toBe(reference(text));
  });

  it('is the reference on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => murmur3(text) === reference(text)),
      { numRuns: 150 },
    );
  });

  it('goes on from any prefix', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }));
    fc.assert(
      fc.property(text, text, (prefix, rest) => murmur3After(hashState(prefix), rest) === reference(prefix + rest)),
      { numRuns: 150 },
    );
  });
});
