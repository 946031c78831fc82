import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { createInProcessQueue } from '../../queue/in-process-queue.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { checkLaunch } from '../check-launch.ts';
import { createLaunchStore } from '../launch-store.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { createTemporaryDirectory } from '../../testing/temporary-directory.ts';

const APPEND_FOREVER = join(import.meta.dirname, '../../testing/children/append-forever.ts');
const KILLS = 20;

/** Of each launch the newest event that was acknowledged. */
type Acknowledged = ReadonlyMap<string, number>;

/** Lets the child append, and kills it after that many acknowledged appends. */
async function appendAndKill(directory: string, launches: number, appends: number): Promise<Acknowledged> {
  const args = [APPEND_FOREVER, directory, `${launches}`];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    const [launch = '', newest] = line.split(' ');
    acknowledged.set(launch, Number(newest));
    seen += 1;
    if (seen === appends) child.kill('SIGKILL');
  }
  const [, signal] = (await exit) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

async function inspect(directory: string, launches: readonly string[]) {
  const database = await openSqliteDatabase(join(directory, 'slipway.sqlite'));
  const store = createLaunchStore(database, createInProcessQueue(database, createManualClock()));
  const found = [];
  for (const launch of launches) {
    const [events, check] = [await store.read(launch), await checkLaunch(database, launch)];
    const rows = await database.query('select id from work where launch = ?1', [launch]);
    found.push({ launch, events, check, work: rows.map((row) => row['id']) });
  }
  const [integrity] = await database.query('pragma integrity_check');
  await database.close();
  return { found, integrity: integrity?.['integrity_check'] };
}

it.each([1, 5])(
  'loses nothing that it acknowledged, in twenty kills, with %d launches at once',
  async (launches) => {
    await using directory = await createTemporaryDirectory();
    const ids = Array.from({ length: launches }, (_, index) => `killed-${index + 1}`);
    let before: Acknowledged = new Map();
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Uneven numbers, so that deaths fall into different moments: the first write of all, a checkpoint, the middle.
      const acknowledged = await appendAndKill(directory.path, launches, 1 + ((kill * 37) % 400));
      const { found, integrity } = await inspect(directory.path, ids);
      for (const { launch, events, check, work } of found) {
        const newest = events.length;
        expect(newest).toBeGreaterThanOrEqual(acknowledged.get(launch) ?? before.get(launch) ?? 0);
        // Killed before its first was written.
        if (newest === 0) continue;
        expect(check).toEqual({ ok: true, head: { seq: newest, hash: events.at(-1)?.hash } });
        expect(events.map((event) => event.seq)).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
        // The last append is there whole, and its work with it.
        expect(events.at(-1)?.event).toMatchObject({ step: expect.stringMatching(/^(\d) of \1$/) });
        expect(work).toEqual([`${launch}/${newest}`]);
      }
      expect([...acknowledged].filter(([launch, newest]) => newest <= (before.get(launch) ?? 0))).toEqual([]);
      expect(integrity).toBe('ok');
      before = new Map(found.map(({ launch, events }) => [launch, events.length]));
    }
  },
  120_000,
);
