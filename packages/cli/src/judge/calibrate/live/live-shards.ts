import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShardCounts } from '@slipway/judge';
import { z } from 'zod';
import type { Api } from '../../../api/api.ts';
import { planDirectory } from '../../../commands/plan-directory.ts';
import { PLAN_FILE, readPlan } from '../../../commands/read-plan.ts';
import { withAnyServer } from '../../../connection/connect.ts';
import { Failure, reasonOf } from '../../../failure.ts';
import type { Session } from '../../../session.ts';
import { gatherShards } from './gather-shards.ts';
import { Progress } from './progress.ts';
import type { ShardSeries } from './shard-series.ts';
import { shardsCsv } from './shards-csv.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
/** A little more than the ten minutes that are needed: a second without a request does not count. */
const LENGTH = 15 * 60_000;
const LONGEST = 3_600_000;

const length = z
  .string()
  .regex(/^[1-9]\d{0,3}[smh]$/)
  .transform((text) => Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? 0))
  .refine((milliseconds) => milliseconds <= LONGEST);

const liveOptions = z.object({
  plan: z.string().min(1).optional(),
  environment: z.string().min(1).max(200).optional(),
  metric: z.string().min(1).max(200).optional(),
  for: length.optional(),
  save: z.string().min(1).optional(),
  directory: z.string().optional(),
  artifactVersion: z.string().optional(),
});

/** Whether any option was typed that is for a running version. Throws Failure where one of them cannot be. */
export function asksForLive(session: Session): boolean {
  const { plan, environment, metric, for: time, save, directory, artifactVersion } = session.options(liveOptions);
  return [plan, environment, metric, time, save, directory, artifactVersion].some((value) => value !== undefined);
}

/** The shards of the running version, read once a second or from what the source has kept. Throws Failure. */
export async function liveShards(session: Session): Promise<readonly ShardCounts[]> {
  const { environment, metric, for: time = LENGTH, save } = session.options(liveOptions);
  if (environment === undefined || metric === undefined)
    throw new Failure('wrong-input', session.m.judge.live.fileOrSource);
  const found = await withAnyServer(session, (api) => gather(session, api, { environment, metric, time }));
  const { series } = found;
  if (save !== undefined) await saveTable(session, save, found);
  return series;
}

interface Wanted {
  readonly environment: string;
  readonly metric: string;
  /** Milliseconds. */
  readonly time: number;
}

async function gather(session: Session, api: Api, { environment, metric, time }: Wanted): Promise<ShardSeries> {
  const plan = readPlan(session, session.options(liveOptions).plan ?? PLAN_FILE);
  const { workspace } = await api.server();
  const directory = planDirectory(session, plan.file, workspace);
  const enough = new AbortController();
  const { signal } = enough;
  const stopListening = session.context.onStop(() => enough.abort());
  const progress = new Progress(session, time);
  try {
    return await gatherShards(
      {
        ask: (span) => api.shards({ ...plan, directory, environment, metric, span }, signal),
        elapsed: () => performance.now(),
        sleep: (milliseconds) => sleep(Math.max(0, milliseconds), undefined, { signal }).catch(() => undefined),
        signal,
        tell: (news) => progress.tell(news),
        show: (sum) => progress.show(sum),
      },
      time,
    );
  } finally {
    stopListening();
    progress.end();
  }
}

async function saveTable(session: Session, file: string, found: ShardSeries): Promise<void> {
  try {
    await pipeline(Readable.from(shardsCsv(found)), createWriteStream(resolve(session.context.cwd, file)));
  } catch (error) {
    throw new Failure('wrong-input', session.m.failures.unwritable(file, reasonOf(error)));
  }
  session.note(session.m.done.written(file));
}
