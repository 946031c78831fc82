import { LatencyTrack } from '../../analysis/latency-track.ts';
import { RatioTrack } from '../../analysis/ratio-track.ts';
import type { Track } from '../../analysis/track.ts';
import type { LatencyShape, PowerQuestion } from '../question.ts';
import { randomWords } from '../../sequential/reference/random-words.ts';
import { answersOf } from './answers.ts';

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
  const { shares, perSecond, alpha, every, rules, usual, sought } = question;
  const track = trackOf(question);
  const look = every / 1_000;
  let second = 0;
  for (const [index, { weight, hold }] of shares.entries()) {
    const harm = index < sound ? noHarm(usual) : sought;
    const [fresh, old] = [(perSecond * look * weight) / 100, (perSecond * look * (100 - weight)) / 100];
    const answers = answersOf({ usual, harm, dispersion: rules.dispersion }, next);
    for (let here = 0; here < hold / every; here += 1) {
      second += look;
      const basis = track.basisOf(answers(fresh, old));
      if (basis === null) throw new Error('the judge takes no such counts');
      const { harm: evidence } = track.look(basis, weight / 100);
      if (evidence >= -Math.log(alpha) && track.bad >= track.leastBad && track.units >= question.leastUnits)
        return second;
    }
  }
  return Infinity;
}

const noHarm = (usual: number | LatencyShape): number => (typeof usual === 'number' ? usual : 1);

function trackOf({ rules, design }: PowerQuestion): Track {
  return rules.unit === 'ratio' ? new RatioTrack(rules, true, design) : new LatencyTrack(rules, true, design);
}
