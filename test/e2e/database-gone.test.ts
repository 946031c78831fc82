import { rmSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { NEW, startCanary } from './support/canary.ts';
import { RealServer } from './support/real-server.ts';
import { unreadiness, untilReady } from './support/readiness.ts';
import { copyShop } from './support/shop.ts';

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';
/** Milliseconds, at least; a minute with SLIPWAY_OUTAGE=60. Longer than the work of a server that is silent stays its own. */
const OUTAGE = Number(process.env['SLIPWAY_OUTAGE'] ?? 12) * 1_000;
/** A request is answered within 15 s; a busy machine may be a little late. */
const ANSWERED_WITHIN = 20_000;

const together = { concurrent: true, timeout: 300_000 };

interface Ways {
  readonly take: (postgres: TestPostgres) => Promise<void>;
  readonly giveBack: (postgres: TestPostgres) => Promise<void>;
}

const WAYS: readonly (readonly [how: string, ways: Ways])[] = [
  ['keeps silent', { take: (postgres) => postgres.freeze(), giveBack: (postgres) => postgres.thaw() }],
  ['refuses connections', { take: (postgres) => postgres.crash(), giveBack: (postgres) => postgres.restart() }],
];

interface Asked {
  /** What was answered: null where it was what was asked for. */
  readonly refusal: string | null;
  /** Milliseconds. */
  readonly took: number;
}

async function ask(work: Promise<unknown>): Promise<Asked> {
  const began = Date.now();
  const refusal = await work.then(() => null, String);
  return { refusal, took: Date.now() - began };
}

const settled = ({ events }: LaunchRecord): readonly string[] =>
  events.filter(({ event }) => event.type === 'effect-settled').map(({ event }) => String(event['effect']));

/** What people ask while it is gone, at once. */
function askAll(server: RealServer, id: string): Promise<readonly Asked[]> {
  const commands = `/launches/${id}/commands`;
  return Promise.all([
    ask(server.api('POST', commands, { type: 'hold', reason: 'wait' })),
    ask(server.api('POST', commands, { type: 'resume' })),
    ask(server.api('GET', `/launches/${id}`)),
  ]);
}

/** To its end, though what could not be answered in time may have held it all the same. */
async function letGoOn(server: RealServer, id: string): Promise<LaunchView> {
  const resume = { type: 'resume' };
  const view = await server.settled(id);
  if (view.state === 'held') await server.api('POST', `/launches/${id}/commands`, resume).catch(() => null);
  return await server.until(id, ({ endedAt }) => endedAt !== null);
}

describe.skipIf(PROGRAMS === null)(`a database that is gone for ${OUTAGE / 1000} s in a rollout${why}`, () => {
  test.each(WAYS)('and %s: refusals in time, no traffic moved, and it goes on', together, async (how, ways) => {
    await using postgres = await startPostgres(PROGRAMS ?? '');
    const folder = copyShop();
    const server = new RealServer(folder, { DATABASE_URL: postgres.url });
    try {
      await server.start();
      const canary = await startCanary(server, '3s');
      await ways.take(postgres);
      const gone = Date.now();
      const asked = askAll(server, canary.id);
      expect(await unreadiness(server)).not.toBeNull();
      await pass(gone + OUTAGE - Date.now());
      for (const { refusal, took } of await asked) {
        expect(refusal).toMatch(/: 503 {"code":"unavailable",/);
        expect(took).toBeLessThan(ANSWERED_WITHIN);
      }
      expect(canary.shareSince(gone)).toBeLessThan(0.6);

      const outage = Date.now() - gone;
      await ways.giveBack(postgres);
      const back = Date.now();
      const ended = await letGoOn(server, canary.id);
      expect(ended).toMatchObject({ state: 'completed', environments: [{ split: [{ version: NEW, weight: 100 }] }] });
      const { lost } = await canary.leave();
      process.stdout.write(`${how} for ${outage} ms: ended ${Date.now() - back} ms later, ${lost} requests lost\n`);
      expect(lost).toBe(0);
      const effects = settled(await server.record(canary.id));
      expect(effects).toEqual([...new Set(effects)]);
      await untilReady(server);
    } finally {
      await server.stop('shop.production');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
