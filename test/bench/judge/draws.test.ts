import { describe, expect, it } from 'vitest';
import { poisson } from '../../../bench/judge/streams/poisson.ts';
import { type Random, randomOf } from '../../../bench/judge/streams/random.ts';

const DRAWS = 40_000;

/** How far draws are from what they should be, as a normal variable: Pearson's chi-square by Wilson and Hilferty's cube root. */
function distance(draw: (random: Random) => number, chances: readonly number[]): number {
  const random = randomOf('a test of draws');
  const seen = new Map<number, number>();
  for (let time = 0; time < DRAWS; time += 1) {
    const drawn = draw(random);
    seen.set(drawn, (seen.get(drawn) ?? 0) + 1);
  }
  const usual = chances.flatMap((chance, value) => (chance * DRAWS >= 10 ? [{ value, chance }] : []));
  const rest = 1 - usual.reduce((sum, { chance }) => sum + chance, 0);
  const usualSeen = usual.reduce((sum, { value }) => sum + (seen.get(value) ?? 0), 0);
  const groups = [
    ...usual.map(({ value, chance }) => [seen.get(value) ?? 0, chance * DRAWS] as const),
    // What rounding leaves is no group.
    ...(rest * DRAWS < 0.001 ? [] : [[DRAWS - usualSeen, rest * DRAWS] as const]),
  ];
  const square = groups.reduce((sum, [found, due]) => sum + (found - due) ** 2 / due, 0);
  const spread = 2 / (9 * (groups.length - 1));
  return (Math.cbrt(square / (groups.length - 1)) - (1 - spread)) / Math.sqrt(spread);
}

function poissonChances(mean: number): readonly number[] {
  let log = -mean;
  return Array.from({ length: Math.ceil(mean + 10 * Math.sqrt(mean) + 20) }, (_, count) => {
    if (count > 0) log += Math.log(mean / count);
    return Math.exp(log);
  });
}

// A draw that is right is so far away once in 3,000 times; the seed is fixed.
const FAR = 3.4;

describe('Poisson draws', () => {
  it.each([0.02, 0.3, 4, 9.99, 10, 25, 400, 4_950])('with a mean of %f come as often as they should', (mean) => {
    expect(Math.abs(distance((random) => poisson(mean, random), poissonChances(mean)))).toBeLessThan(FAR);
  });

  it('with another mean are seen to', () => {
    expect(Math.abs(distance((random) => poisson(25.5, random), poissonChances(25)))).toBeGreaterThan(FAR);
  });

  it('of nothing are nothing', () => {
    expect(poisson(0, randomOf('nothing'))).toBe(0);
  });
});

describe('random numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    const [one, same, other] = [randomOf('a'), randomOf('a'), randomOf('b')];
    const of = (random: Random): readonly number[] => Array.from({ length: 5 }, random);
    const numbers = of(one);
    expect(of(same)).toEqual(numbers);
    expect(of(other)).not.toEqual(numbers);
  });

  it('fill every tenth alike', () => {
    expect(
      Math.abs(
        distance(
          (random) => Math.floor(10 * random()),
          Array.from({ length: 10 }, () => 0.1),
        ),
      ),
    ).toBeLessThan(FAR);
  });
});
