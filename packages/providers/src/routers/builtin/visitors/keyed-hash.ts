const ROUNDS_OF_WORD = 2;
const ROUNDS_OF_RESULT = 4;
/** A number holds 53 bits exactly: these of the second word. */
const HIGH_BITS = 0x1f_ffff;

/**
 * HalfSipHash-2-4 (Aumasson and Bernstein) of texts of bytes, as node:http gives headers: 53 bits of its 64. Who does not know the key
 * cannot aim at two texts of one hash. For a table in memory, not for what has to stay secret. All in one function, for requests wait
 * for it: node:crypto takes five times as long for a text as short as these.
 */
export class KeyedHash {
  readonly #first: number;
  readonly #second: number;

  /** `key`: 8 random bytes. */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, 8);
    this.#first = view.getInt32(0, true);
    this.#second = view.getInt32(4, true);
  }

  /** A whole number, 0 to 2^53 - 1. */
  of(text: string): number {
    let a = this.#first;
    let b = this.#second ^ 0xee;
    let c = this.#first ^ 0x6c79_6765;
    let d = this.#second ^ 0x7465_6462;
    const words = (text.length >>> 2) + 1;
    let low = 0;
    // The text's words, then the two of the result.
    for (let index = 0; index < words + 2; index += 1) {
      const word = index < words ? wordAt(text, 4 * index) : 0;
      if (index === words) c ^= 0xee;
      if (index > words) b ^= 0xdd;
      d ^= word;
      for (let round = index < words ? ROUNDS_OF_WORD : ROUNDS_OF_RESULT; round > 0; round -= 1) {
        a = (a + b) | 0;
        b = ((b << 5) | (b >>> 27)) ^ a;
        a = (a << 16) | (a >>> 16);
        c = (c + d) | 0;
        d = ((d << 8) | (d >>> 24)) ^ c;
        a = (a + d) | 0;
        d = ((d << 7) | (d >>> 25)) ^ a;
        c = (c + b) | 0;
        b = ((b << 13) | (b >>> 19)) ^ c;
        c = (c << 16) | (c >>> 16);
      }
      a ^= word;
      if (index === words) low = b ^ d;
    }
    return ((b ^ d) & HIGH_BITS) * 2 ** 32 + (low >>> 0);
  }
}

/** Four bytes, little-endian; the last word has the text's length in its last byte. */
function wordAt(text: string, at: number): number {
  const left = text.length - at;
  if (left >= 4)
    return byteAt(text, at) | (byteAt(text, at + 1) << 8) | (byteAt(text, at + 2) << 16) | (byteAt(text, at + 3) << 24);
  let word = text.length << 24;
  for (let index = 0; index < left; index += 1) word |= byteAt(text, at + index) << (8 * index);
  return word;
}

const byteAt = (text: string, at: number): number => text.charCodeAt(at) & 0xff;
