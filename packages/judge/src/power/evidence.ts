import type { Design } from '../sequential/kernel/design.ts';
import { logSum } from '../sequential/kernel/log-sum.ts';
import { startedBet } from './started-bet.ts';
import type { Stretch } from './stretch.ts';

/** Bad answers of each version in one stretch. */
export interface BadCounts {
  readonly newBad: number;
  readonly oldBad: number;
}

/** What the evidence comes to at some counts. */
export interface Evidence {
  /** ln E. */
  readonly log: number;
  /** What of it grew with the counts, were it to grow evenly: the rest of a threshold is what the bets began with. */
  readonly height: number;
  /** What the next bad answer would add, stretch by stretch, new and old. */
  readonly next: readonly BadCounts[];
}

/** Bets, and the seconds over which they begin. */
export type Bets = Pick<Design, 'up' | 'early' | 'startScale'>;

/** Of these counts, one a stretch. */
export function evidenceOf(stretches: readonly Stretch[], counts: readonly BadCounts[], design: Bets): Evidence {
  const starts = startsIn(stretches, design);
  const points = design.up.map(({ share }, k) => {
    const bets = stretches.map((stretch, index) => betOf(stretch, counts[index], k));
    const { log, tangent } = startedBet(bets, starts, design.early);
    return { bets, log: Math.log(share) + log, tangent };
  });
  const log = logSum(points.map((point) => point.log));
  const next = stretches.map(() => ({ newBad: 0, oldBad: 0 }));
  let height = 0;
  for (const [k, point] of points.entries()) {
    const weight = Math.exp(point.log - log);
    for (const [index, { slopes }] of stretches.entries()) {
      const part = weight * (point.tangent[index] ?? 0);
      const own = next[index] ?? { newBad: 0, oldBad: 0 };
      own.newBad += part * (slopes.newBad[k] ?? 0);
      own.oldBad += part * (slopes.oldBad[k] ?? 0);
      height += part * (point.bets[index] ?? 0);
    }
  }
  return { log, height, next };
}

/** ln of the part of the prior that waits for a start in each stretch. */
function startsIn(stretches: readonly Stretch[], { early, startScale }: Bets): readonly number[] {
  let until = startScale;
  return stretches.map(({ seconds }) => {
    const part = ((1 - early) * startScale * seconds) / (until * (until + seconds));
    until += seconds;
    return Math.log(part);
  });
}

function betOf({ seconds, slopes }: Stretch, counts: BadCounts | undefined, k: number): number {
  const { newBad = 0, oldBad = 0 } = counts ?? {};
  return seconds * (slopes.second[k] ?? 0) + newBad * (slopes.newBad[k] ?? 0) + oldBad * (slopes.oldBad[k] ?? 0);
}
