import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { EvaluationKeyCreated, FlagHistory } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { FlagClient, ListeningClient } from './support/flag-client.ts';
import { FLAGS, SET } from './support/flag-shop.ts';
import { untilReady } from './support/readiness.ts';
import { RealServer } from './support/real-server.ts';

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';
const FLAG = 'new-checkout';
const ADA = { targetingKey: 'ada' };
/** Milliseconds from the command to the last client, on a busy machine. */
const AT_ONCE = 3_000;

const patience = { timeout: 180_000 };

interface Ways {
  readonly take: (postgres: TestPostgres) => Promise<void>;
  readonly giveBack: (postgres: TestPostgres) => Promise<void>;
}

const WAYS: readonly (readonly [how: string, ways: Ways])[] = [
  ['keeps silent', { take: (postgres) => postgres.freeze(), giveBack: (postgres) => postgres.thaw() }],
  ['refuses connections', { take: (postgres) => postgres.crash(), giveBack: (postgres) => postgres.restart() }],
];

/** Whether the server says that what it serves may be old. */
async function saysStale(server: RealServer, key: string): Promise<boolean> {
  const response = await fetch(`${server.url}/ofrep/v1/evaluate/flags`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ context: ADA }),
  });
  expect(response.status).toBe(200);
  const { metadata } = (await response.json()) as { readonly metadata: { readonly stale?: boolean } };
  return metadata.stale === true;
}

const kills = async (server: RealServer): Promise<readonly string[]> => {
  const { entries } = await server.api<FlagHistory>('GET', `/flags/${SET}/history`);
  return entries.flatMap(({ event }) => (event['type'] === 'flag-killed' ? [String(event['reason'])] : []));
};

describe.skipIf(PROGRAMS === null)(`flags, while their database is gone${why}`, () => {
  test.each(WAYS)(
    'and %s: they are served, a kill is in force at once, and recorded when it is back',
    patience,
    async (_how, ways) => {
      await using postgres = await startPostgres(PROGRAMS ?? '');
      const folder = mkdtempSync(join(tmpdir(), 'slipway-flags-'));
      const server = new RealServer(folder, { DATABASE_URL: postgres.url });
      const follower = new ListeningClient();
      try {
        await server.start();
        const files = [{ file: 'flags/shop.json', text: JSON.stringify(FLAGS) }];
        await server.api('POST', `/flags/${SET}/apply`, { files, create: true });
        const { key } = await server.api<EvaluationKeyCreated>('POST', `/flags/${SET}/keys`, { kind: 'client' });
        const client = new FlagClient(() => server.url, key);
        await follower.open(client, FLAG, ADA);
        expect(await saysStale(server, key)).toBe(false);

        await ways.take(postgres);
        await expect.poll(() => saysStale(server, key), { timeout: 30_000, interval: 100 }).toBe(true);
        expect((await client.evaluate(FLAG, ADA)).variant).toBe('on');
        const asked = Date.now();
        const answer = server
          .api('POST', `/flags/${SET}/flags/${FLAG}/kill`, { reason: 'it breaks the till' })
          .then(() => 'killed', String);
        await expect.poll(() => follower.met.at(-1)?.variant, { timeout: AT_ONCE, interval: 20 }).toBe('off');
        expect((follower.met.at(-1)?.at ?? Infinity) - asked).toBeLessThan(AT_ONCE);
        expect((await client.evaluate(FLAG, ADA)).variant).toBe('off');
        expect(await answer).toMatch(/: 503 {"code":"unavailable","message":"new-checkout is killed on this server/);

        await pass(3_000);
        await ways.giveBack(postgres);
        await untilReady(server);
        await expect
          .poll(() => kills(server).catch(() => []), { timeout: 60_000, interval: 200 })
          .toEqual(['it breaks the till']);
        await expect.poll(() => saysStale(server, key), { timeout: 30_000, interval: 100 }).toBe(false);
        expect((await client.evaluate(FLAG, ADA)).variant).toBe('off');
        expect(follower.met.map(({ variant }) => variant)).toEqual(['on', 'off']);
      } finally {
        await follower.leave();
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
