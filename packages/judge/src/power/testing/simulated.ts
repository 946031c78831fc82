import { RateMetric } from '../../sequential/metrics/rate-metric.ts';
import { randomWords } from '../../sequential/reference/random-words.ts';
import type { PowerQuestion } from '../question.ts';

/** Launches that the judge looks at second by second; their requests come at random, and bad ones in clusters where it says so. */
export interface Simulation {
  readonly question: PowerQuestion;
  readonly launches: number;
  readonly seed: number;
  /** Shares, from the first on, in which the new version is as good as the old one. */
  readonly sound?: number;
}

/** Between the seeds of two launches: streams of neighbouring seeds are alike at their beginning. */
const SPREAD = 7_919;

/** Seconds after which each launch was turned back, smallest first; Infinity: not within its shares. */
export function simulated({ question, launches, seed, sound = 0 }: Simulation): readonly number[] {
  const found = Array.from({ length: launches }, (_, launch) => {
    const next = randomWords(seed + launch * SPREAD);
    return foundAfter(question, sound, next);
  });
  return found.toSorted((one, other) => one - other);
}

/** The value that so large a part of the launches stays within. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
}

function foundAfter(question: PowerQuestion, sound: number, next: () => number): number {
  const { shares, perSecond, alpha, margin, dispersion, leastBad, every, design } = question;
  const metric = new RateMetric({ margin, promotion: margin, dispersion, skew: 0 }, design);
  const count = (mean: number) => poisson(next, mean);
  const clusters = (mean: number) => dispersion * count(mean / dispersion);
  const look = every / 1_000;
  let second = 0;
  for (const [index, { weight, hold }] of shares.entries()) {
    const share = index < sound ? question.usual : question.sought;
    const [fresh, old] = [(perSecond * look * weight) / 100, (perSecond * look * (100 - weight)) / 100];
    for (let here = 0; here < hold / every; here += 1) {
      second += look;
      const newBad = clusters(fresh * share);
      const oldBad = clusters(old * question.usual);
      const newUnits = newBad + count(fresh * (1 - share));
      const oldUnits = oldBad + count(old * (1 - question.usual));
      const { harm } = metric.look({ newUnits, newBad, oldUnits, oldBad });
      if (harm >= -Math.log(alpha) && metric.bad >= leastBad) return second;
    }
  }
  return Infinity;
}

/** Largest mean whose e^-mean is far from the end of plain numbers. */
const PIECE = 100;

/** Counts arrivals (Knuth), the mean in pieces; large means by their normal limit. */
function poisson(next: () => number, mean: number): number {
  const chance = (): number => (next() + 0.5) / 2 ** 32;
  if (mean > PIECE) {
    const normal = Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const least = Math.exp(-mean);
  let [count, product] = [0, chance()];
  while (product > least) {
    count += 1;
    product *= chance();
  }
  return count;
}
