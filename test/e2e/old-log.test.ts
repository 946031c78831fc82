import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { findPostgres, startPostgres } from '../../scripts/servers/postgres.ts';
import { DIRECTORY, PERSON } from '../old-logs/plans.ts';
import { type Standing, whatStands } from '../old-logs/what-stands.ts';
import { slipway } from './support/command-line.ts';
import { RealServer, ROOT } from './support/real-server.ts';

const FOLDER = join(ROOT, 'test/old-logs');
const VERSIONS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';

/** Left in the middle of a command that can be verified. */
const UNDER_WAY = 'under-way-1';

/** A server that begins with the log of this version, on a database of its own or on that of the URL. */
async function onLogOf<T>(
  version: string,
  database: Readonly<Record<string, string>>,
  look: (server: RealServer) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-old-log-'));
  const environment = { SLIPWAY_PERSON: PERSON, ...database };
  const server = new RealServer(folder, environment, { workspace: DIRECTORY });
  try {
    const file = join(FOLDER, `${version}.ndjson`);
    const { code, said } = await slipway({ folder, environment }, 'data', 'import', file, '--data', '.slipway');
    expect([code, said]).toEqual([0, expect.stringContaining('9 launches')]);
    await server.start();
    return await look(server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const standingsOf = (version: string): readonly Standing[] =>
  JSON.parse(readFileSync(join(FOLDER, `${version}.standings.json`), 'utf8')) as Standing[];

/** Gives how often the command in the middle was begun, by both versions together. */
async function foldsAndGoesOn(server: RealServer, version: string): Promise<number> {
  for (const standing of standingsOf(version)) {
    expect(whatStands(await server.api<LaunchView>('GET', `/launches/${standing.id}`))).toMatchObject(standing);
    await server.record(standing.id);
  }
  const waits = (view: LaunchView): boolean => view.waitingFor.some(({ step }) => step === 'somebody-looks');
  await server.until(UNDER_WAY, waits);
  const done = { type: 'complete-task', step: 'somebody-looks', proof: 'it is there' };
  await server.api('POST', `/launches/${UNDER_WAY}/commands`, done);
  const ended = await server.until(UNDER_WAY, (view) => view.endedAt !== null);
  expect(ended).toMatchObject({ state: 'completed' });
  const { events } = await server.record(UNDER_WAY);
  return events.filter(({ event }) => event.type === 'effect-started' && event['effect'] === 'migrate:0.0').length;
}

test('there is a log of a release', () => {
  expect(VERSIONS).not.toEqual([]);
});

const together = { concurrent: true, timeout: 60_000 };

describe.each(VERSIONS)('a log of %s folds to what stood then, whole, and what was under way goes on', (version) => {
  const look = (server: RealServer) => foldsAndGoesOn(server, version);

  test('on SQLite', together, async () => {
    expect(await onLogOf(version, {}, look)).toBe(1);
  });

  test.skipIf(PROGRAMS === null)(`on PostgreSQL${why}`, together, async () => {
    await using postgres = await startPostgres(PROGRAMS ?? '');
    expect(await onLogOf(version, { DATABASE_URL: postgres.url }, look)).toBe(1);
  });
});
