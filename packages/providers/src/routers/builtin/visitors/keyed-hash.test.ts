import { describe, expect, it } from 'vitest';
import { KeyedHash } from './keyed-hash.ts';

const bytes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const hash = new KeyedHash(Uint8Array.from(bytes(8)));

describe('HalfSipHash', () => {
  // The authors' own: the key is 00 to 07, the text 00 to one less than its length.
  it.each([
    [0, [0x21, 0x8d, 0x1f, 0x59, 0xb9, 0xb8, 0x3c, 0xc8]],
    [1, [0xbe, 0x55, 0x24, 0x12, 0xf8, 0x38, 0x73, 0x15]],
    [2, [0x06, 0x4f, 0x39, 0xef, 0x7c, 0x50, 0xeb, 0x57]],
    [3, [0xce, 0x0f, 0x1a, 0x45, 0xf7, 0x06, 0x06, 0x79]],
    [4, [0xd5, 0xe7, 0x8a, 0x17, 0x5b, 0xe5, 0x2e, 0xa1]],
    [7, [0xff, 0x20, 0x27, 0x28, 0xb0, 0x7b, 0xc6, 0x84]],
    [8, [0xed, 0xfe, 0xe8, 0x20, 0xbc, 0xe4, 0x85, 0x8c]],
    [14, [0x3b, 0xb1, 0xa8, 0x70, 0xea, 0xe8, 0xe6, 0x58]],
  ])('of %i bytes is what its authors say', (length, said) => {
    const all = new DataView(Uint8Array.from(said).buffer).getBigUint64(0, true);
    expect(hash.of(String.fromCharCode(...bytes(length)))).toBe(Number(all & (2n ** 53n - 1n)));
  });
});

it('a text has one hash by a key, and another by each other key', () => {
  const keys = Array.from({ length: 200 }, (_, index) => Uint8Array.from([index, 0, 0, 0, 0, 0, 0, index]));
  const hashes = keys.map((key) => new KeyedHash(key).of('visitor'));
  expect(keys.map((key) => new KeyedHash(key).of('visitor'))).toEqual(hashes);
  expect(new Set(hashes).size).toBe(200);
});

it('a key may be a part of a larger memory, as those of a pool are', () => {
  const memory = Uint8Array.from([9, 9, ...bytes(8), 9]);
  expect(new KeyedHash(memory.subarray(2, 10)).of('visitor')).toBe(hash.of('visitor'));
});

it('every byte counts', () => {
  const text = 'MDEyMzQ1Njc4OWFiY2RlZg';
  const changed = Array.from({ length: text.length }, (_, at) => `${text.slice(0, at)}!${text.slice(at + 1)}`);
  const all = [text, ...changed, `${text}!`, text.slice(1)].map((each) => hash.of(each));
  expect(new Set(all).size).toBe(all.length);
});
