import { type BadCounts, type Bets, type Evidence, evidenceOf } from './evidence.ts';
import { normalBelow, scaledTail } from './normal.ts';
import type { Stretch } from './stretch.ts';

/** What the new version is held against, and what it takes to say that it is worse. */
export interface Proof {
  /** The old version's share of bad answers, 0..1. */
  readonly usual: number;
  readonly dispersion: number;
  readonly alpha: number;
  readonly leastBad: number;
  readonly bets: Bets;
}

/** Deviations beyond which a chance is as good as certain, or none. */
const FARTHEST = 6;
const MOST_ROUNDS = 30;
const CLOSE = 1e-3;
/** Part of a jump of evidence by which it passes the threshold on average: a third, where all jumps are alike (renewal theory). */
const OVERSHOOT = 1 / 3;

/**
 * Chance that the evidence of harm passes 1/alpha by the end of these stretches. Looks for the likeliest counts that reach it just so (the
 * reliability method of first order), in deviations from what is expected; what reached it earlier and fell back is added by reflection
 * (inverse Gaussian passage time). Measured against simulation: see power.test.ts.
 */
export function chanceOfFinding(stretches: readonly Stretch[], proof: Proof): number {
  const expected = stretches.map((stretch) => expectedIn(stretch, proof));
  const fresh = expected.reduce((sum, { mean }) => sum + mean.newBad, 0);
  const reached = chanceOfReaching(stretches, expected, proof);
  return Math.min(reached, 1 - chanceOfFewer(proof.leastBad, fresh));
}

interface Expected {
  readonly mean: BadCounts;
  readonly variance: BadCounts;
}

function expectedIn({ newUnits, oldUnits, seconds, fresh }: Stretch, { usual, dispersion }: Proof): Expected {
  const mean = { newBad: newUnits * seconds * fresh, oldBad: oldUnits * seconds * usual };
  const variance = {
    newBad: dispersion * mean.newBad * (1 - fresh),
    oldBad: dispersion * mean.oldBad * (1 - usual),
  };
  return { mean, variance };
}

function chanceOfReaching(stretches: readonly Stretch[], expected: readonly Expected[], proof: Proof): number {
  const threshold = -Math.log(proof.alpha);
  let counts = expected.map(({ mean }) => mean);
  let [luck, height] = [0, threshold];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const evidence = evidenceOf(stretches, counts, proof.bets);
    const deviation = deviationOf(evidence, expected);
    const gap = (evidence.log - threshold - OVERSHOOT * proof.dispersion * jumpOf(evidence, expected)) / deviation;
    if (Number.isNaN(gap)) return 0;
    height = evidence.height / deviation;
    if (Math.abs(gap) < CLOSE || Math.abs(luck + gap) > FARTHEST) return passage(luck + gap, height);
    // The evidence bends with the counts: longer steps would swing.
    luck += Math.max(-1, Math.min(1, gap));
    counts = countsAt(luck / deviation, evidence, expected);
  }
  return passage(luck, height);
}

function deviationOf({ next }: Evidence, expected: readonly Expected[]): number {
  let variance = 0;
  for (const [index, { newBad, oldBad }] of next.entries()) {
    const own = expected[index]?.variance;
    variance += (own?.newBad ?? 0) * newBad ** 2 + (own?.oldBad ?? 0) * oldBad ** 2;
  }
  return Math.sqrt(variance);
}

/** What a bad answer of the new version adds, over all stretches. */
function jumpOf({ next }: Evidence, expected: readonly Expected[]): number {
  const all = expected.reduce((sum, { mean }) => sum + mean.newBad, 0);
  return next.reduce((sum, { newBad }, index) => sum + newBad * ((expected[index]?.mean.newBad ?? 0) / all), 0);
}

/** The likeliest counts whose evidence lies so far below what is expected. */
function countsAt(luck: number, { next }: Evidence, expected: readonly Expected[]): BadCounts[] {
  return expected.map(({ mean, variance }, index) => {
    const { newBad = 0, oldBad = 0 } = next[index] ?? {};
    return {
      newBad: Math.max(0, mean.newBad - luck * variance.newBad * newBad),
      oldBad: Math.max(0, mean.oldBad - luck * variance.oldBad * oldBad),
    };
  });
}

/** Chance that it lies above the threshold in the end (`luck` deviations), or did before: the threshold is `height` deviations high. */
function passage(luck: number, height: number): number {
  const mirrored = 2 * height + luck;
  const before = mirrored > 0 ? Math.exp((-luck * luck) / 2) * scaledTail(mirrored) : 0;
  return Math.min(1, normalBelow(luck) + before);
}

/** Of a Poisson count. */
function chanceOfFewer(least: number, mean: number): number {
  let [chance, term] = [0, Math.exp(-mean)];
  for (let count = 0; count < least; count += 1) {
    chance += term;
    term *= mean / (count + 1);
  }
  return Math.min(1, chance);
}
