// Records a log by this version, for the tests of every later one: see README.md.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchList, LaunchView } from '@slipway/contract';
import { EVENT_TYPES } from '@slipway/engine';
import { slipway } from '../e2e/support/command-line.ts';
import { RealServer } from '../e2e/support/real-server.ts';
import { DIRECTORY, PERSON } from './plans.ts';
import { STORIES } from './stories.ts';
import { type Standing, whatStands } from './what-stands.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-record-'));
const server = new RealServer(folder, { SLIPWAY_PERSON: PERSON }, { workspace: DIRECTORY });
try {
  await server.start();
  const { version } = await server.api<{ readonly version: string }>('GET', '/server');
  for (const story of STORIES) await story(server);
  const standings = await endedLaunches();
  await server.stop('there.production', 'back.production', 'doubt.production');
  const state = await exported();
  requireEveryType(state);
  writeFileSync(beside(`${version}.ndjson`), state);
  writeFileSync(beside(`${version}.standings.json`), `${JSON.stringify(standings, null, 2)}\n`);
  process.stdout.write(`recorded ${version}: ${state.length} bytes, ${standings.length} launches that ended\n`);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

function beside(file: string): string {
  return join(import.meta.dirname, file);
}

async function endedLaunches(): Promise<readonly Standing[]> {
  const { launches } = await server.api<LaunchList>('GET', '/launches');
  const ended = launches.filter(({ endedAt }) => endedAt !== null);
  return await Promise.all(
    ended.map(async ({ id }) => whatStands(await server.api<LaunchView>('GET', `/launches/${id}`))),
  );
}

/** Without tokens: they are nobody's business, and every server makes its own. */
async function exported(): Promise<string> {
  const file = join(folder, 'state.ndjson');
  const { code, said } = await slipway({ folder }, 'data', 'export', file, '--move', '--data', '.slipway');
  if (code !== 0) throw new Error(said);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -1);
  const kept = lines.filter((line) => !line.startsWith('{"token"'));
  const text = kept.map((line) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `${text}${JSON.stringify({ end: { lines: kept.length, sha256 } })}\n`;
}

/** A type of event that no story tells of would be forgotten by every later version's tests. */
function requireEveryType(state: string): void {
  const missing = EVENT_TYPES.filter((type) => !state.includes(`"type":"${type}"`));
  if (missing.length > 0) throw new Error(`no story leads to ${missing.join(', ')}: tell one more`);
}
