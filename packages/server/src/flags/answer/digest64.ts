import { hash } from 'node:crypto';

/** 64 bits of a text's SHA-256, in two halves that are cheap to calculate with. */
export interface Digest64 {
  readonly high: number;
  readonly low: number;
}

export function digest64(text: string): Digest64 {
  const digest = hash('sha256', text, 'buffer');
  return { high: digest.readInt32LE(0), low: digest.readInt32LE(4) };
}

/** Of one thing and of what follows it. That two lists of digests come to the same has a chance of 1 in 2^64: digests are random. */
export function followedBy(one: Digest64, next: Digest64): Digest64 {
  return {
    high: (Math.imul(one.high, 0x01000193) + next.high) | 0,
    low: (Math.imul(one.low, 0x85ebca6b) + next.low) | 0,
  };
}

/** Sixteen hexadecimal digits. */
export function hexOf({ high, low }: Digest64): string {
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
