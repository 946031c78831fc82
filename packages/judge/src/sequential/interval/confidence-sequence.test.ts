import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counts } from '../kernel/growth.ts';
import { randomWords } from '../reference/random-words.ts';
import { ConfidenceSequence, type ConfidenceState, type RatioInterval } from './confidence-sequence.ts';

const RULES = { miss: 0.05, dispersion: 1 };
/** Requests a second that the new version and the old one answer, and the old one's share of bad ones. */
const SERVICE = { newUnits: 50, oldUnits: 450, base: 0.01 };
const WORDS = 2 ** 32;

/** A number of bad ones among so many, by chance: inversion, for small means. */
function drawn(units: number, share: number, uniform: number): number {
  let [bad, chance] = [0, (1 - share) ** units];
  for (let below = chance; uniform >= below && bad < units; below += chance) {
    chance *= ((units - bad) / (bad + 1)) * (share / (1 - share));
    bad += 1;
  }
  return bad;
}

/** A service whose old version is 3 times as bad in every other minute; the new one is `ratio` times as bad in every second. */
function* secondsOf(ratio: number, seed: number): Generator<Counts> {
  const next = randomWords(seed);
  const { newUnits, oldUnits, base } = SERVICE;
  for (let second = 0; ; second += 1) {
    const share = second % 120 < 60 ? base : 3 * base;
    const newBad = drawn(newUnits, ratio * share, next() / WORDS);
    yield { newUnits, newBad, oldUnits, oldBad: drawn(oldUnits, share, next() / WORDS) };
  }
}

function intervalAfter(seconds: number, stream: Iterator<Counts>): RatioInterval {
  const sequence = new ConfidenceSequence(RULES);
  for (let second = 0; second < seconds; second += 1) sequence.look(stream.next().value as Counts);
  return sequence.interval();
}

function holds(interval: RatioInterval, ratio: number): boolean {
  return interval.is === 'between' && (interval.low ?? 0) <= ratio && ratio <= (interval.high ?? Infinity);
}

/** The most misses that are no wonder (1 in 10,000) where each of so many runs misses with this chance: exact. */
function mostMisses(runs: number, miss: number): number {
  let [misses, chance] = [0, (1 - miss) ** runs];
  for (let below = chance; 1 - below > 1e-4; below += chance) {
    chance *= ((runs - misses) / (misses + 1)) * (miss / (1 - miss));
    misses += 1;
  }
  return misses;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

describe('the interval of a ratio', () => {
  // What has left once never comes back, so the last look shows a miss at any.
  it.each([0.7, 1, 1.5, 1.58, 12])(
    'of %d misses it in no more launches than it may, at all looks together',
    (ratio) => {
      const runs = 200;
      const ends = Array.from({ length: runs }, (_, seed) => intervalAfter(900, secondsOf(ratio, seed)));
      const misses = ends.filter((interval) => !holds(interval, ratio)).length;
      expect(misses).toBeLessThanOrEqual(mostMisses(runs, RULES.miss));
    },
  );

  it.each([
    [60, 0.9, 2.2],
    [300, 1.22, 1.82],
    [600, 1.35, 1.64],
  ])(
    'of 1.5 after %d s at 500 a second, a tenth new and one in a hundred bad, is about %d to %d',
    (seconds, low, high) => {
      const steady = (seed: number): Iterator<Counts> => {
        const next = randomWords(seed);
        const { newUnits, oldUnits, base } = SERVICE;
        const draw = (): Counts => {
          const newBad = drawn(newUnits, 1.5 * base, next() / WORDS);
          return { newUnits, newBad, oldUnits, oldBad: drawn(oldUnits, base, next() / WORDS) };
        };
        return { next: () => ({ value: draw() }) };
      };
      const found = Array.from({ length: 101 }, (_, seed) => intervalAfter(seconds, steady(seed)));
      const edges = found.map((each) => (each.is === 'between' ? [each.low ?? 0, each.high ?? Infinity] : [NaN, NaN]));
      // Those figures, rounded, are of ratios 10 % apart, the last that are left; here an edge is the first one that is out.
      const tenth = 6 ** (1 / 18) * (1 + 1e-2);
      const [lowest, highest] = [
        median(edges.map(([edge = NaN]) => edge)),
        median(edges.map(([, edge = NaN]) => edge)),
      ];
      expect(Math.max(low / lowest, lowest / low, high / highest, highest / high)).toBeLessThan(tenth);
    },
  );

  it('says that the ratio has moved where a regression begins late', () => {
    const sequence = new ConfidenceSequence(RULES);
    const [sound, harmed] = [secondsOf(1, 1), secondsOf(4, 2)];
    for (let second = 0; second < 900; second += 1) sequence.look(sound.next().value as Counts);
    expect(holds(sequence.interval(), 1)).toBe(true);
    for (let second = 0; second < 900; second += 1) sequence.look(harmed.next().value as Counts);
    expect(sequence.interval()).toEqual({ is: 'moved' });
  });

  it('has no edge before anything is known, and none from seconds in which a version was not met', () => {
    const sequence = new ConfidenceSequence(RULES);
    const open = { is: 'between', low: null, high: null };
    expect(sequence.interval()).toEqual(open);
    for (let second = 0; second < 100; second += 1)
      expect(sequence.look({ newUnits: 0, newBad: 0, oldUnits: 1_000, oldBad: 900 })).toEqual(open);
  });

  it('is wider where bad units come in clusters', () => {
    const [plain, clustered] = [new ConfidenceSequence(RULES), new ConfidenceSequence({ ...RULES, dispersion: 4 })];
    const stream = secondsOf(1, 5);
    for (let second = 0; second < 600; second += 1) {
      const counts = stream.next().value as Counts;
      plain.look(counts);
      clustered.look(counts);
    }
    const widthOf = (each: RatioInterval) => (each.is === 'between' ? (each.high ?? Infinity) - (each.low ?? 0) : NaN);
    expect(widthOf(clustered.interval())).toBeGreaterThan(widthOf(plain.interval()));
  });
});

describe('the state of a sequence', () => {
  const arm = fc
    .tuple(fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([units, share]) => [units, Math.floor(units * share ** 3)] as const);
  const counts: fc.Arbitrary<Counts> = fc
    .tuple(arm, arm)
    .map(([[newUnits, newBad], [oldUnits, oldBad]]) => ({ newUnits, newBad, oldUnits, oldBad }));

  it('goes on through JSON to the last digit, cut anywhere', () => {
    const asked = fc.property(fc.array(counts, { maxLength: 40, size: 'max' }), fc.nat(40), (seconds, cut) => {
      const [whole, first, second] = [RULES, RULES, RULES].map((rules) => new ConfidenceSequence(rules));
      if (!whole || !first || !second) throw new Error('three were made');
      for (const each of seconds.slice(0, cut)) {
        whole.look(each);
        first.look(each);
      }
      second.restore(JSON.parse(JSON.stringify(first.state())) as ConfidenceState);
      for (const each of seconds.slice(cut)) expect(second.look(each)).toEqual(whole.look(each));
      expect(second.state()).toStrictEqual(whole.state());
    });
    fc.assert(asked);
  });

  it('is refused by one of other rules', () => {
    const other = new ConfidenceSequence({ ...RULES, miss: 0.01 });
    expect(() => other.restore(new ConfidenceSequence(RULES).state())).toThrow(RangeError);
  });
});
