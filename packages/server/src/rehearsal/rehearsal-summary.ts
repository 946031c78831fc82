import type { RedScenario } from '@slipway/provider-kit';
import type { RehearsalReport } from '@slipway/rehearsal';

/** Red scenarios that leave the thread in which they were found. */
const MOST_RED = 20;

/** What a rehearsal came to, small enough for the record. */
export interface RehearsalSummary {
  readonly planDigest: string;
  readonly ok: boolean;
  readonly scenarios: number;
  readonly red: readonly RedScenario[];
  readonly redCount: number;
  readonly neverExercised: number;
}

/** A way back that a plan declares not to have is no omission of the rehearsal. */
export function summaryOf({ digest, ok, scenarios, never }: RehearsalReport): RehearsalSummary {
  const red = scenarios.filter(({ isGood }) => !isGood);
  const { noWayBack: _declared, ...left } = never;
  return {
    planDigest: digest,
    ok,
    scenarios: scenarios.length,
    red: red.slice(0, MOST_RED).map(({ id, end, cause, broken }) => ({
      id,
      end,
      why: [...broken.map(({ invariant, why }) => `${invariant}: ${why}`), ...(cause === null ? [] : [cause])],
    })),
    redCount: red.length,
    neverExercised: Object.values(left).reduce((sum, each) => sum + each.length, 0),
  };
}
