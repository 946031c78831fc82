import { HALF_LIFE, LEAST_BAD, LEVELS } from '../analysis/latency-track.ts';
import { LEAST_ABOVE } from '../sequential/metrics/latency-thresholds.ts';
import type { Channel, Subject } from './channel.ts';
import { edgeFor, quantileOf, slowerThan, thresholdOf } from './latency-shape.ts';
import { AT_ALL, limitWays } from './limit-ways.ts';
import type { LatencyShape, PowerQuestion } from './question.ts';
import { type Cells, slopesOf } from './stretch.ts';

/** So many times as slow a version is as good as dead. */
const SLOWEST = 1_000;

/** How many times as slow a version can be found, from the answers above each quantile of the old one that is compared, and above the limit. */
export function latencySubject({ rules, alpha, design }: PowerQuestion, shape: LatencyShape): Subject {
  const { times, plus, limit, dispersion, quantile } = rules;
  const { up: grid } = design;
  const sharesAt = cellShares(shape, rules);
  const part = limit === null ? alpha : alpha / 2;
  const compared: Channel = {
    alpha: part,
    dispersion,
    grid,
    levels: LEVELS.map(({ share }) => share),
    sharesAt,
    slopesAt: (split) => slopesOf(grid, split, { ...AT_ALL, dispersion }),
    learns: { answers: LEVELS.map((level) => LEAST_ABOVE / (1 - level.quantile)), halfLife: HALF_LIFE },
  };
  const over = limit === null ? [] : limitWays(overLimit({ shape, limit, quantile, alpha: part, dispersion }), design);
  return {
    ways: [[compared], ...over],
    leastBad: LEAST_BAD,
    badAt: (slower) => sharesAt(slower).fresh.reduce((sum, share) => sum + share, 0),
    harms: {
      none: 1,
      allowed: Math.min(...LEVELS.map((level) => times + plus / quantileOf(shape, level.quantile))),
      most: SLOWEST,
    },
  };
}

/** Between each threshold and the next one: of the new version with the margin taken off. */
function cellShares(shape: LatencyShape, margin: { readonly times: number; readonly plus: number }) {
  const thresholds = LEVELS.map(({ quantile }) => thresholdOf(shape, quantile, margin));
  const old = between(thresholds.map((threshold) => slowerThan(shape, threshold.old)));
  return (slower: number): Cells => ({
    fresh: between(thresholds.map(({ allowed }) => slowerThan(shape, allowed / slower))),
    old,
  });
}

/** Shares above each of some thresholds, the lowest first, as what lies between them. */
const between = (above: readonly number[]): readonly number[] =>
  above.map((share, index) => share - (above[index + 1] ?? 0));

interface Over extends Pick<Channel, 'alpha' | 'dispersion'> {
  readonly shape: LatencyShape;
  /** Milliseconds, at a quantile. */
  readonly limit: number;
  readonly quantile: number;
}

/** What is above the limit counts as bad; the share that may is what the quantile leaves. */
function overLimit({ shape, limit, quantile, alpha, dispersion }: Over): Parameters<typeof limitWays>[0] {
  const edge = edgeFor(limit);
  const old = [slowerThan(shape, edge)];
  const sharesAt = (slower: number): Cells => ({ fresh: [slowerThan(shape, edge / slower)], old });
  return { alpha, dispersion, limit: 1 - quantile, sharesAt };
}
