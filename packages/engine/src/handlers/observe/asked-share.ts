import { type Launch, type ObserveWork, shareOfAll, splitOf } from '@slipway/core';

/**
 * Per cent that the new version was to have: of the requests or, of a flag's variant, of the people. null: it gets copies, nobody has
 * set a split, or a segment has it and nobody knows how many that are.
 */
export function askedShare(launch: Launch, work: ObserveWork): number | null {
  if (work.flag !== undefined) return shareOfAll(work.audience ?? []);
  return splitOf(launch, work.environment)?.[work.newVersion] ?? null;
}
