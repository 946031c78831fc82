import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { TokenCreated } from '@slipway/contract';
import { RealServer } from '../../test/e2e/support/real-server.ts';
import type { Circumstances, Part } from '../part.ts';
import { Child } from '../process/child.ts';
import { cpuSeconds } from '../process/usage.ts';
import type { Findings } from '../report/result.ts';
import { percentile } from '../report/statistics.ts';

/** How long after it was recorded an event is on every screen. */
export const streamPart: Part = {
  name: 'stream',
  title: 'The live stream of one launch',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const server = new RealServer(await mkdtemp(join(circumstances.folder, 'stream-')));
    await server.start();
    stack.defer(() => server.stop());
    const child = stack.use(await Child.start(new URL('watchers-child.ts', import.meta.url), circumstances));
    return await measure(server, child, circumstances);
  },
};

const PLAN = `launch: watched
artifact: { name: shop, version: 1.0.0 }
people: { support: [bench@example.com] }
phases: [{ phase: tasks, steps: [{ task: Macros ready, owner: support, proof: text }] }]
`;

/** As many as one person may have open at once. */
const OF_ONE_PERSON = 50;
/** Milliseconds between two events: more than the time in which a screen is told once. */
const APART = 400;

async function measure(server: RealServer, child: Child, { quick, say, signal }: Circumstances): Promise<Findings> {
  const watchers = quick ? 50 : 500;
  const changes = quick ? 6 : 60;
  const { id } = await server.launch(PLAN);
  const tokens = await tokensFor(server, watchers);
  say(`stream: ${watchers} watchers`);
  const open = await child.ask<number>('watch', { url: `${server.url}/api/v1/launches/${id}/stream`, tokens });
  await pass(2_000, undefined, { signal });
  const before = { cpu: cpuSeconds(server.pid), at: performance.now() };
  for (let change = 0; change < changes; change += 1) {
    const command = change % 2 === 0 ? { type: 'hold', reason: 'bench' } : { type: 'resume' };
    await server.api('POST', `/launches/${id}/commands`, command);
    await pass(APART, undefined, { signal });
  }
  const cores = (cpuSeconds(server.pid) - before.cpu) / ((performance.now() - before.at) / 1_000);
  await pass(1_000, undefined, { signal });
  const delays = await delaysOf(server, id, await child.ask('received'));
  return findingsOf({ open, changes, delays, cores });
}

async function tokensFor(server: RealServer, watchers: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let person = 0; person * OF_ONE_PERSON < watchers; person += 1) {
    const body = { person: `viewer-${person}@example.com`, role: 'viewer' };
    const { token } = await server.api<TokenCreated>('POST', '/tokens', body);
    tokens.push(...Array.from({ length: Math.min(OF_ONE_PERSON, watchers - tokens.length) }, () => token));
  }
  return tokens;
}

/** Milliseconds from the newest event that a view shows until a watcher had the view. What stood before anybody watched does not count. */
async function delaysOf(
  server: RealServer,
  id: string,
  received: readonly (readonly [number, readonly number[]])[],
): Promise<readonly number[]> {
  const { events } = await server.record(id);
  const recordedAt = new Map(events.map((event) => [event.seq, event.at]));
  const first = Math.min(...received.map(([seq]) => seq));
  return received.flatMap(([seq, times]) => {
    const at = recordedAt.get(seq) ?? Number.NaN;
    return seq === first ? [] : times.map((time) => time - at);
  });
}

interface Measured {
  readonly open: number;
  readonly changes: number;
  readonly delays: readonly number[];
  readonly cores: number;
}

function findingsOf({ open, changes, delays, cores }: Measured): Findings {
  const figures = [
    percentile(delays, 0.5),
    percentile(delays, 0.99),
    percentile(delays, 1),
    delays.length / (open * changes),
    cores * 100,
  ];
  return {
    tables: [
      {
        title: `${open} watchers of one launch, ${changes} changes, one every ${APART} ms`,
        columns: ['p50 ms', 'p99 ms', 'latest ms', 'views per change and watcher', 'server % of a core'],
        rows: [{ label: 'from the event to its view', figures }],
        notes: [
          'From the time that the event carries, its commit to disk included, until a watcher has the whole view.',
        ],
      },
    ],
    goals: [],
  };
}
