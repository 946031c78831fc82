import { type Launch, pending } from '@slipway/core';
import type { Work } from '../ports/work-queue.ts';

/** Effects to be begun, and the next moment to look. What has been begun has its work in the queue already. */
export function workOf(launch: Launch, now: number): readonly Work[] {
  const { effects, wakeAt } = pending(launch, now);
  const begin = effects
    .filter((effect) => launch.effects[effect.id]?.is !== 'started')
    .map((effect) => workFor(launch, effect.id));
  if (wakeAt === null) return begin;
  // The due time is part of the id: an older wake-up that is being handled cannot take the newer one with it.
  return [...begin, { id: `${launch.id}/~tick@${wakeAt}`, launch: launch.id, effect: null, dueAt: wakeAt }];
}

/** Due at once, whatever the clock says: it may have been set back since the last look. */
export function workFor(launch: Launch, effect: string): Work {
  return { id: `${launch.id}/${effect}`, launch: launch.id, effect, dueAt: 0 };
}

/**
 * Of the work with these ids what nobody does any more. An effect under way keeps its row: whoever says that it is over was refused or
 * had stalled, and the death of whoever has it would go unseen without the row.
 */
export function overOf(launch: Launch, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => launch.effects[id.slice(launch.id.length + 1)]?.is !== 'started');
}
