import type { Design, Point } from '../sequential/kernel/design.ts';
import { logSum } from '../sequential/kernel/log-sum.ts';
import { startedBet } from './started-bet.ts';
import type { Cells, Stretch } from './stretch.ts';

/** What the evidence comes to at some counts. */
export interface Evidence {
  /** ln E. */
  readonly log: number;
  /** What of it grew with the counts, were it to grow evenly: the rest of a threshold is what the bets began with. */
  readonly height: number;
  /** What the next answer in each cell would add, stretch by stretch. */
  readonly next: readonly Cells[];
}

export interface Bets extends Pick<Design, 'early' | 'startScale'> {
  readonly grid: readonly Point[];
  /** By level, its part of the evidence. A level counts the answers of its own cell and of all worse ones: there is a cell for each. */
  readonly levels: readonly number[];
}

/** A bet on one point of the grid at one level. */
interface Bet {
  readonly level: number;
  readonly k: number;
  /** What it comes to over each stretch. */
  readonly own: readonly number[];
  readonly log: number;
  readonly tangent: readonly number[];
}

/** Of these counts, one for each stretch. */
export function evidenceOf(stretches: readonly Stretch[], counts: readonly Cells[], bets: Bets): Evidence {
  const all = betsOn(stretches, counts, bets);
  const log = logSum(all.map((bet) => bet.log));
  const levels = bets.levels.length;
  const next = stretches.map(() => ({ fresh: zeros(levels), old: zeros(levels) }));
  let height = 0;
  for (const { level, k, own, log: part, tangent } of all) {
    const weight = Math.exp(part - log);
    for (const [index, stretch] of stretches.entries()) {
      const grown = weight * (tangent[index] ?? 0);
      const added = next[index] ?? { fresh: [], old: [] };
      const known = grown * knownPart(stretch, level);
      added.fresh[level] = (added.fresh[level] ?? 0) + known * (stretch.slopes.newBad[k] ?? 0);
      added.old[level] = (added.old[level] ?? 0) + known * (stretch.slopes.oldBad[k] ?? 0);
      height += grown * (own[index] ?? 0);
    }
  }
  return { log, height, next: next.map(({ fresh, old }) => ({ fresh: fromMildest(fresh), old: fromMildest(old) })) };
}

function betsOn(stretches: readonly Stretch[], counts: readonly Cells[], bets: Bets): readonly Bet[] {
  const starts = startsIn(stretches, bets);
  return bets.levels.flatMap((levelShare, level) => {
    const sums = counts.map(({ fresh, old }) => [above(fresh, level), above(old, level)] as const);
    return bets.grid.map(({ share }, k): Bet => {
      const own = stretches.map((stretch, index) => {
        const { seconds, slopes } = stretch;
        const [newBad, oldBad] = sums[index] ?? [0, 0];
        const grown =
          seconds * (slopes.second[k] ?? 0) + newBad * (slopes.newBad[k] ?? 0) + oldBad * (slopes.oldBad[k] ?? 0);
        return knownPart(stretch, level) * grown;
      });
      const { log, tangent } = startedBet(own, starts, bets.early);
      return { level, k, own, log: Math.log(levelShare * share) + log, tangent };
    });
  });
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

/** Of its seconds, in which a level is bet on. */
function knownPart({ seconds, delays }: Stretch, level: number): number {
  const delay = delays[level] ?? 0;
  return delay === 0 ? 1 : Math.max(0, seconds - delay) / Math.max(seconds, Number.MIN_VALUE);
}

function above(counts: readonly number[], level: number): number {
  let sum = 0;
  for (let cell = level; cell < counts.length; cell += 1) sum += counts[cell] ?? 0;
  return sum;
}

/** An answer counts at its own level and at all milder ones. */
function fromMildest(levels: readonly number[]): readonly number[] {
  let sum = 0;
  return levels.map((own) => (sum += own));
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
