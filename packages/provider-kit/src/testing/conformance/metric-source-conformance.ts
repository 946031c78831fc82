import { describe, expect, it } from 'vitest';
import type { Capability } from '../../context.ts';
import type { Arms, MetricSourceProvider, Reading } from '../../metric-source.ts';
import { expectNamedError, rejectionOf } from './expectations.ts';
import type { MetricSourceFaults } from './metric-source-faults.ts';
import { describeMetricSourceFaults } from './metric-source-faults.ts';
import { itHasAProperSchema } from './provider-schema.ts';
import type { ConformanceWorld } from './world.ts';
import { contextIn } from './world.ts';

export interface MetricSourceWorld extends ConformanceWorld {
  /** Queries as they stand in a plan, each readable for both arms. */
  readonly queries: readonly [unknown, ...unknown[]];
  readonly arms: Arms & { readonly oldVersion: string };
  /** The same source, out of order: refused, silent, nonsense. */
  readonly broken: ConformanceWorld['context'];
  /** More measurements of both arms. */
  more(): Promise<void>;
}

/** What every metric source keeps to. `setUp` is called once a test; `faults` are those that this source can meet. */
export function describeMetricSourceConformance<Query, Needs extends Capability, World extends MetricSourceWorld>(
  provider: MetricSourceProvider<Query, Needs>,
  setUp: () => Promise<World>,
  faults: MetricSourceFaults<World> = {},
): void {
  const read = async (world: MetricSourceWorld, query: unknown, arms: Arms = world.arms) =>
    await provider.read(provider.schema.parse(query), arms, contextIn(world, provider.needs));
  describeMetricSourceFaults(provider, setUp, faults);

  describe(`metric source ${provider.name} conforms`, () => {
    itHasAProperSchema(provider);

    it('reads both arms, with the time and the boot of the source', async () => {
      await using world = await setUp();
      for (const query of world.queries) {
        const sample = await read(world, query);
        for (const arm of [sample.new, sample.old]) expect(['ratio', 'latency']).toContain(arm.kind);
        expect(sample.boot).not.toBe('');
        expect(Number.isFinite(sample.at)).toBe(true);
      }
    });

    it('gives cumulative counts', async () => {
      await using world = await setUp();
      for (const query of world.queries) {
        const first = await read(world, query);
        await world.more();
        const second = await read(world, query);
        expect(second.boot).toBe(first.boot);
        expect(countOf(second.new)).toBeGreaterThan(countOf(first.new));
        expect(countOf(second.old)).toBeGreaterThan(countOf(first.old));
      }
    });

    it('says that a reading is missing, and why, for a version that it does not know and for none', async () => {
      await using world = await setUp();
      const missing = { kind: 'missing', reason: expect.stringMatching(/./) };
      const unknown = await read(world, world.queries[0], { ...world.arms, newVersion: 'never-deployed' });
      // One that cannot tell a version it never met from one that it cannot read says missing.
      expect(['unseen', 'missing']).toContain(unknown.new.kind);
      expect(unknown).toMatchObject({ new: { reason: missing.reason }, exposure: null, firstBadAt: null });
      const alone = await read(world, world.queries[0], { ...world.arms, oldVersion: null });
      expect(alone.old).toMatchObject(missing);
      expect(alone.new.kind).not.toBe('missing');
    });

    it('never gives a reading when it is out of order', async () => {
      await using world = await setUp();
      const error = await rejectionOf(read({ ...world, context: world.broken }, world.queries[0]));
      expectNamedError(error);
    });
  });
}

/** How many measurements a reading rests on. */
function countOf(reading: Reading): number {
  switch (reading.kind) {
    case 'ratio':
      return reading.total;
    case 'latency':
      return Object.values(reading.histogram).reduce((sum, count) => sum + count, 0);
    case 'gauge':
      throw new Error('the reading is no count');
    case 'unseen':
    case 'missing':
      throw new Error(`the reading is missing: ${reading.reason}`);
  }
}
