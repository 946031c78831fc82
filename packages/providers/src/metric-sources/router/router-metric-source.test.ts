import type { RouterCounts, VersionCounts } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { contextFor, createTestContext, describeMetricSourceConformance } from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { routerMetricSource } from './index.ts';

const answers = { '1xx': 0, '2xx': 90, '3xx': 4, '4xx': 3, '5xx': 2, failed: 1 };
const version = (rest: Partial<VersionCounts> = {}): VersionCounts => ({
  requests: 103,
  answers,
  latency: { 100: 60, 200: 40 },
  inFlight: 3,
  firstRequestAt: 1000,
  firstBadAt: 1500,
  lastRequestAt: 2000,
  ...rest,
});
const counts = (versions: RouterCounts['versions']): RouterCounts => ({ boot: 'boot-1', at: 2500, versions });
const ARMS = { environment: 'production', newVersion: '2.5.0', oldVersion: '2.4.0' };

describeMetricSourceConformance(routerMetricSource, async () => {
  let rounds = 1;
  const grown = () =>
    version({ answers: { ...answers, '2xx': answers['2xx'] * rounds }, latency: { 100: 60 * rounds, 200: 40 } });
  return {
    context: { routerCounts: async () => counts({ '2.5.0': grown(), '2.4.0': grown() }) },
    broken: { routerCounts: () => Promise.reject(new RetryableError('the router does not answer')) },
    queries: [{ ratio: 'server-errors' }, { ratio: 'client-errors' }, { quantile: 0.99 }] as const,
    arms: ARMS,
    more: async () => {
      rounds += 1;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

const read = async (query: object, versions: RouterCounts['versions']) => {
  const asked: string[] = [];
  const routerCounts = async (environment: string) => {
    asked.push(environment);
    return counts(versions);
  };
  const context = contextFor(routerMetricSource.needs, createTestContext({ routerCounts }));
  const sample = await routerMetricSource.read(routerMetricSource.schema.parse(query), ARMS, context);
  expect(asked).toEqual(['production']);
  return sample;
};

describe('router metric source', () => {
  it.each([
    [{ ratio: 'server-errors' }, { kind: 'ratio', bad: 3, total: 100 }, 1500],
    [{ ratio: 'client-errors' }, { kind: 'ratio', bad: 3, total: 100 }, null],
    [{ quantile: 0.5 }, { kind: 'latency', histogram: { 100: 60, 200: 40 }, quantile: 0.5 }, null],
  ])('reads %j', async (query, reading, firstBadAt) => {
    const sample = await read(query, { '2.5.0': version(), '2.4.0': version() });
    expect(sample).toEqual({ boot: 'boot-1', at: 2500, new: reading, old: reading, exposure: 103, firstBadAt });
  });

  it('counts 5xx and failed as server errors, 4xx as client errors', async () => {
    const versions = { '2.5.0': version({ answers: { ...answers, '4xx': 50 } }) };
    expect((await read({ ratio: 'server-errors' }, versions)).new).toMatchObject({ bad: 3, total: 147 });
    expect((await read({ ratio: 'client-errors' }, versions)).new).toMatchObject({ bad: 50, total: 147 });
  });

  it('has no first bad answer while there was none', async () => {
    expect(await read({ ratio: 'server-errors' }, { '2.5.0': version({ firstBadAt: null }) })).toMatchObject({
      firstBadAt: null,
    });
  });

  it.each([Number.NaN, -1, 1.5, Infinity])('takes a count of %s for missing, never for zero', async (count) => {
    const broken = { '2.5.0': version({ answers: { ...answers, '5xx': count }, latency: { 100: count } }) };
    for (const query of [{ ratio: 'server-errors' }, { quantile: 0.9 }]) {
      expect((await read(query, broken)).new).toEqual({ kind: 'missing', reason: expect.stringMatching(/cannot be/) });
    }
  });

  it('says that a router keeps no latency, where it answered and has none', async () => {
    expect((await read({ quantile: 0.9 }, { '2.5.0': version({ latency: {} }) })).new).toEqual({
      kind: 'missing',
      reason: 'this router keeps no latency histogram',
    });
    const none = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 3 };
    expect((await read({ quantile: 0.9 }, { '2.5.0': version({ latency: {}, answers: none }) })).new.kind).toBe(
      'latency',
    );
  });

  it('does not take a property that every object has for a version', async () => {
    const context = contextFor(routerMetricSource.needs, createTestContext({ routerCounts: async () => counts({}) }));
    const arms = { ...ARMS, newVersion: 'constructor' };
    const sample = await routerMetricSource.read({ quantile: 0.5 }, arms, context);
    expect(sample.new).toEqual({ kind: 'unseen', reason: 'the router has not seen version constructor' });
  });

  it.each([
    {},
    { ratio: 'errors' },
    { quantile: 0 },
    { quantile: 1 },
    { quantile: Number.NaN },
    { quantile: '0.9' },
    { ratio: 'server-errors', quantile: 0.9 },
    { ratio: 'server-errors', by: 'version' },
  ])('refuses %j', (query) => {
    expect(routerMetricSource.schema.safeParse(query).success).toBe(false);
  });
});
