import { type Bets, type Evidence, evidenceOf } from './evidence.ts';
import { normalBelow, scaledTail } from './normal.ts';
import type { Cells, Stretch } from './stretch.ts';

/** What it takes to say that the new version is worse. */
export interface Proof {
  readonly dispersion: number;
  readonly alpha: number;
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
export function chanceOfReaching(stretches: readonly Stretch[], proof: Proof): number {
  const expected = stretches.map(expectedIn);
  const threshold = -Math.log(proof.alpha);
  let counts: readonly Cells[] = expected.map(({ mean }) => mean);
  let [luck, height] = [0, threshold];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const evidence = evidenceOf(stretches, counts, proof.bets);
    const deviation = Math.sqrt(proof.dispersion) * deviationOf(evidence, expected);
    const gap = (evidence.log - threshold - OVERSHOOT * proof.dispersion * jumpOf(evidence, expected)) / deviation;
    if (Number.isNaN(gap)) return 0;
    height = evidence.height / deviation;
    if (Math.abs(gap) < CLOSE || Math.abs(luck + gap) > FARTHEST) return passage(luck + gap, height);
    // The evidence bends with the counts: longer steps would swing.
    luck += Math.max(-1, Math.min(1, gap));
    counts = countsAt((luck * proof.dispersion) / deviation, evidence, expected);
  }
  return passage(luck, height);
}

/** One stretch; `units`: answers of both versions. */
interface Expected {
  readonly mean: Cells;
  readonly units: { readonly fresh: number; readonly old: number };
}

const ARMS = ['fresh', 'old'] as const;

function expectedIn({ newUnits, oldUnits, seconds, shares }: Stretch): Expected {
  const units = { fresh: newUnits * seconds, old: oldUnits * seconds };
  const meanOf = (arm: (typeof ARMS)[number]) => shares[arm].map((share) => units[arm] * share);
  return { mean: { fresh: meanOf('fresh'), old: meanOf('old') }, units };
}

/** Of the evidence, were bad answers to come one by one: an answer is of one kind only (multinomial). */
function deviationOf({ next }: Evidence, expected: readonly Expected[]): number {
  let variance = 0;
  for (const [index, { mean, units }] of expected.entries())
    for (const arm of ARMS) {
      const added = next[index]?.[arm] ?? [];
      const centre = usualGrowth(added, mean[arm], units[arm]);
      variance += sumOf(mean[arm], (count, cell) => count * (added[cell] ?? 0) ** 2) - units[arm] * centre ** 2;
    }
  return Math.sqrt(Math.max(0, variance));
}

/** What an answer adds on average. */
function usualGrowth(added: readonly number[], mean: readonly number[], units: number): number {
  return units > 0 ? sumOf(mean, (count, cell) => count * (added[cell] ?? 0)) / units : 0;
}

/** What an answer adds on average that speaks for harm, over all stretches: the larger it is, the more of the evidence it makes. */
function jumpOf({ next }: Evidence, expected: readonly Expected[]): number {
  let [sum, squares] = [0, 0];
  for (const [index, { mean }] of expected.entries())
    for (const arm of ARMS) {
      const grown = (count: number, cell: number): number => count * Math.max(0, next[index]?.[arm][cell] ?? 0);
      sum += sumOf(mean[arm], grown);
      squares += sumOf(mean[arm], (count, cell) => grown(count, cell) * Math.max(0, next[index]?.[arm][cell] ?? 0));
    }
  return sum > 0 ? squares / sum : 0;
}

/** The likeliest counts whose evidence lies so far below what is expected. */
function countsAt(luck: number, { next }: Evidence, expected: readonly Expected[]): readonly Cells[] {
  return expected.map(({ mean, units }, index) => {
    const countsOf = (arm: (typeof ARMS)[number]) => {
      const added = next[index]?.[arm] ?? [];
      const centre = usualGrowth(added, mean[arm], units[arm]);
      return mean[arm].map((count, cell) => Math.max(0, count - luck * count * ((added[cell] ?? 0) - centre)));
    };
    return { fresh: countsOf('fresh'), old: countsOf('old') };
  });
}

function sumOf(values: readonly number[], of: (value: number, index: number) => number): number {
  return values.reduce((sum, value, index) => sum + of(value, index), 0);
}

/** Chance that it lies above the threshold in the end (`luck` deviations), or did before: the threshold is `height` deviations high. */
function passage(luck: number, height: number): number {
  const mirrored = 2 * height + luck;
  const before = mirrored > 0 ? Math.exp((-luck * luck) / 2) * scaledTail(mirrored) : 0;
  return Math.min(1, normalBelow(luck) + before);
}

/** Of a Poisson count. */
export function chanceOfFewer(least: number, mean: number): number {
  let [chance, term] = [0, Math.exp(-mean)];
  for (let count = 0; count < least; count += 1) {
    chance += term;
    term *= mean / (count + 1);
  }
  return Math.min(1, chance);
}
