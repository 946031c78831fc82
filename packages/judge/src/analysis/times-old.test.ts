import { describe, expect, it } from 'vitest';
import { binomialTail } from '../sequential/calibrate/binomial-tail.ts';
import type { Counts } from '../sequential/kernel/growth.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { type TimesOld, TIMES_MISS, TimesOldTrack } from './times-old.ts';

const RUNS = 120;
const LOOKS = 500;

/** So many units of which each is bad by chance. */
function drawn(units: number, share: number, next: () => number): number {
  let bad = 0;
  for (let unit = 0; unit < units; unit += 1) if (next() / 2 ** 32 < share) bad += 1;
  return bad;
}

/**
 * A ramp of 10, 25 and 50 % of 40 requests a look, the shares of both versions three times as high in every other minute; bad answers come
 * in groups of `together`, and the new version's clock is `late` looks late.
 */
function* ramp(ratio: number, { seed, together = 1, late = 0 }: { seed: number; together?: number; late?: number }) {
  const next = randomWords(seed);
  const waiting: (readonly [number, number])[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const share = look % 120 < 60 ? 0.02 : 0.06;
    const newUnits = [4, 10, 20][Math.floor((3 * look) / LOOKS)] ?? 20;
    const oldUnits = 40 - newUnits;
    const bad = (units: number, chance: number) => together * drawn(units, chance / together, next);
    waiting.push([newUnits, Math.min(newUnits, bad(newUnits, ratio * share))]);
    const [units, fresh] = (waiting.length > late ? waiting.shift() : null) ?? [0, 0];
    yield { newUnits: units, newBad: fresh, oldUnits, oldBad: Math.min(oldUnits, bad(oldUnits, share)) };
  }
}

function timesAfter(stream: Iterable<Counts>, rules: { dispersion: number; skew: number }): TimesOld {
  const track = new TimesOldTrack(rules);
  for (const counts of stream) track.look(counts);
  return track.times;
}

function holds(times: TimesOld, ratio: number): boolean {
  return times.is === 'between' && (times.low ?? 0) <= ratio && ratio <= (times.high ?? Infinity);
}

describe('the interval of an analysis', () => {
  // What has left it never comes back, so the last look shows a miss at any.
  it.each([
    ['as good', 1, {}, { dispersion: 1, skew: 0 }],
    ['twice as bad', 2, {}, { dispersion: 1, skew: 0 }],
    ['six times as bad', 6, {}, { dispersion: 1, skew: 0 }],
    ['half as bad', 0.5, {}, { dispersion: 1, skew: 0 }],
    ['as good, bad answers in pairs', 1, { together: 2 }, { dispersion: 2, skew: 0 }],
    ['twice as bad, by a clock that is late', 2, { late: 2 }, { dispersion: 1, skew: 2 }],
  ] as const)(
    'of a version that is %s holds it at all looks of a ramp, as often as it says',
    (_, ratio, world, rules) => {
      const ends = Array.from({ length: RUNS }, (_each, seed) => timesAfter(ramp(ratio, { seed, ...world }), rules));
      const misses = ends.filter((times) => !holds(times, ratio)).length;
      // That many or more have a chance of under 1 in 1,000 where each misses by the chance that is allowed: exact.
      const wonder = Array.from({ length: RUNS }, (_each, count) => count).find(
        (count) => binomialTail(count, RUNS, TIMES_MISS) < 1e-3,
      );
      expect(misses).toBeLessThan(wonder ?? 0);
      // It says something, too.
      expect(ends.filter((times) => times.is === 'between' && times.low !== null && times.high !== null).length).toBe(
        RUNS,
      );
    },
  );

  it('fits what it was made of', () => {
    const estimates = Array.from({ length: RUNS }, (_, seed) =>
      timesAfter(ramp(2, { seed }), { dispersion: 1, skew: 0 }),
    );
    const middle = estimates.map(({ estimate }) => estimate ?? NaN).toSorted((one, other) => one - other)[RUNS / 2];
    expect(middle).toBeGreaterThan(1.9);
    expect(middle).toBeLessThan(2.1);
  });

  it('reaches over every shift of the clocks that is possible', () => {
    const narrow = timesAfter(ramp(2, { seed: 3 }), { dispersion: 1, skew: 0 });
    const wide = timesAfter(ramp(2, { seed: 3 }), { dispersion: 1, skew: 3 });
    if (narrow.is !== 'between' || wide.is !== 'between') throw new Error('the ratio stays the same');
    expect(wide.low ?? 0).toBeLessThanOrEqual(narrow.low ?? 0);
    expect(wide.high ?? Infinity).toBeGreaterThanOrEqual(narrow.high ?? Infinity);
  });
});
