import type { LaunchEvent } from '../model/event.ts';
import type { TurnBackCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import { productionTouched } from '../program/progress.ts';

/** How long work in flight is waited for before the way back begins all the same, in milliseconds. */
export const STOP_GRACE = 10_000;

/** Before production was touched it is a scrub, afterwards a rollback. `now` in epoch ms. */
export function turnBack(launch: Launch, cause: TurnBackCause, now: number): LaunchEvent {
  return {
    type: 'turning-back',
    cause,
    ending: productionTouched(launch) ? 'rolled-back' : 'scrubbed',
    stopBy: now + STOP_GRACE,
  };
}
