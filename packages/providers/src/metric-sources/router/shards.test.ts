import type { AnswerCounts, RouterCounts } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { contextFor, createTestContext, describeShardConformance, rejectionOf } from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { routerMetricSource } from './index.ts';

const none: AnswerCounts = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };
const countsOf = (instances: Readonly<Record<string, AnswerCounts>> | undefined): RouterCounts => ({
  boot: 'boot-1',
  at: 2500,
  versions: {
    '2.4.0': {
      requests: 9,
      answers: none,
      latency: {},
      inFlight: 0,
      firstRequestAt: null,
      firstBadAt: null,
      lastRequestAt: null,
      ...(instances === undefined ? {} : { instances }),
    },
  },
});

describeShardConformance(routerMetricSource, async () => {
  const instances = new Map([
    ['a:1', none],
    ['b:1', none],
    ['c:1', none],
  ]);
  return {
    context: { routerCounts: async () => countsOf(Object.fromEntries(instances)) },
    query: { ratio: 'server-errors' },
    without: [{ quantile: 0.99 }, { ratio: 'server-errors', per: 'visitor' }, { ratio: 'mirror-differences' }],
    environment: 'production',
    version: '2.4.0',
    shards: ['a:1', 'b:1', 'c:1'] as const,
    count: async (shard: string, { good, bad }: { good: number; bad: number }) => {
      const before = instances.get(shard) ?? none;
      instances.set(shard, { ...before, '2xx': before['2xx'] + good, failed: before.failed + bad });
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

describe('shards of the router', () => {
  const read = async (query: object, instances: Readonly<Record<string, AnswerCounts>> | undefined) => {
    const routerCounts = async () => countsOf(instances);
    const context = contextFor(routerMetricSource.needs, createTestContext({ routerCounts }));
    const { shards, schema } = routerMetricSource;
    if (shards?.kind !== 'live') throw new Error('it has no shards');
    return await shards.read(schema.parse(query), { environment: 'production', version: '2.4.0' }, context);
  };
  const answers = { '1xx': 1, '2xx': 80, '3xx': 4, '4xx': 9, '5xx': 5, failed: 1 };

  it.each([
    ['server-errors', 6],
    ['client-errors', 9],
  ])('count %s among all answers', async (ratio, bad) => {
    const { shards } = await read({ ratio }, { 'a:1': answers });
    expect(shards).toEqual([{ name: 'a:1', bad, total: 100 }]);
  });

  it.each<[string, Readonly<Record<string, AnswerCounts>> | undefined, RegExp]>([
    ['the router does not tell them apart', undefined, /cannot tell the instances of a version apart/],
    ['there are none', {}, /no instance of 2\.4\.0/],
    ['a count cannot be', { 'a:1': { ...answers, '5xx': Number.NaN } }, /a:1: the router gave counts that cannot be/],
  ])('are none where %s', async (_what, instances, reason) => {
    const error = await rejectionOf(read({ ratio: 'server-errors' }, instances));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(reason);
  });
});
