import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY, watched } from '../testing/gauges.ts';
import { GAUGE_RULES, gaugeRulesFor, NO_READINGS, withReading } from './readings.ts';

const three = watched((look) => look, 3);

describe('withReading', () => {
  it('keeps readings over the span, and forgets what is older', () => {
    const { spread, newest } = watched((look) => look, 100);
    expect(spread.map(({ value }) => value)).toEqual(Array.from({ length: 60 }, (_, index) => 40 + index));
    expect(newest.map(({ value }) => value)).toEqual([97, 98, 99]);
  });

  it('passes over readings that are near to each other, but knows the newest', () => {
    const often = Array.from({ length: 1_000 }, (_, second) => ({ at: second * 1_000, value: second }));
    const { spread, newest } = often.reduce((memory, reading) => withReading(memory, reading), NO_READINGS);
    expect(spread).toHaveLength(60);
    expect(spread.every(({ value }) => value % 10 === 0)).toBe(true);
    expect(newest.at(-1)?.value).toBe(999);
  });

  it.each([
    ['NaN', { at: 3 * EVERY, value: Number.NaN }],
    ['infinity', { at: 3 * EVERY, value: Infinity }],
    ['a time that is none', { at: Number.NaN, value: 3 }],
    ['the same look once more', { at: 2 * EVERY, value: 99 }],
  ])('%s is no reading', (_, reading) => {
    expect(withReading(three, reading)).toEqual(three);
  });

  it.each([
    ['a clock that was set back', EVERY],
    ['a gap', 2 * EVERY + GAUGE_RULES.longestGap + 1],
    ['a clock that was set forward by a year', 365 * 86_400_000],
  ])('begins anew after %s', (_, at) => {
    const reading = { at, value: 3 };
    expect(withReading(three, reading)).toEqual({ spread: [reading], newest: [reading] });
  });

  it('goes on over a gap that is not too long', () => {
    expect(withReading(three, { at: 2 * EVERY + GAUGE_RULES.longestGap, value: 3 }).spread).toHaveLength(4);
  });

  it('stays bounded, in order and within the span, whatever comes', () => {
    const some = fc.record({ at: fc.oneof(fc.nat(2_000_000), fc.double()), value: fc.double() });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 300 }), (readings) => {
        const { spread, newest } = readings.reduce((memory, each) => withReading(memory, each), NO_READINGS);
        expect(spread.length).toBeLessThanOrEqual(GAUGE_RULES.most);
        expect(newest.length).toBeLessThanOrEqual(3);
        for (const list of [spread, newest]) {
          const times = list.map(({ at }) => at);
          expect(times).toEqual(times.toSorted((one, other) => one - other));
          expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(GAUGE_RULES.span);
          expect(list.every(({ value }) => Number.isFinite(value))).toBe(true);
        }
      }),
    );
  });
});

describe('gaugeRulesFor', () => {
  it.each([
    ['a second', 1_000, GAUGE_RULES],
    ['ten seconds', 10_000, GAUGE_RULES],
    ['a minute', 60_000, { ...GAUGE_RULES, span: 3_600_000, longestGap: 180_000 }],
  ])('looks every %s', (_, every, rules) => {
    expect(gaugeRulesFor(every)).toEqual(rules);
    const looks = Array.from({ length: 1_000 }, (_each, look) => ({ at: look * every, value: look }));
    const { spread } = looks.reduce((memory, look) => withReading(memory, look, rules), NO_READINGS);
    expect(spread.length).toBeGreaterThanOrEqual(rules.fewest);
  });
});
