import type { Recorded } from './model/event.ts';
import type { Holds, Launch } from './model/state.ts';

/** What an event makes of the count of holds: one more cause for a hold that is there makes no new one. */
export function holdsAfter(before: Launch, after: Launch, { actor, at }: Recorded): Holds {
  const { holds } = before;
  if (before.mode.is !== 'held' && after.mode.is === 'held')
    return { times: holds.times + 1, since: at, endedBy: null };
  return before.mode.is === 'held' && after.mode.is === 'running' ? { ...holds, endedBy: actor } : holds;
}
