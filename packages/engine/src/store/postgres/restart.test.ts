import { expect, it, vi } from 'vitest';
import { findPostgres, startPostgres } from '../../../../../scripts/servers/postgres.ts';
import { createSystemClock } from '../../clock/system-clock.ts';
import type { Changed } from '../../ports/changes.ts';
import { createPgBossQueue } from '../../queue/pg-boss-queue.ts';
import { createPostgresChanges } from './postgres-changes.ts';
import { openPostgresDatabase } from './postgres-database.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };
const programs = findPostgres();

it.skipIf(programs === null)(
  'a server that crashes and comes back is gone on with: store, queue and changes (needs PostgreSQL 15 installed)',
  async () => {
    await using server = await startPostgres(programs ?? '');
    const { url } = server;
    const clock = createSystemClock();
    const database = await openPostgresDatabase(url);
    const queue = await createPgBossQueue({ database, url, clock });
    const changes = await createPostgresChanges(url, clock);
    const [told, seen]: [Changed[], string[]] = [[], []];
    changes.listen((launch) => told.push(launch));
    await queue.start(async ({ id }) => {
      await database.transaction(async (tx) => await queue.complete(tx, [id]));
      seen.push(id);
    });
    const put = async (id: string) => {
      const work = { id, launch: 'shop-1', effect: null, dueAt: 0 };
      await database.transaction(async (tx) => await queue.enqueue(tx, [work]));
      changes.publish(id);
      queue.nudge();
    };
    await put('before');
    await vi.waitFor(() => expect([seen, told]).toEqual([['before'], ['before']]), PATIENCE);

    await server.crash();
    await expect(put('during')).rejects.toMatchObject({ name: 'StorageError' });
    await server.restart();
    await vi.waitFor(async () => await put('after'), PATIENCE);
    await vi.waitFor(() => expect(seen).toEqual(['before', 'after']), PATIENCE);
    await vi.waitFor(() => expect(told).toContain(null), PATIENCE);

    await changes.close();
    await queue.stop();
    await database.close();
  },
  90_000,
);
