import { describe, expect, it } from 'vitest';
import type { Capability } from '../../context.ts';
import type { Arms, MetricSourceProvider, Reading } from '../../metric-source.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

export interface GaugeWorld extends ConformanceWorld {
  /** A query as it stands in a plan that gives one number, now `high` for both arms. */
  readonly query: unknown;
  readonly high: number;
  readonly arms: Arms & { readonly oldVersion: string };
  /** Lets the number fall to `low` for both arms. */
  fall(): Promise<void>;
  readonly low: number;
}

/** What may stand where a number is asked for. */
export type GaugeFaultName = 'nothing' | 'NaN' | 'an infinite number' | 'a text' | 'a stale sample';

export interface GaugeFault<World> {
  /** A query, as it stands in a plan, that meets the fault. */
  readonly query: (world: World) => unknown;
  /** What the reason must say: the fault, and what to do about it. */
  readonly says: RegExp;
}

export type GaugeFaults<World> = Readonly<Partial<Record<GaugeFaultName, GaugeFault<World>>>>;

/** What every metric source that reads gauges keeps to. `setUp` is called once a test; `faults` are those that this source can meet. */
export function describeGaugeConformance<Query, Needs extends Capability, World extends GaugeWorld>(
  provider: MetricSourceProvider<Query, Needs>,
  setUp: () => Promise<World>,
  faults: GaugeFaults<World>,
): void {
  const read = async (world: GaugeWorld, query: unknown, arms: Arms = world.arms) =>
    await provider.read(provider.schema.parse(query), arms, contextIn(world, provider.needs));
  const gauge = (value: number): Reading => ({ kind: 'gauge', value });

  describe(`metric source ${provider.name} reads gauges`, () => {
    itHasAProperSchema(provider);

    it('as they stand now, of both arms', async () => {
      await using world = await setUp();
      const sample = await read(world, world.query);
      expect(sample).toMatchObject({ new: gauge(world.high), old: gauge(world.high) });
      expect(Number.isFinite(sample.at)).toBe(true);
    });

    it('that fall, and takes that for no restart', async () => {
      await using world = await setUp();
      const before = await read(world, world.query);
      await world.fall();
      const after = await read(world, world.query);
      expect(after).toMatchObject({ new: gauge(world.low), old: gauge(world.low) });
      expect(after.boot).toBe(before.boot);
    });

    it('which say nothing of how many requests met the version', async () => {
      await using world = await setUp();
      expect(await read(world, world.query)).toMatchObject({ exposure: null, firstBadAt: null });
    });

    it('of a new version alone', async () => {
      await using world = await setUp();
      const alone = await read(world, world.query, { ...world.arms, oldVersion: null });
      expect(alone).toMatchObject({
        new: gauge(world.high),
        old: { kind: 'missing', reason: expect.stringMatching(/./) },
      });
    });

    it.each(Object.entries(faults))('and never takes %s for a number', async (_, fault) => {
      await using world = await setUp();
      const { new: reading } = await read(world, fault.query(world));
      expect(['missing', 'unseen']).toContain(reading.kind);
      expect(reading).toMatchObject({ reason: expect.stringMatching(fault.says) });
    });
  });
}
