import type { BodyProjection, Comparison } from '@slipway/provider-kit';
import type { BodyComparer } from './comparing/body-comparer.ts';
import type { BodyVerdict } from './comparing/compare-bodies.ts';
import type { HeldBody } from './held-body.ts';
import type { HeldAnswer } from './live-tap.ts';
import type { PairVerdict } from './mirror-tally.ts';

/** Compares what was given with what the mirror answered. Rejects never. */
export async function comparePair(
  { given, mirror }: { readonly given: HeldAnswer; readonly mirror: HeldAnswer },
  { body: projection }: Comparison,
  comparer: BodyComparer | null,
): Promise<PairVerdict> {
  if (given.status !== mirror.status) {
    return { kind: 'different', what: 'status', detail: { given: given.status, mirror: mirror.status } };
  }
  if (projection === null || comparer === null || given.body === null || mirror.body === null) return { kind: 'same' };
  const problem = given.body.problem ?? mirror.body.problem;
  if (problem !== null) return { kind: 'leftOut', reason: problem };
  // The usual case, and it needs no thread.
  if (!maySelectNothing(projection) && areEqual(given, mirror)) return { kind: 'same' };
  const verdict = await comparer.compare(withBytes(given, given.body), withBytes(mirror, mirror.body));
  return verdict === null ? { kind: 'leftOut', reason: 'busy' } : pairVerdict(verdict);
}

function pairVerdict(verdict: BodyVerdict): PairVerdict {
  switch (verdict.kind) {
    case 'same':
      return verdict;
    case 'different':
      return { kind: 'different', what: 'body', detail: verdict.at };
    case 'tooLarge':
      return { kind: 'leftOut', reason: 'tooLarge' };
    case 'nothing':
      return { kind: 'leftOut', reason: 'unselected' };
  }
}

/** Then bodies that are the same are no agreement: were only those counted that are, all that were counted would agree. */
function maySelectNothing({ only, ignore }: BodyProjection): boolean {
  return only.length > 0 || ignore.includes('$');
}

function areEqual(given: HeldAnswer, mirror: HeldAnswer): boolean {
  if (given.body === null || mirror.body === null || given.contentEncoding !== mirror.contentEncoding) return false;
  return Buffer.compare(given.body.bytes, mirror.body.bytes) === 0;
}

function withBytes({ contentType, contentEncoding }: HeldAnswer, { bytes }: HeldBody) {
  return { contentType, contentEncoding, bytes };
}
