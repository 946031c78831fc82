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
const LAUNCH = 'killed-1';
const KILLS = 20;

/** Lets the child append, kills it after that many acknowledged appends, and gives the newest that was acknowledged. */
async function appendAndKill(directory: string, appends: number): Promise<number> {
  const child = spawn(process.execPath, [APPEND_FOREVER, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let acknowledged = 0;
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    acknowledged = Number(line);
    seen += 1;
    if (seen === appends) child.kill('SIGKILL');
  }
  const [, signal] = (await exit) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

async function inspect(directory: string) {
  const database = await openSqliteDatabase(join(directory, 'slipway.sqlite'));
  const store = createLaunchStore(database, createInProcessQueue(database, createManualClock()));
  const events = await store.read(LAUNCH);
  const check = await checkLaunch(database, LAUNCH);
  const work = (await database.query('select id from work')).map((row) => row['id']);
  const [integrity] = await database.query('pragma integrity_check');
  await database.close();
  return { events, check, work, integrity: integrity?.['integrity_check'] };
}

it('loses nothing that it acknowledged, in twenty kills', async () => {
  await using directory = await createTemporaryDirectory();
  let before = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Uneven numbers, so that deaths fall into different moments: the first write of all, a checkpoint, the middle.
    const acknowledged = await appendAndKill(directory.path, 1 + ((kill * 37) % 400));
    const { events, check, work, integrity } = await inspect(directory.path);
    const newest = events.length;
    expect(acknowledged).toBeGreaterThan(before);
    expect(newest).toBeGreaterThanOrEqual(acknowledged);
    expect(check).toEqual({ ok: true, head: { seq: newest, hash: events.at(-1)?.hash } });
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
    // The last append is there whole, and its work with it.
    expect(events.at(-1)?.event).toMatchObject({ step: expect.stringMatching(/^(\d) of \1$/) });
    expect(work).toEqual([`${LAUNCH}/${newest}`]);
    expect(integrity).toBe('ok');
    before = acknowledged;
  }
}, 60_000);
