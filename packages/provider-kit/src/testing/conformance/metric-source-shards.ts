import { describe, expect, it } from 'vitest';
import type { Capability } from '../../context.ts';
import { TerminalError } from '../../errors.ts';
import type { MetricSourceProvider, ShardReading } from '../../metric-source.ts';
import { rejectionOf } from './expectations.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

export interface ShardsWorld extends ConformanceWorld {
  /** A query as it stands in a plan whose shards can be told apart. */
  readonly query: unknown;
  /** Queries of which no bad unit belongs to one shard: latency, gauges and the like. */
  readonly without: readonly unknown[];
  readonly environment: string;
  readonly version: string;
  /** The names of its shards, two or more. */
  readonly shards: readonly [string, string, ...string[]];
  /** One of them counts so many more, and the source knows it when this resolves. */
  count(shard: string, more: { readonly good: number; readonly bad: number }): Promise<void>;
}

/** Milliseconds of the past that are looked at, and how far ahead of now: what was just measured is in it. */
const PAST = 60_000;

/** What every metric source that tells its shards apart keeps to. `setUp` is called once a test. */
export function describeShardConformance<Query, Needs extends Capability>(
  provider: MetricSourceProvider<Query, Needs>,
  setUp: () => Promise<ShardsWorld>,
): void {
  /** The newest reading. */
  const read = async (world: ShardsWorld, query = world.query, version = world.version): Promise<ShardReading> => {
    const { shards } = provider;
    if (shards === undefined) throw new Error('it tells no shards apart');
    const context = contextIn(world, provider.needs);
    const of = { environment: world.environment, version };
    const asked = provider.schema.parse(query);
    if (shards.kind === 'live') return await shards.read(asked, of, context);
    const now = context.now();
    const readings = await shards.read(asked, { ...of, from: now - PAST, to: now + 2_000 }, context);
    const times = readings.map(({ at }) => at);
    expect(times).toEqual([...new Set(times)].toSorted((one, other) => one - other));
    return readings.at(-1) ?? { boot: '', at: now, shards: [] };
  };

  describe(`metric source ${provider.name} tells shards apart`, () => {
    it('each with its own cumulative counts, and by one name', async () => {
      await using world = await setUp();
      const [one, other] = world.shards;
      const before = await read(world);
      expect(before.shards.map(({ name }) => name).toSorted()).toEqual([...world.shards].toSorted());
      await world.count(one, { good: 7, bad: 3 });
      await world.count(other, { good: 5, bad: 0 });
      const after = await read(world);
      expect([after.boot, Number.isFinite(after.at)]).toEqual([before.boot, true]);
      const grown = world.shards.map((shard) => {
        const [then, now] = [before, after].map(({ shards }) => shards.find(({ name }) => name === shard));
        return { bad: (now?.bad ?? 0) - (then?.bad ?? 0), total: (now?.total ?? 0) - (then?.total ?? 0) };
      });
      const nothing = world.shards.slice(2).map(() => ({ bad: 0, total: 0 }));
      expect(grown).toEqual([{ bad: 3, total: 10 }, { bad: 0, total: 5 }, ...nothing]);
    });

    it('has none of a version that it does not know, and never a count of zero', async () => {
      await using world = await setUp();
      const shards = await read(world, world.query, 'never-deployed').then(
        (reading) => reading.shards,
        (error: unknown) => (error instanceof TerminalError ? [] : error),
      );
      expect(shards).toEqual([]);
    });

    it('refuses, and says why, what no shard has for itself', async () => {
      await using world = await setUp();
      for (const query of world.without) {
        const error = await rejectionOf(read(world, query));
        expect(error).toBeInstanceOf(TerminalError);
        expect(String(error)).toMatch(/calibrate/);
      }
    });
  });
}
