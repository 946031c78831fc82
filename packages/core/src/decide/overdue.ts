import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { expiredVotes } from '../signoff/expiry.ts';
import { endedWaivers } from './handle-waiver.ts';

/**
 * What has grown too old, before anything stands on it once more: whatever wakes the launch may come sooner than the clock's own
 * look. null: nothing has.
 */
export function overdue(launch: Launch, now: number): readonly LaunchEvent[] | null {
  const events = [...expiredVotes(launch, now), ...endedWaivers(launch, now)];
  return events.length === 0 ? null : events;
}
