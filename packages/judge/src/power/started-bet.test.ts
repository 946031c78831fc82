import { describe, expect, it } from 'vitest';
import { EProcess } from '../sequential/kernel/e-process.ts';
import { startedBet } from './started-bet.ts';

const [EARLY, SCALE] = [0.5, 600];
/** Seconds. */
const PIECE = 50;

/** ln of the part of the prior that begins within some seconds, from one second on. */
const startIn = (from: number, seconds: number): number =>
  Math.log(((1 - EARLY) * SCALE * seconds) / ((SCALE + from) * (SCALE + from + seconds)));

/** What is bet of the judge's own evidence when a bet grows by so much each second, stretch after stretch. */
function betOfJudge(stretches: readonly (readonly [seconds: number, growth: number])[]): number {
  const process = new EProcess([{ factor: 2, share: 1 }], { early: EARLY, startScale: SCALE });
  for (const [seconds, growth] of stretches)
    for (let second = 0; second < seconds; second += 1) process.look(Float64Array.of(growth));
  return process.state().points[0] ?? Number.NaN;
}

describe('a bet that begins at every moment', () => {
  it.each<readonly [string, readonly (readonly [number, number])[]]>([
    ['grows', [[2_000, 0.01]]],
    ['grows slowly', [[4_000, 0.001]]],
    ['shrinks', [[2_000, -0.005]]],
    ['stays', [[2_000, 0]]],
    [
      'shrinks, then grows',
      [
        [1_500, -0.01],
        [800, 0.02],
      ],
    ],
  ])('comes to what the judge has where it %s', (_, stretches) => {
    const pieces = stretches.flatMap(([seconds, growth]) => Array<number>(seconds / PIECE).fill(growth * PIECE));
    const starts = pieces.map((_piece, index) => startIn(index * PIECE, PIECE));
    const { log } = startedBet(pieces, starts, EARLY);
    // Within a piece starts are taken as even: at its ends there are so much more and less of them.
    expect(Math.abs(log - betOfJudge(stretches))).toBeLessThan(Math.log1p(PIECE / SCALE));
  });

  it.each([[[3]], [[0.00001]], [[-40]], [[-2, 5]], [[4, -1, 2]], [[-900, 3]]])('has a tangent: %j', (bets) => {
    const starts = bets.map((_, index) => startIn(index * 500, 500));
    const { log, tangent } = startedBet(bets, starts, EARLY);
    const step = 1e-6;
    for (const [index, bet] of bets.entries()) {
      const moved = startedBet(bets.with(index, bet + step), starts, EARLY);
      expect((moved.log - log) / step).toBeCloseTo(tangent[index] ?? Number.NaN, 3);
    }
  });
});
