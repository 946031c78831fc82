import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomWords } from '../sequential/reference/random-words.ts';
import { EVERY, LOOKS, saw, watched } from '../testing/gauges.ts';
import { GAUGE_RULES, type GaugeMemory, NO_READINGS, withReading } from './readings.ts';
import { differenceOf, trendOf, trendWords } from './trend.ts';

const NOW = (LOOKS - 1) * EVERY;
const trend = (memory: GaugeMemory, limit: number | null = null, now = NOW) => trendOf(memory, { now, limit });
const verdict = (gauge: (look: number) => number, limit: number | null = null) => trend(watched(gauge), limit).verdict;

/** Noise between -height and height, the same at every run. */
function noise(height: number, seed: number): () => number {
  const words = randomWords(seed);
  return () => height * ((words() / 2 ** 32) * 2 - 1);
}

describe('trendOf', () => {
  it('knows the slope of an exact line, and the time that is left', () => {
    const leak = trend(
      watched((look) => 500 + 3 * look),
      800,
    );
    expect(leak).toMatchObject({ verdict: 'rising', line: { slope: 0.3, end: 680, swing: 0 } });
    expect(leak.verdict === 'rising' && leak.secondsToLimit).toBeCloseTo(400, 9);
    expect(trend(watched((look) => 500 + 3 * look))).toMatchObject({ verdict: 'rising', secondsToLimit: null });
  });

  it.each<[string, (look: number) => number]>([
    ['nothing', () => 0],
    ['a level', () => 734e6],
    ['a fall', (look) => 900 - 3 * look],
    ['a rise of less than a twentieth', (look) => 500 + (20 / LOOKS) * look],
    ['a spike', (look) => (look === 30 ? 9_000 : 500)],
    ['a spike at the end', (look) => (look === LOOKS - 1 ? 9_000 : 500)],
    ['a reset', (look) => (look < 30 ? 500 + look : 100)],
  ])('%s is steady', (_, gauge) => {
    expect(verdict(gauge)).toBe('steady');
  });

  it('sees a leak through spikes and dips, as long as they are few', () => {
    expect(verdict((look) => (look % 5 === 4 ? 9_000 : 500 + 3 * look))).toBe('rising');
    expect(verdict((look) => (look % 5 === 4 ? 0 : 500 + 3 * look))).toBe('rising');
  });

  it('takes noise for no leak, and sees a leak in noise', () => {
    const verdicts = (slope: number) =>
      new Set(
        Array.from({ length: 200 }, (_, seed) => {
          const next = noise(50, seed + 1);
          return verdict((look) => 500 + slope * look + next());
        }),
      );
    expect(verdicts(0)).toEqual(new Set(['steady']));
    expect(verdicts(5)).toEqual(new Set(['rising']));
  });

  it("takes a garbage collector's saw of two teeth or more for no leak, at any phase", () => {
    const teeth = fc.double({ min: 2, max: 12, noNaN: true });
    const phase = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(teeth, phase, fc.integer({ min: 0, max: 1_000 }), (count, start, floor) => {
        const collected = saw(100, (LOOKS - 1) / count, start);
        expect(verdict((look) => floor + collected(look))).toBe('steady');
      }),
      { numRuns: 500 },
    );
  });

  it('sees a leak under a saw when it has outgrown the teeth, at any phase', () => {
    const phase = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 3, max: 12, noNaN: true }), phase, (count, start) => {
        const collected = saw(100, (LOOKS - 1) / count, start);
        expect(verdict((look) => 300 + collected(look) + 4 * look)).toBe('rising');
      }),
      { numRuns: 500 },
    );
  });

  it('takes a cache that filled for no leak, wherever in the span', () => {
    for (let filled = 1; filled < LOOKS; filled += 1)
      expect(verdict((look) => (look < filled ? 100 : 900))).toBe('steady');
  });

  it('sees a leak that goes on after a reset, once that is out of the span', () => {
    const leak = (look: number) => 100 + 4 * (look < 20 ? look + 200 : look - 20);
    const looks = LOOKS + 20;
    expect(trend(watched(leak, looks), null, (looks - 1) * EVERY).verdict).toBe('rising');
  });

  it('calls a walk at random a rise now and then: no promise about false alarms holds', () => {
    const walks = Array.from({ length: 500 }, (_, seed) => {
      const next = noise(50, seed + 1);
      let at = 2_000;
      return verdict(() => (at += next()));
    });
    const share = walks.filter((each) => each === 'rising').length / walks.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.5);
  });
});

describe('a limit', () => {
  it.each<[string, (look: number) => number, string]>([
    ['is met when the newest readings are over it', (look) => (look < LOOKS - 2 ? 500 : 900), 'above'],
    ['is not met by one reading', (look) => (look === LOOKS - 1 ? 900 : 500), 'steady'],
    ['is not met by what is on it', () => 800, 'steady'],
    ['is met by a leak that is over it', (look) => 500 + 10 * look, 'above'],
    ['is not met any more', (look) => (look < LOOKS - 3 ? 900 : 500), 'steady'],
  ])('%s', (_, gauge, expected) => {
    expect(verdict(gauge, 800)).toBe(expected);
  });

  it('is known long before a slope is', () => {
    const memory = watched(() => 900, 3);
    expect(trend(memory, 800, 2 * EVERY)).toEqual({ verdict: 'above', level: 900, limit: 800, line: null });
    expect(
      trend(
        watched(() => 900, 2),
        800,
        EVERY,
      ).verdict,
    ).toBe('unknown');
  });

  it('that the line has passed leaves no time', () => {
    const rising = trend(
      watched((look) => (look >= LOOKS - 2 ? 0 : 500 + 10 * look)),
      800,
    );
    expect(rising).toMatchObject({ verdict: 'rising', secondsToLimit: 0 });
  });
});

describe('what nobody can tell is unknown, never steady', () => {
  const full = watched(() => 500);
  it.each([
    ['before the first reading', NO_READINGS, 0, 'it was not read yet'],
    ['after a few', watched(() => 500, 19), 18 * EVERY, 'it was read 19 times of the 20 that a slope takes'],
    ['after silence', full, NOW + GAUGE_RULES.longestGap + 1, 'it was last read 60 s ago'],
    ['on a clock that was set back', full, NOW - 1, 'its newest reading is of a time to come: the clock was set'],
    ['on no clock', full, Number.NaN, 'its newest reading is of a time to come: the clock was set'],
    [
      'after a gap',
      withReading(full, { at: NOW + 2 * GAUGE_RULES.longestGap, value: 500 }),
      NOW + 2 * GAUGE_RULES.longestGap,
      'it was read 1 time of the 20 that a slope takes',
    ],
    ['of numbers too large', watched((look) => (look < 30 ? -1.7e308 : 1.7e308)), NOW, 'its readings make no line'],
  ])('%s', (_, memory, now, why) => {
    expect(trend(memory, null, now)).toEqual({ verdict: 'unknown', why });
  });

  it('of a limit that is no number', () => {
    expect(trend(full, Number.NaN)).toEqual({ verdict: 'unknown', why: 'its limit is no number' });
  });

  it('after nothing but NaN', () => {
    expect(verdict(() => Number.NaN)).toBe('unknown');
  });

  it('and whatever comes, every figure is one', () => {
    const some = fc.record({ at: fc.nat(2_000_000), value: fc.double() });
    const limits = fc.option(fc.double());
    fc.assert(
      fc.property(fc.array(some, { maxLength: 80 }), fc.double(), limits, (given, now, limit) => {
        const ordered = given.toSorted((one, other) => one.at - other.at);
        const memory = ordered.reduce((known, each) => withReading(known, each), NO_READINGS);
        for (const at of [now, ordered.at(-1)?.at ?? 0]) {
          const found = trendOf(memory, { now: at, limit, rules: { ...GAUGE_RULES, fewest: 3 } });
          const figures = found.verdict === 'unknown' ? [] : Object.values(found.line ?? {});
          expect(figures.filter((figure) => !Number.isFinite(figure))).toEqual([]);
          expect('secondsToLimit' in found ? found.secondsToLimit : null).not.toBeNaN();
          expect(trendWords(found)).not.toMatch(/NaN|undefined/);
        }
      }),
    );
  });
});

describe('differenceOf', () => {
  const leak = trend(watched((look) => 500 + 5 * look));
  const level = trend(watched(() => 500));
  const falls = trend(watched((look) => 900 - 5 * look));
  const unread = trend(NO_READINGS);

  it.each([
    ['a leak of the new one alone', leak, level, { slope: 0.5, risesMore: true }],
    ['a leak of both', leak, leak, { slope: 0, risesMore: false }],
    ['a leak of the old one alone', level, leak, { slope: -0.5, risesMore: false }],
    ['an old one that falls beside a level', level, falls, { slope: 0.5, risesMore: false }],
    ['an old one of which nobody knows', leak, unread, null],
    ['a new one of which nobody knows', unread, level, null],
  ])('%s', (_, fresh, old, difference) => {
    expect(differenceOf(fresh, old)).toEqual(difference);
  });

  it('allows for what either swings', () => {
    const swinging = trend(watched((look) => 500 + 400 * (look % 2)));
    expect(swinging.verdict).toBe('steady');
    expect(differenceOf(leak, swinging)?.risesMore).toBe(false);
  });
});

describe('trendWords', () => {
  it.each([
    [
      'rising by 0.3 each second, at its limit in 400 s',
      trend(
        watched((look) => 500 + 3 * look),
        800,
      ),
    ],
    ['rising by 0.3 each second', trend(watched((look) => 500 + 3 * look))],
    [
      'above its limit: 900, allowed 800',
      trend(
        watched(() => 900),
        800,
      ),
    ],
    ['steady at 500', trend(watched(() => 500))],
    ['unknown: it was not read yet', trend(NO_READINGS)],
  ])('%s', (words, found) => {
    expect(trendWords(found)).toBe(words);
  });
});
