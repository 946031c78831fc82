import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { classicAlerts } from '../burn-alert.ts';
import type { ServiceLevel, SloAlert, SloCatalogue, SloMeta } from './catalogue.ts';
import { formatShorthand, parseShorthand } from './duration-shorthand.ts';
import { readOpenSlo } from './read-openslo.ts';
import { writeOpenSlo } from './write-openslo.ts';

const MINUTE = 60_000;
const MONTH = 30 * 24 * 60 * MINUTE;
const text = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => one.trim() !== '');
const maybe = fc.option(text);
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor')).filter((one) => one !== 'slipway-short-window');
const meta: fc.Arbitrary<SloMeta> = fc.record({
  name: text,
  displayName: maybe,
  labels: fc.dictionary(key, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 3, noNullPrototype: true }),
  annotations: fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true }),
});
const source = fc.record({ ref: maybe, type: maybe, spec: fc.jsonValue({ maxDepth: 3 }) });
const minutes = fc.integer({ min: 1, max: 100_000 }).map((each) => each * MINUTE);
const alert: fc.Arbitrary<SloAlert> = fc
  .record({
    policy: text,
    condition: text,
    description: maybe,
    severity: text,
    burn: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    one: minutes,
    other: minutes,
  })
  .map(({ one, other, ...rest }) => ({ ...rest, longMs: Math.max(one, other), shortMs: Math.min(one, other) }));
const level: fc.Arbitrary<ServiceLevel> = fc.record({
  meta,
  description: maybe,
  service: text,
  periodMs: minutes,
  indicator: fc.record({
    meta: fc.option(meta),
    description: maybe,
    counter: fc.option(fc.boolean()),
    counted: fc.constantFrom('good', 'bad'),
    part: source,
    total: source,
  }),
  promises: fc.array(fc.record({ displayName: maybe, target: fc.double({ min: 0, max: 1 - 1e-12, noNaN: true }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  alerts: fc.array(alert, { maxLength: 3 }),
});
const named = { selector: ({ meta: { name } }: { meta: SloMeta }) => name, maxLength: 3 };
const catalogue: fc.Arbitrary<SloCatalogue> = fc.record({
  levels: fc.uniqueArray(level, named),
  services: fc.uniqueArray(fc.record({ meta, description: maybe }), named),
  dataSources: fc.uniqueArray(fc.record({ meta, description: maybe, type: text }), named),
});

describe('a catalogue', () => {
  it('is the same when it was written and read again, through JSON too', () => {
    fc.assert(
      fc.property(catalogue, (before) => {
        const { documents, refused } = writeOpenSlo(before);
        const wire = JSON.parse(JSON.stringify(documents)) as unknown[];
        const { refused: refusedAgain, losses, ...after } = readOpenSlo(wire);
        expect([refused, refusedAgain, losses]).toEqual([[], [], []]);
        expect(after).toEqual(JSON.parse(JSON.stringify(before)));
      }),
      { numRuns: 300 },
    );
  });

  it('tells of each second window that other readers will not see', () => {
    fc.assert(
      fc.property(catalogue, (before) => {
        const alerts = before.levels.flatMap((each) => each.alerts);
        const { losses } = writeOpenSlo(before);
        expect(losses).toHaveLength(alerts.filter(({ longMs, shortMs }) => longMs !== shortMs).length);
      }),
    );
  });

  test('keeps the classic alerts', () => {
    const [drawn] = fc.sample(level, { numRuns: 1, seed: 1 });
    if (drawn === undefined) throw new Error('nothing was drawn');
    const names = { policy: 'p', condition: 'c', description: null };
    const alerts = classicAlerts(MONTH).map((each) => ({ ...each, ...names }));
    const { documents } = writeOpenSlo({ levels: [{ ...drawn, alerts }], services: [], dataSources: [] });
    expect(readOpenSlo(documents).levels[0]?.alerts).toEqual(alerts);
  });

  test('is refused where a length is no whole number of minutes', () => {
    const [drawn] = fc.sample(level, { numRuns: 1, seed: 1 });
    if (drawn === undefined) throw new Error('nothing was drawn');
    const { documents, refused } = writeOpenSlo({
      levels: [{ ...drawn, periodMs: 90_500 }],
      services: [],
      dataSources: [],
    });
    expect(documents).toEqual([]);
    expect(refused.map(({ code, path }) => `${path}: ${code}`)).toEqual(['periodMs: not-in-minutes']);
  });
});

describe('a duration', () => {
  test.each([
    ['12h', 12 * 60, false],
    ['4w', 28 * 24 * 60, false],
    ['1M', 30 * 24 * 60, true],
    ['1Q', 90 * 24 * 60, true],
    ['365d', 365 * 24 * 60, false],
    ['1Y', 365 * 24 * 60, true],
    ['5m', 5, false],
    ['0m', 0, false],
  ])('%s is %d minutes', (written, long, isChosen) => {
    expect(parseShorthand(written)).toEqual({ ms: long * MINUTE, isChosen });
  });

  test.each(['', '5', 'm', '5s', '-5m', '1.5h', ' 5m', '5m ', '5 m', '5mm', '1e3m', '9999999999m'])(
    '%j is none',
    (written) => {
      expect(parseShorthand(written)).toBeNull();
    },
  );

  it('is the same when it was written and read again', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (long) => {
        expect(parseShorthand(formatShorthand(long * MINUTE) ?? '')?.ms).toBe(long * MINUTE);
      }),
    );
  });
});
