import type { Json, Launch, ObserveWork, OutcomeData } from '@slipway/core';
import type { MetricSourceProvider, Reading, Sample, ShardCount } from '@slipway/provider-kit';
import { z } from 'zod';
import type { EffectContext } from '../handlers/handler.ts';
import { observeHandler } from '../handlers/observe/observe.ts';
import type { LiveLook } from '../live/live-look.ts';
import type { Flags } from '../flags/flags.ts';
import { FakeFlags } from './fake-flags.ts';
import { createManualClock } from './manual-clock.ts';
import { accessTo, samplePlan, startedLaunch } from './sample-launch.ts';

/** What the source answers at its n-th reading, from 0. */
export type Source = (reading: number) => Sample | Promise<Sample>;

/** A plan whose metric `errors` is read from the source of `observeWith`. */
export const OBSERVED_PLAN = samplePlan({
  metrics: { errors: { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' } },
});

export const ratio = (bad: number, total: number): Reading => ({ kind: 'ratio', bad, total });

export const sampleOf = (
  fresh: Reading,
  { old = ratio(0, 1000), boot = 'one' }: { old?: Reading; boot?: string } = {},
): Sample => ({
  boot,
  at: 0,
  new: fresh,
  old,
  exposure: null,
  firstBadAt: null,
});

/** What each instance of a version has counted at its n-th reading, from 0. */
export type InstanceSource = (reading: number, version: string) => readonly ShardCount[];

interface Circumstances {
  readonly work: ObserveWork;
  readonly source: Source;
  /** Absent: the source cannot tell instances apart. */
  readonly instances?: InstanceSource;
  readonly launch?: Launch;
  readonly flags?: Flags;
  readonly effect?: string;
  /** Milliseconds that the launch wants it to last by now. Absent: as long as it was begun for. */
  readonly extendedTo?: number;
  readonly note?: Json;
  /** Epoch ms at which it begins. */
  readonly start?: number;
  /** Told of every note; false: it is not stored. */
  readonly onNote?: (note: Json) => boolean;
}

type VerdictData = Extract<OutcomeData, { kind: 'verdict' }>;

/** Watches with the real handler until it has a verdict. */
export async function observeWith({
  work,
  source,
  instances,
  launch,
  flags = new FakeFlags(),
  effect: id = 'rollout:4.0',
  extendedTo,
  note = null,
  start,
  onNote,
}: Circumstances) {
  let readings = 0;
  const clock = createManualClock(start);
  const fake: MetricSourceProvider = {
    kind: 'metric-source',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    read: async () => ({ ...(await source(readings++)), at: clock.now() }),
    ...(instances === undefined
      ? {}
      : {
          shards: {
            kind: 'live',
            read: async (_, { version }) => ({
              boot: 'one',
              at: clock.now(),
              shards: await Promise.resolve(instances(readings - 1, version)),
            }),
          },
        }),
  };
  const access = accessTo({ metricSources: { fake } }, clock);
  const notes: Json[] = [];
  const records: Json[] = [];
  const looks: LiveLook[] = [];
  const effect = { id, step: 'rollout', class: 'read-only', work, timeout: null, attempts: 1 } as const;
  const context: EffectContext = {
    launch: launch ?? startedLaunch(OBSERVED_PLAN),
    effect,
    ...(extendedTo === undefined ? {} : { newest: () => ({ ...effect, work: { ...work, hold: extendedTo } }) }),
    attempt: 1,
    signal: AbortSignal.timeout(20_000),
    note,
    noteDown: async (noted, record = null) => {
      notes.push(noted);
      records.push(record);
      return onNote?.(noted) ?? true;
    },
    say: () => {},
    look: (look) => void looks.push(look),
  };
  const running = observeHandler(access, flags).run(work, context);
  const ended = running.then(
    () => true,
    () => true,
  );
  // Time goes on by one look after the other, however slow this machine is.
  while (!(await Promise.race([ended, clock.advance(work.judging.every).then(() => false)])));
  const { data } = await running;
  if (data.kind !== 'verdict') throw new Error('no verdict');
  return { data: data as VerdictData, verdict: data.verdict, notes, records, looks };
}
