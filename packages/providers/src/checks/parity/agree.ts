import type { EvidenceItem } from '@slipway/provider-kit';
import type { Component } from './schema.ts';

/** What a side says; unknown where it was asked and its answer cannot be used. */
export type Value = { readonly known: string | number | boolean } | { readonly unknown: string };

/** Whether two values agree. Something unknown agrees with nothing, itself included. Pure. */
export function agree(must: Component['must'], staging: Value, production: Value): EvidenceItem['verdict'] {
  if ('unknown' in staging || 'unknown' in production) return 'unknown';
  const [own, other] = [String(staging.known), String(production.known)];
  switch (must) {
    case 'equal':
      return own === other ? 'pass' : 'fail';
    case 'same-major':
      return sameMajor(partsOf(own), partsOf(other));
    case 'at-least':
      return atLeast(partsOf(other), partsOf(own));
  }
}

interface Parts {
  readonly numbers: readonly bigint[];
  /** What follows the numbers of a version: `-rc.1`, `+build`. */
  readonly suffix: string;
}

/** Of `15.4`, `v2.5.0-rc.1`, `1000`; null for anything else. */
function partsOf(text: string): Parts | null {
  const [, numbers, suffix = ''] = /^v?(\d{1,30}(?:\.\d{1,30}){0,9})((?:[-+].*)?)$/.exec(text.trim()) ?? [];
  return numbers === undefined ? null : { numbers: numbers.split('.').map(BigInt), suffix };
}

function sameMajor(own: Parts | null, other: Parts | null): EvidenceItem['verdict'] {
  if (own === null || other === null) return 'unknown';
  return own.numbers[0] === other.numbers[0] ? 'pass' : 'fail';
}

/** Number by number; a version before its release (`2.0.0-rc.1`) cannot be put in order with the same numbers. */
function atLeast(value: Parts | null, limit: Parts | null): EvidenceItem['verdict'] {
  if (value === null || limit === null) return 'unknown';
  for (let i = 0; i < Math.max(value.numbers.length, limit.numbers.length); i += 1) {
    const difference = (value.numbers[i] ?? 0n) - (limit.numbers[i] ?? 0n);
    if (difference !== 0n) return difference > 0n ? 'pass' : 'fail';
  }
  return value.suffix === limit.suffix ? 'pass' : 'unknown';
}
