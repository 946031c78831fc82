import type { MirrorCounts, RouterCounts, VersionCounts } from '@slipway/provider-kit';
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

const read = async (query: object, versions: RouterCounts['versions'], mirror: MirrorCounts | null = null) => {
  const asked: string[] = [];
  const routerCounts = async (environment: string) => {
    asked.push(environment);
    return { ...counts(versions), mirror };
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

  it('reads server errors by visitor, and the moments and the exposure of all requests with them', async () => {
    const versions = {
      '2.5.0': version({ visitors: { answered: 40, bad: 2 } }),
      '2.4.0': version({ visitors: { answered: 60, bad: 1 } }),
    };
    expect(await read({ ratio: 'server-errors', per: 'visitor' }, versions)).toEqual({
      boot: 'boot-1',
      at: 2500,
      new: { kind: 'ratio', bad: 2, total: 40 },
      old: { kind: 'ratio', bad: 1, total: 60 },
      exposure: 103,
      firstBadAt: 1500,
    });
    expect((await read({ ratio: 'server-errors', per: 'request' }, versions)).new).toMatchObject({ total: 100 });
  });

  it.each<[string, Partial<VersionCounts>, string]>([
    ['tells none apart', {}, 'this router does not tell visitors apart: `per: visitor` needs the router builtin'],
    ['has too many', { visitors: null }, 'more visitors than the router can tell apart'],
    ['counts what cannot be', { visitors: { answered: 1, bad: Number.NaN } }, 'counts that cannot be'],
  ])('has no errors by visitor of a router that %s: it is missing, with the reason', async (_what, rest, reason) => {
    const sample = await read(
      { ratio: 'server-errors', per: 'visitor' },
      { '2.5.0': version(rest), '2.4.0': version(rest) },
    );
    const missing = { kind: 'missing', reason: expect.stringContaining(reason) };
    expect([sample.new, sample.old]).toEqual([missing, missing]);
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
    { ratio: 'client-errors', per: 'visitor' },
    { ratio: 'mirror-differences', per: 'visitor' },
    { quantile: 0.9, per: 'visitor' },
    { per: 'visitor' },
    { ratio: 'server-errors', per: 'user' },
  ])('refuses %j', (query) => {
    expect(routerMetricSource.schema.safeParse(query).success).toBe(false);
  });
});

describe('router metric source, while the new version gets copies of requests', () => {
  const mirror: MirrorCounts = {
    boot: 'mirror-1',
    version: '2.5.0',
    counts: version({ latency: { 150: 99 } }),
    given: { 90: 99 },
    compared: 90,
    different: 4,
    differences: { status: 1, body: 3 },
    leftOut: { busy: 1, tooLarge: 2, brokenOff: 3, unselected: 4 },
    samples: [],
  };
  const live = { '2.4.0': version({ answers: { ...answers, '5xx': 0 } }) };
  const none = { kind: 'missing', reason: expect.stringMatching(/the old one has none of its own/) };

  it.each([
    [{ ratio: 'server-errors' }, { kind: 'ratio', bad: 3, total: 100 }, { kind: 'ratio', bad: 1, total: 98 }],
    [{ ratio: 'client-errors' }, { kind: 'ratio', bad: 3, total: 100 }, { kind: 'ratio', bad: 3, total: 98 }],
    // A copy that got no answer agrees with nothing.
    [{ ratio: 'mirror-differences' }, { kind: 'ratio', bad: 5, total: 91 }, none],
    [
      { quantile: 0.9 },
      { kind: 'latency', histogram: { 150: 99 }, quantile: 0.9 },
      { kind: 'latency', histogram: { 90: 99 }, quantile: 0.9 },
    ],
  ])('reads %j of the copies, which nobody met', async (query, young, old) => {
    const boot = 'boot-1 mirror-1';
    const nobody = { exposure: 0, firstBadAt: null };
    expect(await read(query, live, mirror)).toEqual({ boot, at: 2500, new: young, old, ...nobody });
  });

  it('has no errors by visitor of the copies, even where the router tells visitors apart', async () => {
    const told = { visitors: { answered: 9, bad: 1 } };
    const copied = { ...mirror, counts: version(told) };
    const sample = await read({ ratio: 'server-errors', per: 'visitor' }, { '2.4.0': version(told) }, copied);
    expect(sample.new).toEqual({ kind: 'missing', reason: 'nobody meets the answers to copies of requests' });
    expect(sample.old).toEqual({ kind: 'ratio', bad: 1, total: 9 });
  });

  it('counts those who met the version before as exposed', async () => {
    const versions = { ...live, '2.5.0': version() };
    expect(await read({ ratio: 'server-errors' }, versions, mirror)).toMatchObject({ exposure: 103, firstBadAt: null });
  });

  it('reads traffic where the copies go to another version', async () => {
    const versions = { ...live, '2.5.0': version() };
    const other = { ...mirror, version: '2.6.0' };
    for (const query of [{ ratio: 'server-errors' }, { quantile: 0.5 }]) {
      expect(await read(query, versions, other)).toEqual(await read(query, versions));
    }
  });

  it.each<[string, RouterCounts['versions'], string]>([
    ['was never seen', live, 'unseen'],
    ['has traffic', { ...live, '2.5.0': version() }, 'missing'],
  ])('has no differences to read of a version that gets no copies and %s', async (_what, versions, kind) => {
    const sample = await read({ ratio: 'mirror-differences' }, versions);
    expect([sample.new.kind, sample.old.kind]).toEqual([kind, 'missing']);
  });

  it.each([Number.NaN, -1, 0.5])('takes %s differences for missing, never for none', async (different) => {
    const sample = await read({ ratio: 'mirror-differences' }, live, { ...mirror, different });
    expect(sample.new).toMatchObject({ kind: 'missing' });
    const failing = version({ answers: { ...answers, failed: different } });
    const failed = await read({ ratio: 'mirror-differences' }, live, { ...mirror, counts: failing });
    expect(failed.new).toMatchObject({ kind: 'missing' });
    const given = await read({ quantile: 0.5 }, live, { ...mirror, given: { 1: different } });
    expect(given.old).toMatchObject({ kind: 'missing' });
  });
});
