import { type Effect, type Launch, pending, type State } from '@slipway/core';

/**
 * The effect with which whoever has ended `settled` may go on at once; null: none. Only one that is wanted because of that: what was
 * wanted before is in the queue, and may be in other hands. And only from what is over for good: what is tried again needs its claim.
 */
export function nextEffect(before: State, after: Launch, settled: string, now: number): string | null {
  if (before.is !== 'launch' || after.effects[settled]?.is !== 'settled') return null;
  const wantedBefore = new Set(pending(before, now).effects.map(({ id }) => id));
  const begun = (effect: Effect): boolean => after.effects[effect.id] !== undefined;
  const fresh = pending(after, now).effects.filter((effect) => !wantedBefore.has(effect.id) && !begun(effect));
  // What the launch waits for rather than what it says.
  return (fresh.find(({ work }) => work.kind !== 'send') ?? fresh[0])?.id ?? null;
}
