import type { FlagCounts, OutcomeCounts } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { describeMetricSourceConformance } from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWith } from '../testing/read-with.ts';
import { flagMetricSource } from './index.ts';

const ARMS = { environment: 'production', newVersion: 'on', oldVersion: 'off' };
const QUERY = { flag: 'one-click', outcome: 'checkout' };
const OF_EXPOSURES = { ...QUERY, of: 'exposures' };

type Variants<Value> = Readonly<Record<string, Value>>;
const counts = (
  exposures: Variants<number>,
  checkout: Variants<OutcomeCounts> | null,
  rest: Partial<FlagCounts> = {},
): FlagCounts => ({
  boot: 'counter-1',
  at: 2500,
  exposures,
  outcomes: checkout === null ? {} : { checkout },
  firstBadAt: {},
  ...rest,
});
const EXPOSED = { on: 100, off: 900 };
const REPORTED = { on: { good: 37, bad: 3 }, off: { good: 400, bad: 0 } };

describeMetricSourceConformance(flagMetricSource, async () => {
  let rounds = 1;
  const grown = () =>
    counts(
      { on: 100 * rounds, off: 900 * rounds },
      { on: { good: 37 * rounds, bad: 3 }, off: { good: 400 * rounds, bad: 0 } },
    );
  return {
    context: { flagCounts: async () => grown() },
    broken: { flagCounts: () => Promise.reject(new RetryableError('the counter does not answer')) },
    queries: [QUERY, OF_EXPOSURES] as const,
    arms: ARMS,
    more: async () => {
      rounds += 1;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

const read = async (query: object, said: FlagCounts, arms: Partial<typeof ARMS> = {}) => {
  const asked: (readonly [string, string])[] = [];
  const flagCounts = async (environment: string, flag: string) => {
    asked.push([environment, flag]);
    return said;
  };
  const { lines: _lines, ...sample } = await readWith(flagMetricSource, query, {
    flagCounts,
    arms: { ...ARMS, ...arms },
  });
  expect(asked).toEqual([['production', 'one-click']]);
  return sample;
};

describe('flag metric source', () => {
  it.each([
    [QUERY, { bad: 3, total: 40 }, { bad: 0, total: 400 }],
    [
      { ...QUERY, of: 'outcomes' },
      { bad: 3, total: 40 },
      { bad: 0, total: 400 },
    ],
    [OF_EXPOSURES, { bad: 3, total: 100 }, { bad: 0, total: 900 }],
  ])('reads %j', async (query, young, old) => {
    const said = counts(EXPOSED, REPORTED, { firstBadAt: { on: 1500, off: 700 } });
    expect(await read(query, said)).toEqual({
      boot: 'counter-1',
      at: 2500,
      new: { kind: 'ratio', ...young },
      old: { kind: 'ratio', ...old },
      exposure: 100,
      firstBadAt: 1500,
    });
  });

  it('never met a variant that was neither served nor reported of', async () => {
    const sample = await read(QUERY, counts({ off: 900 }, { off: REPORTED.off }));
    expect(sample).toMatchObject({
      new: { kind: 'unseen', reason: 'nobody has met variant on of flag one-click' },
      old: { kind: 'ratio', total: 400 },
      exposure: null,
      firstBadAt: null,
    });
  });

  it('knows a variant that an application got elsewhere, in-process, by its reports', async () => {
    const sample = await read(QUERY, counts({}, REPORTED));
    expect(sample).toMatchObject({ new: { kind: 'ratio', bad: 3, total: 40 }, exposure: null });
  });

  it.each([QUERY, OF_EXPOSURES])('takes an outcome that nobody ever reported for missing: %j', async (query) => {
    const sample = await read(query, counts(EXPOSED, null, { outcomes: { search: REPORTED } }));
    const missing = {
      kind: 'missing',
      reason: expect.stringContaining('no application has reported outcome checkout of flag one-click'),
      reasons: {
        en: expect.stringContaining('POST /ofrep/v1/outcomes'),
        fr: expect.stringContaining("aucune application n'a signalé le résultat checkout"),
      },
    };
    expect([sample.new, sample.old]).toEqual([missing, missing]);
    expect(sample.exposure).toBe(100);
  });

  it('counts nothing yet of a variant while the other one is reported of', async () => {
    const said = counts(EXPOSED, { off: REPORTED.off });
    expect((await read(QUERY, said)).new).toEqual({ kind: 'ratio', bad: 0, total: 0 });
  });

  it('does not take silence about a variant for a share of exposures without errors', async () => {
    const said = counts(EXPOSED, { off: REPORTED.off });
    expect((await read(OF_EXPOSURES, said)).new).toMatchObject({
      kind: 'missing',
      reason: expect.stringContaining('nothing was reported as checkout of variant on'),
    });
  });

  it('takes more bad outcomes than exposures for missing', async () => {
    const said = counts({ on: 2, off: 900 }, REPORTED);
    expect((await read(OF_EXPOSURES, said)).new).toMatchObject({
      kind: 'missing',
      reason: expect.stringMatching(
        /^3 bad outcomes checkout of variant on .* served 2 times: report each at most once/,
      ),
    });
    expect((await read(QUERY, said)).new).toMatchObject({ kind: 'ratio', bad: 3, total: 40 });
  });

  it('has a first bad outcome only where it is of the outcome that was asked for', async () => {
    const firstBadAt = { on: 1500 };
    const search = { on: { good: 0, bad: 1 } };
    const both = counts(EXPOSED, REPORTED, { firstBadAt, outcomes: { checkout: REPORTED, search } });
    const other = counts(EXPOSED, null, { firstBadAt, outcomes: { checkout: { on: { good: 1, bad: 0 } }, search } });
    expect((await read(QUERY, both)).firstBadAt).toBeNull();
    expect((await read(QUERY, other)).firstBadAt).toBeNull();
  });

  it.each([Number.NaN, -1, 1.5, Infinity])('takes a count of %s for missing, never for zero', async (count) => {
    const wrong = { on: { good: 1, bad: count }, off: { good: count, bad: 0 } };
    const sample = await read(QUERY, counts(EXPOSED, wrong));
    for (const arm of [sample.new, sample.old])
      expect(arm).toMatchObject({ kind: 'missing', reason: expect.stringMatching(/cannot be$/) });
    expect(await read(OF_EXPOSURES, counts({ on: count, off: 1 }, REPORTED))).toMatchObject({
      new: { kind: 'missing' },
      exposure: null,
    });
  });

  it('does not take a property that every object has for a variant or an outcome', async () => {
    const arms = { newVersion: 'constructor' };
    expect((await read(QUERY, counts(EXPOSED, REPORTED), arms)).new.kind).toBe('unseen');
    expect((await read({ ...QUERY, outcome: 'valueOf' }, counts(EXPOSED, REPORTED))).new.kind).toBe('missing');
  });

  it('never gives more bad than total, nor a number that is none', async () => {
    const number = fc.oneof(fc.nat(5), fc.double(), fc.integer());
    const outcome = fc.record({ good: number, bad: number });
    const variants = <Value>(of: fc.Arbitrary<Value>) => fc.dictionary(fc.constantFrom('on', 'off'), of);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(QUERY, OF_EXPOSURES),
        variants(number),
        fc.dictionary(fc.constantFrom('checkout', 'search'), variants(outcome)),
        async (query, exposures, outcomes) => {
          const sample = await read(query, counts(exposures, null, { outcomes }));
          for (const arm of [sample.new, sample.old]) {
            if (arm.kind !== 'ratio') continue;
            expect(Number.isSafeInteger(arm.total)).toBe(true);
            expect(arm.bad).toBeGreaterThanOrEqual(0);
            expect(arm.bad).toBeLessThanOrEqual(arm.total);
          }
        },
      ),
    );
  });

  it.each([
    {},
    { flag: 'one-click' },
    { outcome: 'checkout' },
    { ...QUERY, flag: '' },
    { ...QUERY, flag: 'one click' },
    { ...QUERY, outcome: '' },
    { ...QUERY, of: 'everything' },
    { ...QUERY, by: 'variant' },
    { ...QUERY, flag: 'x'.repeat(201) },
  ])('refuses %j', (query) => {
    expect(flagMetricSource.schema.safeParse(query).success).toBe(false);
  });
});
