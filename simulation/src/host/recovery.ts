import type { Effect } from '@slipway/core';
import type { Random } from '../random/random.ts';
import type { World } from '@slipway/rehearsal';

/** What can be found out about an effect whose worker died in the middle. */
export type Finding = 'done' | 'not-done' | 'unknown';

/** What its provider's `verify` says: the truth, or that it cannot tell. */
export function verify(effect: Effect, world: World, random: Random): Finding {
  if (effect.class === 'read-only') return 'not-done';
  if (!random.chance(chanceToTell(effect))) return 'unknown';
  return world.holds(effect.work, effect.id) ? 'done' : 'not-done';
}

function chanceToTell({ work }: Effect): number {
  if (work.kind === 'command') return work.verify === null ? 0 : 0.8;
  return work.kind === 'send' ? 0.6 : 0.85;
}

/** Whether running it twice does no more than running it once. */
export function isIdempotent({ work }: Pick<Effect, 'work'>): boolean {
  if (work.kind === 'command') return work.idempotent;
  return work.kind !== 'send';
}
