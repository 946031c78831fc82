import { describe, expect, it } from 'vitest';
import { binomialTail } from '../calibrate/binomial-tail.ts';
import { dispersionOf } from '../calibrate/dispersion.ts';
import { REFERENCE_DESIGN } from '../kernel/design.ts';
import { RateMetric } from '../metrics/rate-metric.ts';
import { PlaceboMetric, type PlaceboRules, type PlaceboState } from './placebo-metric.ts';
import { type ShardReading, totalOf } from './shard-counts.ts';
import { firstShardsNew, noisyShards, UNITS } from './testing/noisy-shards.ts';

const STRICT = { ratio: 1, points: 0 };
const RULES: PlaceboRules = { margin: STRICT, promotion: { ratio: 2, points: 0.01 }, pace: 1 };
const ALPHA = 0.01;
const EVIDENCE = -Math.log(ALPHA);
const NEW = 3;
const SHARDS = 60;
const placebo = (changed: Partial<PlaceboRules> = {}) => new PlaceboMetric({ ...RULES, ...changed });

interface Judge {
  look(reading: ShardReading): { readonly harm: number };
}

/** Bad units as they are, whichever shard they are of. */
function counting(dispersion: number): Judge {
  const metric = new RateMetric({ margin: STRICT, promotion: STRICT, dispersion, skew: 0 }, REFERENCE_DESIGN);
  return {
    look: ({ new: fresh, old }: ShardReading) =>
      metric.look({
        newUnits: totalOf(fresh.units),
        newBad: totalOf(fresh.bad),
        oldUnits: totalOf(old.units),
        oldBad: totalOf(old.bad),
      }),
  };
}

/** Seconds until it would abort; Infinity: it would not in all of the time. */
function secondsOf(
  metric: Judge,
  { seed, times, seconds }: { readonly seed: number; readonly times: number; readonly seconds: number },
): number {
  const shards = noisyShards(seed, { shards: SHARDS, harmed: NEW, times, base: 0.025 });
  for (let second = 1; second <= seconds; second += 1)
    if (metric.look(firstShardsNew(shards(), NEW)).harm >= EVIDENCE) return second;
  return Infinity;
}

const each = (count: number, measure: (seed: number) => number) => Array.from({ length: count }, (_, n) => measure(n));
const isAbort = (seconds: number) => seconds < Infinity;

describe('shards with noisy neighbours', () => {
  it('abort a sound version no more often than the budget says, where counts of bad units do', () => {
    const launches = 100;
    const quick = () => placebo({ pace: 10 });
    const aborts = each(launches, (seed) => secondsOf(quick(), { seed, times: 1, seconds: 600 })).filter(isAbort);
    expect(binomialTail(aborts.length, launches, ALPHA)).toBeGreaterThan(0.001);
    const naive = each(30, (seed) => secondsOf(counting(1), { seed, times: 1, seconds: 600 })).filter(isAbort);
    expect(binomialTail(naive.length, 30, ALPHA)).toBeLessThan(1e-9);
  });

  it('find a version that is three times as bad in minutes, where divided evidence needs at least twice as long', () => {
    const learnt = noisyShards(99, { shards: SHARDS, harmed: 0, times: 1, base: 0.025 });
    const shares = Array.from({ length: SHARDS }, () => 1 / SHARDS);
    const dispersion = dispersionOf(
      shares,
      Array.from({ length: 900 }, () => learnt().bad),
    );
    const median = (seconds: readonly number[]) => seconds.toSorted((one, other) => one - other)[10] ?? Infinity;
    const found = (start: () => Judge) =>
      median(each(21, (seed) => secondsOf(start(), { seed, times: 3, seconds: 1_200 })));
    const placebos = found(() => placebo({ pace: 5 }));
    expect(placebos).toBeLessThan(300);
    expect(found(() => counting(dispersion))).toBeGreaterThan(2 * placebos);
  });

  it('find nothing in old shards that are larger, whose bad units are as many in proportion', () => {
    const aborts = each(60, (seed) => {
      const shards = noisyShards(seed, { shards: SHARDS, harmed: NEW, times: 1 / 4, base: 0.025 });
      const metric = placebo({ pace: 10 });
      for (let second = 1; second <= 600; second += 1) {
        const { new: fresh, old } = firstShardsNew(shards(), NEW);
        const smaller = { ...fresh, units: fresh.units.map((units) => units / 4) };
        if (metric.look({ new: smaller, old }).harm >= EVIDENCE) return second;
      }
      return Infinity;
    }).filter(isAbort);
    expect(binomialTail(aborts.length, 60, ALPHA)).toBeGreaterThan(0.001);
  });
});

describe('a metric of placebos', () => {
  const arm = (shards: number, bad: number) => ({
    units: Array.from({ length: shards }, () => UNITS),
    bad: Array.from({ length: shards }, () => bad),
  });

  it('finds an outage in the first second', () => {
    expect(placebo().look({ new: arm(NEW, UNITS), old: arm(SHARDS, 0) }).harm).toBeGreaterThan(EVIDENCE);
  });

  it('finds harm that begins late', () => {
    const metric = placebo();
    const shards = noisyShards(1, { shards: SHARDS, harmed: 0, times: 1, base: 0.025 });
    for (let second = 0; second < 900; second += 1) metric.look(firstShardsNew(shards(), NEW));
    const looks = each(120, () => {
      const { new: fresh, old } = firstShardsNew(shards(), NEW);
      return metric.look({ new: { ...fresh, bad: fresh.bad.map((bad) => Math.min(UNITS, bad + 1)) }, old }).harm;
    });
    expect(Math.max(...looks)).toBeGreaterThan(EVIDENCE);
  });

  it('shows harmlessness of a version that is like the old one', () => {
    const metric = placebo({ pace: 10 });
    const shards = noisyShards(1, { shards: SHARDS, harmed: 0, times: 1, base: 0.025, noisy: false });
    const looks = each(2_000, () => metric.look(firstShardsNew(shards(), NEW)).harmless ?? 0);
    expect(looks.at(-1)).toBeGreaterThan(-Math.log(0.05));
  });

  it('says nothing where one of the versions has no shard', () => {
    expect(placebo().look({ new: arm(0, 0), old: arm(SHARDS, 3) })).toEqual({ harm: 0, harmless: 0 });
    expect(placebo().look({ new: arm(NEW, UNITS), old: arm(0, 0) })).toEqual({ harm: 0, harmless: 0 });
  });

  it('goes on from its state to the last digit, through JSON, and across a step that gives it more shards', () => {
    const [whole, first, second] = [placebo(), placebo(), placebo()];
    const shards = noisyShards(7, { shards: SHARDS, harmed: NEW, times: 3, base: 0.025 });
    const readings = Array.from({ length: 200 }, (_, time) => firstShardsNew(shards(), time < 130 ? NEW : 6));
    for (const reading of readings.slice(0, 125)) {
      whole.look(reading);
      first.look(reading);
    }
    second.restore(JSON.parse(JSON.stringify(first.state())) as PlaceboState);
    for (const reading of readings.slice(125)) expect(second.look(reading)).toStrictEqual(whole.look(reading));
    expect([second.units, second.bad, second.state()]).toEqual([whole.units, whole.bad, whole.state()]);
  });

  it('keeps what it has found when a step gives the versions other shards', () => {
    const metric = placebo();
    const shards = noisyShards(7, { shards: SHARDS, harmed: 6, times: 3, base: 0.025 });
    const before = each(300, () => metric.look(firstShardsNew(shards(), NEW)).harm).at(-1) ?? 0;
    const after = metric.look(firstShardsNew(shards(), 6)).harm;
    expect(before).toBeGreaterThan(3);
    expect(Math.abs(after - before)).toBeLessThan(2);
  });

  it('goes on with the same shards when the traffic is split anew', () => {
    const [even, split] = [placebo(), placebo()];
    const shards = noisyShards(7, { shards: SHARDS, harmed: NEW, times: 3, base: 0.1, noisy: false });
    const looks = Array.from({ length: 200 }, (_, second) => {
      const reading = firstShardsNew(shards(), NEW);
      return { even: even.look(reading, 0.05).harm, split: split.look(reading, second < 100 ? 0.05 : 0.2).harm };
    });
    expect(looks.at(-1)?.even).toBeGreaterThan(EVIDENCE);
    for (const look of looks) expect(look.split).toBeCloseTo(look.even, 6);
  });

  it('does not count one bad shard again in every step', () => {
    const aborts = each(120, (seed) => {
      const metric = placebo();
      const numbers = [4, 5, 6, 7, 8];
      for (let second = 0; second < 500; second += 1) {
        const fresh = numbers[Math.floor(second / 100)] ?? 8;
        const shards = Array.from({ length: 20 }, (_, shard) => ((shard * 7 + seed) % 20 === 0 ? second % 2 : 0));
        const reading = firstShardsNew({ units: shards.map(() => UNITS), bad: shards }, fresh);
        if (metric.look(reading, fresh / 20).harm >= EVIDENCE) return second;
      }
      return Infinity;
    }).filter(isAbort);
    expect(aborts).toEqual([]);
  });

  it('refuses the state of other rules', () => {
    const others = [{ margin: { ratio: 2, points: 0 } }, { promotion: STRICT }, { pace: 2 }];
    for (const other of others) expect(() => placebo(other).restore(placebo().state())).toThrow(RangeError);
  });
});
