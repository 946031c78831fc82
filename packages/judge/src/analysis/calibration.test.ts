import { describe, expect, test } from 'vitest';
import type { ShardCounts } from '../sequential/placebo/shard-counts.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { calibrate } from './calibration.ts';

const RULES = { newShards: 2, runs: 100, falseAlarms: 0.01, seed: 1 };
const UNITS = 10;

/** Shards whose units are bad with a chance that depends on the shard and the second. */
function drawn(seconds: number, shards: number, chance: (shard: number, second: number) => number) {
  const next = randomWords(7);
  const badOf = (p: number): number => {
    let bad = 0;
    for (let unit = 0; unit < UNITS; unit += 1) if (next() / 2 ** 32 < p) bad += 1;
    return bad;
  };
  return Array.from({ length: seconds }, (_, second): ShardCounts => ({
    units: Array.from({ length: shards }, () => UNITS),
    bad: Array.from({ length: shards }, (__, shard) => badOf(chance(shard, second))),
  }));
}

/** One shard after the other is in trouble, for half a minute each. */
const inTurns = (shard: number, second: number): number => (Math.floor(second / 30) % 20 === shard ? 0.5 : 0.01);

describe('shards of the old version', () => {
  test('whose bad units are independent need no setting', () => {
    const found = calibrate(
      drawn(900, 20, () => 0.02),
      RULES,
    );
    expect(found).toMatchObject({ trusted: true, lack: null, dispersion: 1, seconds: 900, shards: 20 });
    expect(found.compared).toEqual([{ dispersion: 1, runs: 100, alarms: 0, atMost: expect.closeTo(0.0295, 4) }]);
  });

  test('whose bad units come together need one, and without it raise false alarms', () => {
    const found = calibrate(drawn(1_200, 20, inTurns), RULES);
    const [plain, set] = found.compared;
    expect(found.trusted).toBe(true);
    expect(found.dispersion).toBeGreaterThan(3);
    expect(plain?.alarms).toBeGreaterThan(50);
    expect(set).toMatchObject({ dispersion: found.dispersion, alarms: 0 });
  });

  test('of which one alone is always bad are not to be trusted, whatever the setting', () => {
    const found = calibrate(
      drawn(700, 20, (shard) => (shard === 3 ? 1 : 0)),
      RULES,
    );
    expect(found).toMatchObject({ trusted: false, lack: null });
    expect(found.dispersion).toBeGreaterThan(1_000);
  });

  test('give the same answer again', () => {
    const series = drawn(700, 20, inTurns);
    expect(calibrate(series, RULES)).toEqual(calibrate(series, RULES));
  });

  test.each([
    ['too short', drawn(599, 20, () => 0.02), 'seconds'],
    ['too few', drawn(700, 11, () => 0.02), 'shards'],
    ['never bad', drawn(700, 20, () => 0), 'bad'],
    ['none', [], 'seconds'],
    [
      'long, but silent',
      [
        ...drawn(10, 20, () => 0.5),
        ...Array.from({ length: 900 }, () => ({ units: Array(20).fill(0), bad: Array(20).fill(0) })),
      ],
      'seconds',
    ],
  ] as const)('that are %s say nothing, and nothing is trusted', (_, series, lack) => {
    expect(calibrate(series as readonly ShardCounts[], RULES)).toMatchObject({
      trusted: false,
      lack,
      dispersion: null,
      compared: [],
    });
  });
});
