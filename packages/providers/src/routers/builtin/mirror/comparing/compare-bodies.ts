import type { BodyProjection } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { maxDecodedBytes } from '../limits.ts';
import { decodeBody } from './decode-body.ts';
import { firstDifference, shownPlace } from './first-difference.ts';
import { parseExactly } from './parse-exactly.ts';
import { project } from './project.ts';

export interface BodyOfAnswer {
  /** Its headers of that name; empty where there is none. */
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly bytes: Uint8Array;
}

export type BodyVerdict =
  | { readonly kind: 'same' }
  /** `at`: JSON path of the first difference; null where bytes were compared. */
  | { readonly kind: 'different'; readonly at: string | null }
  | { readonly kind: 'tooLarge' }
  /** `only` selects nothing in either: to call that the same would let a slip in a path pass for agreement. */
  | { readonly kind: 'nothing' };

/**
 * Two bodies by their projection where both are JSON, otherwise all their bytes. What cannot be decoded is compared as it came. It
 * takes as long as the JSON paths take.
 */
export function compareBodies(given: BodyOfAnswer, mirror: BodyOfAnswer, projection: BodyProjection): BodyVerdict {
  const one = decodeBody(given.bytes, given.contentEncoding, maxDecodedBytes);
  const other = decodeBody(mirror.bytes, mirror.contentEncoding, maxDecodedBytes);
  if (one === 'tooLarge' || other === 'tooLarge') return { kind: 'tooLarge' };
  if (one === null || other === null) return ofBytes(given.bytes, mirror.bytes);
  if (isJson(given) && isJson(mirror)) {
    const verdict = ofJson(parseExactly(one), parseExactly(other), projection);
    if (verdict !== null) return verdict;
  }
  return ofBytes(one, other);
}

/** Null where they are no documents, or nested so deeply that a function calls itself too often. */
function ofJson(
  given: JsonValue | undefined,
  mirror: JsonValue | undefined,
  projection: BodyProjection,
): BodyVerdict | null {
  if (given === undefined || mirror === undefined) return null;
  try {
    const one = project(given, projection);
    const other = project(mirror, projection);
    if (one === undefined && other === undefined) return { kind: 'nothing' };
    if (one === undefined || other === undefined) return { kind: 'different', at: '$' };
    const place = firstDifference(one, other);
    return place === null ? { kind: 'same' } : { kind: 'different', at: shownPlace(place) };
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function ofBytes(one: Uint8Array, other: Uint8Array): BodyVerdict {
  return Buffer.compare(one, other) === 0 ? { kind: 'same' } : { kind: 'different', at: null };
}

function isJson({ contentType }: BodyOfAnswer): boolean {
  return /^\s*[a-z]+\/(?:[^;\s]+\+)?json\s*(?:;|$)/i.test(contentType);
}
