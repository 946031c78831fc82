import { describe, expect, it } from 'vitest';
import type { Capability } from '../../context.ts';
import { reasonOf } from '../../errors.ts';
import type { MetricSourceProvider } from '../../metric-source.ts';
import { expectNamedError, expectNoSecrets, rejectionOf } from './expectations.ts';
import type { MetricSourceWorld } from './metric-source-conformance.ts';
import { contextIn } from './world.ts';

/** What a source may meet instead of counts. */
export type FaultName =
  | 'no answer in time'
  | 'an empty answer'
  | 'a number that is none'
  | 'a stale sample'
  | 'a wrong type'
  | 'refused credentials';

export interface MetricSourceFault<World> {
  /** A query, as it stands in a plan, that meets the fault. */
  readonly query: (world: World) => unknown;
  /** What the message must say: the fault, and what to do about it. */
  readonly says: RegExp;
  /** A query that waits for seconds, and what resolves when it has begun to; only where the fault is that nobody answers. */
  readonly endless?: {
    readonly query: (world: World) => unknown;
    readonly begun: (world: World) => Promise<void>;
  };
}

export type MetricSourceFaults<World> = Readonly<Partial<Record<FaultName, MetricSourceFault<World>>>>;

/** Milliseconds: less than an endless query waits by itself. */
const BEFORE_ITS_TIME = 3000;

/** Faults are told apart, never counted, and none keeps a reading from ending. */
export function describeMetricSourceFaults<Query, Needs extends Capability, World extends MetricSourceWorld>(
  provider: MetricSourceProvider<Query, Needs>,
  setUp: () => Promise<World>,
  faults: MetricSourceFaults<World>,
): void {
  const cases = Object.entries(faults);
  if (cases.length === 0) return;
  const read = async (world: World, query: unknown, signal?: AbortSignal) =>
    await provider.read(provider.schema.parse(query), world.arms, contextIn(world, provider.needs, signal));

  /** What it said in place of a reading of the new version. */
  const messageOf = async (world: World, fault: MetricSourceFault<World>): Promise<string> => {
    const outcome = await read(world, fault.query(world)).then(
      (sample) => ({ reading: sample.new }),
      (error: unknown) => ({ error }),
    );
    if ('error' in outcome) {
      expectNamedError(outcome.error);
      expectNoSecrets(outcome.error, world.context.secrets ?? {});
      return reasonOf(outcome.error);
    }
    const { reading } = outcome;
    if (reading.kind !== 'missing' && reading.kind !== 'unseen') throw new Error(`it gave ${JSON.stringify(reading)}`);
    expect(reading.reason).toMatch(/^[^\n\r]{1,2000}$/);
    expectNoSecrets(reading, world.context.secrets ?? {});
    return reading.reason;
  };

  describe(`metric source ${provider.name} tells apart`, () => {
    it.each(cases)('%s', async (name, fault) => {
      await using world = await setUp();
      const message = await messageOf(world, fault);
      expect(message).toMatch(fault.says);
      const alike = cases.filter(([other, { says }]) => other !== name && says.test(message));
      expect(alike.map(([other]) => other)).toEqual([]);
    });

    it.each(cases.flatMap(([name, { endless }]) => (endless === undefined ? [] : [[name, endless] as const])))(
      '%s: it ends when it is aborted, before its own time is up',
      { timeout: BEFORE_ITS_TIME },
      async (_, endless) => {
        await using world = await setUp();
        const controller = new AbortController();
        const rejection = rejectionOf(read(world, endless.query(world), controller.signal));
        await endless.begun(world);
        controller.abort(new Error('aborted by the test'));
        expect(await rejection).toMatchObject({ message: 'aborted by the test' });
      },
    );
  });
}
