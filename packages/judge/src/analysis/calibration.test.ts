import { describe, expect, test } from 'vitest';
import type { ShardCounts } from '../sequential/placebo/shard-counts.ts';
import { noisyShards } from '../sequential/placebo/testing/noisy-shards.ts';
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

/** As instances with noisy neighbours are, each now and then. */
function noisy(seconds: number, shards: number): readonly ShardCounts[] {
  const next = noisyShards(3, { shards, harmed: 0, times: 1, base: 0.025 });
  return Array.from({ length: seconds }, next);
}

/** Storms over two shards at a time, each larger than all before: what was found of shards says nothing of the next one. */
function storms(shards: number): readonly ShardCounts[] {
  const next = randomWords(5);
  return Array.from({ length: 120 }, (_, storm) => {
    const first = next() % shards;
    const hit = new Set([first, (first + 1 + (next() % (shards - 1))) % shards]);
    const second = {
      units: Array.from({ length: shards }, () => 2 ** (storm + 1)),
      bad: Array.from({ length: shards }, (__, shard) => (hit.has(shard) ? 2 ** storm : 0)),
    };
    return Array.from({ length: 5 }, () => second);
  }).flat();
}

const always = (shards: number) => drawn(600, shards, (shard) => (shard === 3 ? 1 : 0));
const FOUR = { ...RULES, newShards: 4, runs: 40 };

describe('shards of the old version', () => {
  test('whose bad units are independent need no setting', () => {
    const found = calibrate(
      drawn(900, 20, () => 0.02),
      FOUR,
    );
    expect(found).toMatchObject({ trusted: true, lack: null, setting: 'requests', dispersion: 1, untried: null });
    const requests = { setting: 'requests', dispersion: 1, seconds: 900, runs: 40, alarms: 0, holds: true };
    expect(found.compared).toEqual([{ ...requests, atMost: expect.closeTo(0.0722, 4) }]);
  });

  test('that have bad moments are compared with each other', () => {
    const found = calibrate(noisy(600, 40), FOUR);
    expect(found).toMatchObject({ trusted: true, setting: 'instances', untried: null });
    const [plain, set, instances] = found.compared;
    expect(plain).toMatchObject({ setting: 'requests', dispersion: 1, holds: false });
    expect(set).toMatchObject({ setting: 'requests', dispersion: found.dispersion, holds: true });
    expect(instances).toMatchObject({ setting: 'instances', seconds: 600, runs: 40, holds: true });
  });

  test('whose bad units come together need a dispersion where they are too few, and without it raise false alarms', () => {
    const found = calibrate(drawn(1_200, 20, inTurns), RULES);
    const [plain, set] = found.compared;
    expect(found).toMatchObject({ trusted: true, setting: 'requests', untried: 'too-few' });
    expect(found.dispersion).toBeGreaterThan(3);
    expect(plain?.alarms).toBeGreaterThan(50);
    expect(found.compared).toHaveLength(2);
    expect(set).toMatchObject({ dispersion: found.dispersion, alarms: 0 });
  });

  test('of which one alone is always bad are not to be trusted where they are too few, whatever the setting', () => {
    const found = calibrate(always(20), RULES);
    expect(found).toMatchObject({ trusted: false, lack: null, setting: null, untried: 'too-few' });
    expect(found.dispersion).toBeGreaterThan(1_000);
  });

  test('of which one alone is always bad may only be compared with each other: it is as likely to be a new one', () => {
    const found = calibrate(always(24), FOUR);
    expect(found).toMatchObject({ trusted: true, setting: 'instances' });
    expect(found.compared.map(({ holds }) => holds)).toEqual([false, false, true]);
  });

  test('that storms hit, each larger than all before, are not to be trusted, whatever the setting', () => {
    const found = calibrate(storms(36), { ...RULES, newShards: 3 });
    expect(found).toMatchObject({ trusted: false, setting: null, untried: null });
    expect(found.compared.map(({ holds }) => holds)).toEqual([false, false, false]);
  });

  test('that are many are compared with each other for fewer launches and less time, and it says for how much', () => {
    const found = calibrate(noisy(700, 100), { ...RULES, newShards: 10 });
    const instances = found.compared.at(-1);
    expect(instances).toMatchObject({ setting: 'instances', runs: 30 });
    expect(instances?.seconds).toBeLessThan(700);
    expect(instances?.seconds).toBeGreaterThanOrEqual(600);
  });

  test('that are too many are not compared with each other', () => {
    const found = calibrate(noisy(600, 200), { ...RULES, newShards: 50 });
    expect(found).toMatchObject({ setting: 'requests', untried: 'too-long' });
    expect(found.compared).toHaveLength(2);
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
      setting: null,
      dispersion: null,
      untried: null,
      compared: [],
    });
  });
});
