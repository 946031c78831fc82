import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LaunchView } from '@slipway/contract';
import { answer, listen, type Listening, refuse } from '../testing/launch-server.ts';
import { VIEW } from '../testing/sample-launch.ts';
import { runCommand } from '../testing/test-context.ts';

let folder: string;
let launches: readonly LaunchView[];
let unreadable: readonly string[];
let isBroken: boolean;
let shutDown: readonly [status: number, code: 'not-found' | 'conflict'];
let api: Listening;
/** Stands for the server's process: it is what gets the signal. */
let daemon: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-down-'));
  launches = [];
  unreadable = [];
  isBroken = false;
  shutDown = [404, 'not-found'];
  api = await listen((request, response) => {
    const { url = '' } = request;
    if (url === '/healthz') return answer(response, 200, { ok: true });
    if (isBroken) return refuse(response, 503, 'unavailable');
    if (url.endsWith('/shutdown')) return refuse(response, ...shutDown);
    const one = launches.find((launch) => url === `/api/v1/launches/${launch.id}`);
    if (one !== undefined) return answer(response, 200, one);
    const summary = ({ id, title, artifact, state, headline, startedAt, endedAt }: LaunchView) => ({
      id,
      title,
      artifact,
      state,
      headline,
      startedAt,
      endedAt,
    });
    return answer(response, 200, { launches: launches.map(summary), unreadable, omitted: 0 });
  });
  daemon = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(daemon, 'spawn');
  const data = join(folder, '.slipway');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, 'server.json'), JSON.stringify({ url: api.url.origin, pid: daemon.pid }));
  writeFileSync(join(data, 'token'), 'token\n', { mode: 0o600 });
});

afterEach(async () => {
  daemon.kill('SIGKILL');
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const down = (...flags: readonly string[]) =>
  runCommand(['down', ...flags], { cwd: folder, env: { LANG: 'C.UTF-8' }, now: Date.now });
const isStopped = (): boolean => daemon.exitCode !== null || daemon.signalCode !== null;

describe('down', () => {
  test('names the launch under way and what stays unwatched, and refuses', async () => {
    launches = [VIEW];
    const { code, errors } = await down();
    expect(code).toBe(3);
    expect(errors).toContain('shop-1 · running · Production: Roll out to production');
    expect(errors).toContain('stays unwatched: 2.1.0 with 5 % of the traffic of production');
    expect(errors).toContain('1 launch under way');
    expect(errors).toContain('--force');
    expect(isStopped()).toBe(false);
  });

  test.each<[LaunchView['state'], number]>([
    ['running', 3],
    ['held', 3],
    ['turning-back', 3],
    ['rollback-incomplete', 0],
    ['completed', 0],
    ['scrubbed', 0],
    ['rolled-back', 0],
  ])('with a launch that is %s ends with %d', async (state, code) => {
    launches = [{ ...VIEW, state }];
    expect(await down()).toMatchObject({ code });
    expect(isStopped()).toBe(code === 0);
  });

  test('stops it all the same with --force', async () => {
    launches = [VIEW];
    expect(await down('--force')).toMatchObject({ code: 0, out: `Stopped the server (process ${daemon.pid}).\n` });
    expect(isStopped()).toBe(true);
  });

  test('does not take a launch that cannot be read for one that is over', async () => {
    unreadable = ['shop-0'];
    expect(await down()).toMatchObject({
      code: 3,
      errors: expect.stringContaining('shop-0: its events cannot be read'),
    });
    expect(isStopped()).toBe(false);
  });

  test('does not take "cannot look" for "nothing is under way"', async () => {
    isBroken = true;
    const { code, errors } = await down();
    expect(code).toBe(1);
    expect(errors).toContain('nobody knows whether a launch is under way: refused as unavailable');
    expect(isStopped()).toBe(false);
  });

  test('shows why an environment is not shut down, and stops nothing', async () => {
    launches = [VIEW];
    shutDown = [409, 'conflict'];
    expect(await down('--environments')).toMatchObject({
      code: 3,
      errors: expect.stringContaining('1 launch under way'),
    });
    expect(await down('--environments', '--force')).toEqual({
      code: 3,
      out: '',
      errors: 'slipway: refused as conflict\n',
    });
    expect(isStopped()).toBe(false);
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, number, string]>([
    ['--server', ['--server', 'http://team:7070'], {}, 3, 'you named http://team:7070'],
    ['SLIPWAY_SERVER', [], { SLIPWAY_SERVER: 'http://team:7070' }, 3, 'you named http://team:7070'],
    ['--token-file alone', ['--token-file', 'token'], {}, 2, 'no server for it'],
  ])('stops nothing here where a server is named by %s', async (_, flags, named, code, words) => {
    const env = { LANG: 'C.UTF-8', ...named };
    const ran = await runCommand(['down', ...flags], { cwd: folder, env, now: Date.now });
    expect(ran).toMatchObject({ code, errors: expect.stringContaining(words) });
    expect(isStopped()).toBe(false);
  });
});
