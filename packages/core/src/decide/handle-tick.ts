import type { LaunchEvent } from '../model/event.ts';
import type { Lived } from '../model/lived.ts';
import type { Launch, Mode } from '../model/state.ts';
import { nextCount, type OpenWait, openWaits } from '../program/wait-time.ts';
import { wayBack } from '../program/way-back.ts';
import type { Context } from './decide.ts';
import { accept, type Handled } from './handled.ts';
import { askedAgain, caughtAnew, type QuietNow } from './kept-quiet.ts';
import { toldAgain } from './told-again.ts';
import { STOP_GRACE } from './turn-back.ts';

type Hour = Pick<Context, 'now' | 'quiet'>;

const NOTHING_KNOWN: Lived = { waits: {}, stopping: null };

/** What time alone does. Lengths follow `lived`; `now` only says whether the clock was set, and `quiet` what may not leave. */
export function tick(launch: Launch, lived: Lived = NOTHING_KNOWN, { now, quiet = {} }: Hour): Handled {
  const at = { quiet, now };
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
    case 'held':
      // First what has its ids by the next event's number: a count may have something told by its own.
      return accept([
        ...toldAgain(launch, at),
        ...openWaits(launch).flatMap((wait) => count(wait, lived.waits[wait.step] ?? 0, now)),
      ]);
    case 'stopping':
      return accept(
        isGraceOver(mode, lived.stopping, now)
          ? [{ type: 'way-back-planned', items: wayBack(launch) }]
          : toldAgain(launch, at),
      );
    case 'undoing':
      return accept(toldAgain(launch, at));
    case 'incomplete':
    case 'ended':
      return accept(leftOver(launch, at));
  }
}

/** Of a launch that is over, messages that have not left. */
function leftOver(launch: Launch, at: QuietNow): readonly LaunchEvent[] {
  const seq = launch.head.seq + 1;
  const caught = caughtAnew(launch, at, { seq, index: 0 });
  return [...caught, ...askedAgain(launch, at.now, { seq, index: caught.length, besides: [] })];
}

/** What the wall clock may be behind without having been set, in milliseconds. */
const SLEWED = 1_000;

/** Writes down what has passed where that ends the wait, where it is time to, and where the clock was set: by which it is awaited. */
function count(wait: OpenWait, lived: number, now: number): readonly LaunchEvent[] {
  const left = wait.since + nextCount(wait) - now;
  const isDue = wait.counted + lived >= wait.ms || left <= 0 || left > nextCount(wait) + SLEWED;
  return isDue ? [{ type: 'time-counted', step: wait.step, ms: lived }] : [];
}

/**
 * Who was there when the launch turned back knows. Anybody else goes by the clock; further ahead than that it was written before
 * the clock was set back, and nothing holds a way back up for an hour.
 */
function isGraceOver({ stopBy }: Extract<Mode, { is: 'stopping' }>, lived: number | null, now: number): boolean {
  if (lived !== null) return lived >= STOP_GRACE;
  return now >= stopBy || stopBy - now > 2 * STOP_GRACE;
}
