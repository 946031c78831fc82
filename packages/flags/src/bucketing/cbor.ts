import { EMPTY_HASH, murmur3Bytes, utf8 } from './murmur3.ts';

/**
 * Deterministic CBOR (RFC 8949, 4.2.1) of a JSON value: whole numbers between -2^63 and 2^64 - 1 as integers, others as the
 * shortest float that keeps them, keys in the order of their encoded bytes.
 */
export function encodeCbor(value: unknown): readonly number[] {
  if (value === null || value === undefined) return [0xf6];
  if (typeof value === 'boolean') return [value ? 0xf5 : 0xf4];
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeText(value);
  if (Array.isArray(value)) return [...head(4, value.length), ...value.flatMap(encodeCbor)];
  return encodeMap(value);
}

/** MurmurHash3 of a value's CBOR. */
export function hashCbor(value: unknown): number {
  return murmur3Bytes(EMPTY_HASH, encodeCbor(value));
}

function encodeText(text: string): readonly number[] {
  const bytes = utf8(text);
  return [...head(3, bytes.length), ...bytes];
}

function encodeMap(map: object): readonly number[] {
  const entries = Object.entries(map).map(([key, value]) => ({ key: encodeText(key), value: encodeCbor(value) }));
  const sorted = entries.toSorted((a, b) => compareBytes(a.key, b.key));
  return [...head(5, sorted.length), ...sorted.flatMap(({ key, value }) => [...key, ...value])];
}

function compareBytes(a: readonly number[], b: readonly number[]): number {
  for (const [index, byte] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (byte !== other) return byte - other;
  }
  return a.length - b.length;
}

/** Major type and argument, in as few bytes as it takes. */
function head(major: number, argument: number): readonly number[] {
  const type = major << 5;
  if (argument < 24) return [type | argument];
  if (argument < 0x100) return [type | 24, argument];
  if (argument < 0x10000) return [type | 25, argument >>> 8, argument & 0xff];
  if (argument < 0x100000000) return [type | 26, ...bytesOf(4, (view) => view.setUint32(0, argument))];
  return [type | 27, ...bytesOf(8, (view) => view.setBigUint64(0, BigInt(argument)))];
}

function bytesOf(length: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}

const LEAST = -(2 ** 63);
const MOST = 2 ** 64;

function encodeNumber(value: number): readonly number[] {
  if (!Number.isInteger(value) || value < LEAST || value >= MOST) return encodeFloat(value);
  if (value >= 0) return head(0, value);
  if (value >= -Number.MAX_SAFE_INTEGER) return head(1, -1 - value);
  return [0x3b, ...bytesOf(8, (view) => view.setBigUint64(0, -1n - BigInt(value)))];
}

function encodeFloat(value: number): readonly number[] {
  const half = toHalf(value);
  if (half !== null) return [0xf9, half >>> 8, half & 0xff];
  if (Math.fround(value) === value) return [0xfa, ...bytesOf(4, (view) => view.setFloat32(0, value))];
  return [0xfb, ...bytesOf(8, (view) => view.setFloat64(0, value))];
}

/** The 16 bits of a half-precision float, or null where it would not be the same number. */
function toHalf(value: number): number | null {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Infinity) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  if (exponent > 15) return null;
  const steps = size / 2 ** (exponent - 10);
  if (!Number.isInteger(steps) || steps >= 0x800) return null;
  return steps < 0x400 ? sign | steps : sign | ((exponent + 15) << 10) | (steps - 0x400);
}
