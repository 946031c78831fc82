import { describe, expect, it } from 'vitest';
import { encodeCbor } from './cbor.ts';

const hex = (value: unknown): string =>
  encodeCbor(value)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

describe('encodeCbor', () => {
  // RFC 8949, appendix A; whole numbers that it shows as floats are integers here, as flagd asks.
  it.each<[unknown, string]>([
    [0, '00'],
    [-0, '00'],
    [23, '17'],
    [24, '1818'],
    [100, '1864'],
    [1000, '1903e8'],
    [1000000, '1a000f4240'],
    [1000000000000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-10, '29'],
    [-100, '3863'],
    [-1000, '3903e7'],
    [-(2 ** 63), '3b7fffffffffffffff'],
    [2 ** 63, '1b8000000000000000'],
    [1.5, 'f93e00'],
    [5.960464477539063e-8, 'f90001'],
    [0.00006103515625, 'f90400'],
    [-4.1, 'fbc010666666666666'],
    [1.1, 'fb3ff199999999999a'],
    [3.4028234663852886e38, 'fa7f7fffff'],
    [1.0e300, 'fb7e37e43c8800759c'],
    [2 ** 64, 'fa5f800000'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    ['', '60'],
    ['IETF', '6449455446'],
    ['ü', '62c3bc'],
    ['水', '63e6b0b4'],
    [[], '80'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
    [{}, 'a0'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
    // The shorter key first, whatever its letters.
    [{ aa: 1, b: 2 }, 'a261620262616101'],
  ])('writes %j', (value, bytes) => {
    expect(hex(value)).toBe(bytes);
  });
});
