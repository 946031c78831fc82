import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Split } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { StickyBy, UpstreamApp } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  startUpstreamApp,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NginxOptions } from '../../../../../scripts/servers/nginx.ts';
import { nginxBinary, skipped } from '../../../../../scripts/servers/nginx.ts';
import { routers } from '../../registry/routers.ts';
import { nginxRouter } from './index.ts';
import { idOf, prefixOf } from './identifiers.ts';
import { openStore, placeOf } from './place.ts';
import type { NginxRouterConfig } from './schema.ts';
import { shiftTraffic } from './shift-traffic.ts';
import type { NginxWorld } from './testing/nginx-world.ts';
import { nginxWorld } from './testing/nginx-world.ts';

interface Here extends NginxWorld {
  readonly apps: readonly UpstreamApp[];
  readonly shift: (split: Split, changed?: Partial<NginxRouterConfig>) => ReturnType<typeof nginxRouter.shift>;
  readonly inspect: () => ReturnType<typeof nginxRouter.inspect>;
  readonly counts: () => ReturnType<typeof nginxRouter.counts>;
}

/** An nginx, and apps of these versions behind it. */
async function here(versions: readonly string[], options: NginxOptions = {}, sticky: StickyBy = null): Promise<Here> {
  const world = await nginxWorld(options);
  onTestFinished(() => world[Symbol.asyncDispose]());
  const apps = await Promise.all(versions.map((version) => startUpstreamApp(version)));
  for (const app of apps) onTestFinished(() => app.close());
  const config = world.configOf(sticky);
  const context = contextOf(world);
  return {
    ...world,
    apps,
    shift: (split, changed = {}) => nginxRouter.shift({ ...config, ...changed }, 'production', split, context),
    inspect: () => nginxRouter.inspect(config, 'production', context),
    counts: () => nginxRouter.counts(config, 'production', context),
  };
}

function contextOf({ dataDirectory }: Pick<NginxWorld, 'dataDirectory'>) {
  return contextFor(nginxRouter.needs, createTestContext({ dataDirectory }));
}

const at = (weight: number, ...apps: readonly (UpstreamApp | undefined)[]) => ({
  weight,
  addresses: apps.flatMap((app) => (app === undefined ? [] : [app.address])),
});

/** The body, or the status where it is not 200. */
async function get(address: string): Promise<string> {
  const outgoing = request(address, { agent: false }).end();
  const [response] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  const body = await text(response);
  return response.statusCode === 200 ? body : `${response.statusCode}`;
}

/** Sends on six lanes, on a connection for each request, until it is ended; gives what came back. */
function load(address: string): { end: () => Promise<readonly string[]> } {
  const met: string[] = [];
  let over = false;
  const lane = async (): Promise<void> => {
    while (!over && met.length < 30_000) met.push(await get(address));
  };
  const lanes = Promise.all(Array.from({ length: 6 }, lane));
  return {
    end: async () => {
      over = true;
      await lanes;
      return met;
    },
  };
}

const requestsOf = async (counts: Here['counts'], version: string) => (await counts()).versions[version]?.requests;

it('is registered', () => {
  expect(routers.nginx).toBe(nginxRouter);
});

describe.skipIf(nginxBinary === null)(`nginx at work${skipped}`, { timeout: 180_000 }, () => {
  it('drops no request over 50 changes there and back, on a connection for each, and counts as the client did', async () => {
    const { shift, counts, apps, nginx } = await here(['v1', 'v2']);
    const split = (revision: number): Split => {
      const young = [0, 1, 50, 99, 100][revision % 5] ?? 0;
      return { revision, backends: { v1: at(100 - young, apps[0]), v2: at(young, apps[1]) } };
    };
    await shift(split(1));
    const visits = load(nginx.address);
    for (let revision = 2; revision <= 51; revision += 1) await shift(split(revision));
    const met = await visits.end();
    expect(met.length).toBeGreaterThan(50);
    expect(met.filter((body) => body !== 'v1' && body !== 'v2')).toEqual([]);
    for (const version of ['v1', 'v2']) {
      const requests = met.filter((body) => body === version).length;
      await expect.poll(() => requestsOf(counts, version), { timeout: 5_000 }).toBe(requests);
      expect((await counts()).versions[version]?.answers).toMatchObject({ '2xx': requests, failed: 0 });
    }
  });

  it('keeps the split, and the counts, when others reload, stop and start nginx in the middle', async () => {
    const { shift, inspect, counts, apps, nginx } = await here(['v1', 'v2']);
    const split = { revision: 8, backends: { v1: at(0, apps[0]), v2: at(100, apps[1]) } };
    const before = await shift(split);
    const visits = load(nginx.address);
    await once(spawn(nginx.reload[0], nginx.reload.slice(1), { stdio: 'ignore' }), 'exit');
    await shift({ revision: 9, backends: { v1: at(40, apps[0]), v2: at(60, apps[1]) } });
    await shift({ ...split, revision: 10 });
    const met = await visits.end();
    expect(new Set(met)).toEqual(new Set(met.includes('v1') ? ['v2', 'v1'] : ['v2']));
    await expect.poll(async () => sumOf(await counts()), { timeout: 5_000 }).toBe(met.length);
    const { boot } = await counts();
    await nginx.quit();
    await expect(inspect()).rejects.toThrow(RetryableError);
    await nginx.start();
    expect(await inspect()).toEqual({ ...before, revision: 10 });
    expect(await get(nginx.address)).toBe('v2');
    await expect.poll(async () => sumOf(await counts()), { timeout: 5_000 }).toBe(met.length + 1);
    expect((await counts()).boot).toBe(boot);
  });

  it('takes the split of a way back while nginx is down, and says that nobody answers', async () => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(0, apps[0]), v2: at(100, apps[1]) } });
    await nginx.kill();
    await expect(shift({ revision: 2, backends: { v1: at(100, apps[0]) } })).rejects.toThrow(RetryableError);
    await nginx.start();
    expect(await get(nginx.address)).toBe('v1');
  });

  it('takes even those whom the cookie holds away from a version that goes to 0', async () => {
    const { shift, apps, nginx } = await here(['v1', 'v2'], {}, { cookie: 'visitor' });
    const to = (revision: number, young: number) =>
      shift({ revision, backends: { v1: at(100 - young, apps[0]), v2: at(young, apps[1]) } });
    await to(1, 100);
    const first = await fetch(nginx.address);
    expect(await first.text()).toBe('v2');
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const again = async () => await (await fetch(nginx.address, { headers: { cookie } })).text();
    await to(2, 99);
    const kept = await again();
    expect([await again(), await again()]).toEqual([kept, kept]);
    await to(3, 0);
    expect([await again(), await again(), await again()]).toEqual(['v1', 'v1', 'v1']);
  });

  it('loses no request when instances are replaced, and the old ones get none after', async () => {
    const { shift, apps, nginx } = await here(['old', 'new']);
    const [old, young] = apps;
    await shift({ revision: 1, backends: { v1: at(100, old) } });
    const visits = load(nginx.address);
    await shift({ revision: 2, backends: { v1: at(100, young) } });
    const seen = old?.seen('/');
    await expect.poll(() => young?.seen('/') ?? 0, { timeout: 5_000 }).toBeGreaterThan(20);
    // What was under way when the shift ended may come to its end.
    expect((old?.seen('/') ?? 0) - (seen ?? 0)).toBeLessThanOrEqual(6);
    const met = await visits.end();
    expect(met.filter((body) => body !== 'old' && body !== 'new')).toEqual([]);
  });

  it.each([
    ['said nothing yet', '', 'GET / HTTP/1.0\r\nHost: shop\r\n\r\n'],
    ['sent half of a request', 'GET / HTTP/1.0\r\n', 'Host: shop\r\n\r\n'],
  ])('serves a client that had %s before a reload, from a version that has traffic', async (_what, before, after) => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    const { hostname, port } = new URL(nginx.address);
    const early = connect(Number(port), hostname);
    onTestFinished(() => void early.destroy());
    await once(early, 'connect');
    early.write(before);
    // The worker of then has it when it has answered others since.
    for (let sent = 0; sent < 10; sent += 1) await get(nginx.address);
    await shift({ revision: 2, backends: { v1: at(1, apps[0]), v2: at(99, apps[1]) } });
    early.write(after);
    expect(await text(early)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\nv[12]$/);
  });

  it('refuses a configuration that nginx refuses, in its words, and keeps the split of before', async () => {
    const { shift, inspect, apps, nginx } = await here(['v1', 'v2']);
    const before = await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    const written = await readFile(nginx.file, 'utf8');
    await writeFile(nginx.teamFile, 'no_such_directive on;');
    const next = { revision: 2, backends: { v1: at(50, apps[0]), v2: at(50, apps[1]) } };
    const shifted = shift(next);
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/refuses its configuration.*unknown directive "no_such_directive"/);
    expect(await readFile(nginx.file, 'utf8')).toBe(written);
    expect((await inspect()).weights).toEqual({ ...before.weights, v2: 0 });
    expect(await get(nginx.address)).toBe('v1');
    await writeFile(nginx.teamFile, '');
    expect((await shift(next)).weights).toEqual({ v1: 50, v2: 50 });
  });

  it('changes the split between versions that nginx knows without a reload, so also where it would refuse one', async () => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(50, apps[0]), v2: at(50, apps[1]) } });
    await writeFile(nginx.teamFile, 'no_such_directive on;');
    await shift({ revision: 2, backends: { v1: at(100, apps[0]) } }, { reload: ['/nowhere/nginx'] });
    expect([await get(nginx.address), await get(nginx.address)]).toEqual(['v1', 'v1']);
  });

  it.each([
    ['that is not there', ['/nowhere/nginx'], TerminalError, /was not found/],
    ['that fails', ['sh', '-c', 'echo not allowed; exit 3'], RetryableError, /sh exited with 3 and said "not allowed"/],
  ] as const)('names a command %s, and puts back what was written', async (_what, reload, kind, message) => {
    const { shift, apps, nginx } = await here(['v1']);
    const shifted = shift({ revision: 1, backends: { v1: at(100, apps[0]) } }, { reload: [...reload] });
    await expect(shifted).rejects.toThrow(kind);
    await expect(shifted).rejects.toThrow(message);
    await expect(stat(nginx.file)).rejects.toThrow('ENOENT');
  });

  it('says so where nginx does not take the configuration up', async () => {
    const { apps, configOf, dataDirectory } = await here(['v1']);
    using store = openStore(dataDirectory);
    const config = { ...configOf(), reload: ['true'] satisfies NginxRouterConfig['reload'] };
    const place = { ...placeOf(config, 'production', { store, context: contextOf({ dataDirectory }) }), waitMs: 100 };
    const shifted = shiftTraffic(place, { revision: 1, backends: { v1: at(100, apps[0]) } });
    await expect(shifted).rejects.toThrow(RetryableError);
    await expect(shifted).rejects.toThrow(/is .*production\.conf included in its `http` block/);
  });

  it('has a version of any name', async () => {
    const name = '1.0"; } server { listen 1; }\n$uri \\ {{}} é #';
    const { shift, inspect, counts, apps, nginx } = await here(['odd']);
    const state = await shift({ revision: 1, backends: { [name]: at(100, apps[0]) } });
    expect(state.weights).toEqual({ [name]: 100 });
    expect(await inspect()).toEqual(state);
    expect(await get(nginx.address)).toBe('odd');
    await expect.poll(() => requestsOf(counts, name), { timeout: 5_000 }).toBe(1);
  });

  it('serves from the living instance of a version, and counts a request once however often it was tried', async () => {
    const { shift, counts, apps, nginx } = await here(['v1', 'v1']);
    await shift({ revision: 1, backends: { v1: at(100, ...apps) } });
    await apps[1]?.close();
    for (let sent = 0; sent < 4; sent += 1) expect(await get(nginx.address)).toBe('v1');
    const answers = { '1xx': 0, '2xx': 4, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };
    await expect
      .poll(async () => (await counts()).versions['v1'], { timeout: 5_000 })
      .toMatchObject({ requests: 4, answers });
  });

  it('answers 503 while nothing is routed, and counts that for nobody', async () => {
    const { shift, inspect, counts, apps, nginx } = await here(['v1']);
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    expect((await shift({ revision: 2, backends: {} })).weights).toEqual({});
    expect(await get(nginx.address)).toBe('503');
    expect((await inspect()).weights).toEqual({});
    await shift({ revision: 3, backends: { v1: at(100, apps[0]) } });
    expect(await get(nginx.address)).toBe('v1');
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(1);
  });

  it('shows what others did to the links', async () => {
    const { shift, inspect, apps, nginx } = await here(['v1']);
    const split = { revision: 1, backends: { v1: at(100, apps[0]) } };
    await shift(split);
    await rm(join(nginx.directory, 'slipway/production.split/live'));
    expect(await inspect()).toMatchObject({ weights: { v1: 0 }, revision: 1 });
    expect(await get(nginx.address)).toBe('503');
    expect((await shift(split)).weights).toEqual({ v1: 100 });
  });

  it('writes anew what others changed in its file', async () => {
    const { shift, apps, nginx } = await here(['v1']);
    const split = { revision: 1, backends: { v1: at(100, apps[0]) } };
    await shift(split);
    const written = await readFile(nginx.file, 'utf8');
    await writeFile(nginx.file, written.replaceAll('keepalive 32', 'keepalive 1'));
    await shift(split);
    expect(await readFile(nginx.file, 'utf8')).toBe(written);
  });

  it.each([
    ['another program', '# mine\n'],
    [
      'another environment',
      '# Slipway writes this file, for the environment "staging". What others change in it is lost.\n',
    ],
  ])('does not write over a file of %s', async (_what, theirs) => {
    const { shift, apps, nginx } = await here(['v1']);
    await writeFile(nginx.file, theirs);
    const shifted = shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/is not Slipway's file for production/);
    expect(await readFile(nginx.file, 'utf8')).toBe(theirs);
  });

  it.runIf(process.getuid?.() === 0)("names links that nginx's workers may not follow", async () => {
    const { shift, apps } = await here(['v1'], { main: ['user daemon;'] });
    const shifted = shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    await expect(shifted).rejects.toThrow(/workers may not look into .*production\.split/);
  });

  it('lets no client count, or break off, what was never answered: not by a line of its own in the log', async () => {
    const options = { location: ['auth_basic shop;', 'auth_basic_user_file passwords;'] };
    const { shift, counts, apps, nginx } = await here(['v1'], options);
    await writeFile(join(nginx.directory, 'passwords'), 'known:{PLAIN}known\n');
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    const as = async (user: string) =>
      await fetch(nginx.address, { headers: { authorization: `Basic ${btoa(`${user}:known`)}` } });
    // What anybody can know: how lines are written, the name of the environment and that of the version.
    const upstream = `${prefixOf('production')}_${idOf('v1')}`;
    const rest = `${upstream}|500|500|0.001|0.001|OK|1795267451.927|0.001|1\n`;
    const forged = ['slipway1|', 'slipway1|1|', 'slipway-|1|'].map((start) => start + rest);
    const broken = Array.from({ length: 20 }, (_, connection) => {
      return `2026/11/21 13:24:12 [error] 1#1: *${connection} x while reading upstream, client: \n`;
    });
    expect((await as(`\n${forged.join('')}${broken.join('')}`)).status).toBe(401);
    expect(await (await as('known')).text()).toBe('v1');
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(1);
    expect((await counts()).versions['v1']?.answers).toMatchObject({ '2xx': 1, '5xx': 0, failed: 0 });
    // It did get there.
    expect(await readFile(nginx.log, 'utf8')).toContain(`\n${forged[0]}`);
  });

  it('names a control port on which another environment answers, and leaves that one alone', async () => {
    const { shift, inspect, apps, nginx, configOf, dataDirectory } = await here(['v1', 'v2']);
    const before = await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    const file = join(nginx.directory, 'slipway/a-staging.conf');
    const split = { revision: 1, backends: { v2: at(100, apps[1]) } };
    const shifted = nginxRouter.shift({ ...configOf(), file }, 'staging', split, contextOf({ dataDirectory }));
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/^Somebody else answers on 127\.0\.0\.1:\d+: give `control` a free port/);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(await inspect()).toEqual(before);
  });

  it('puts the files back where nginx does not take them up, so that it can start the next time', async () => {
    const { apps, configOf, dataDirectory, nginx } = await here(['v1']);
    // It takes connections and says nothing: nginx cannot listen there.
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    using store = openStore(dataDirectory);
    const control = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const context = {
      ...contextOf({ dataDirectory }),
      http: { request: () => Promise.reject(new RetryableError('')) },
    };
    const place = { ...placeOf({ ...configOf(), control }, 'production', { store, context }), waitMs: 500 };
    const shifted = shiftTraffic(place, { revision: 1, backends: { v1: at(100, apps[0]) } });
    await expect(shifted).rejects.toThrow(/does not answer on 127/);
    await expect(stat(nginx.file)).rejects.toThrow('ENOENT');
    await nginx.quit();
    await nginx.start();
  });

  it('says so where no location has its lines: nobody would be routed', async () => {
    const { shift, apps, configOf, nginx } = await here(['v1']);
    const file = join(nginx.directory, 'slipway/elsewhere.conf');
    const log = join(nginx.directory, 'elsewhere.log');
    const shifted = shift({ revision: 1, backends: { v1: at(100, apps[0]) } }, { ...configOf(), file, log });
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/makes no log .*: include .*elsewhere\.location in the `location`/);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  it.each<[string, (nginx: NginxWorld['nginx']) => Promise<void>]>([
    // As a worker of Slipway's leaves it that dies before the reload.
    ['others are in it', (nginx) => writeFile(nginx.file, '# Slipway writes this file\n', { flag: 'a' })],
    ['it is gone', (nginx) => rm(nginx.file)],
    ['it is another program\u2019s now', (nginx) => writeFile(nginx.file, '# mine\n')],
  ])('goes back between versions that nginx knows, also where its file is not as it was: %s', async (_what, spoil) => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(50, apps[0]), v2: at(50, apps[1]) } });
    await writeFile(nginx.teamFile, 'no_such_directive on;');
    await spoil(nginx);
    const back = { revision: 2, backends: { v1: at(100, apps[0]) } };
    expect((await shift(back, { test: ['false'], reload: ['/nowhere/nginx'] })).weights).toEqual({ v1: 100 });
    expect([await get(nginx.address), await get(nginx.address)]).toEqual(['v1', 'v1']);
  });

  it('goes back between versions that nginx knows also where its configuration is another, and refused', async () => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(50, apps[0]), v2: at(50, apps[1]) } });
    await writeFile(nginx.teamFile, 'no_such_directive on;');
    const written = await readFile(nginx.file, 'utf8');
    const back = { revision: 2, backends: { v1: at(100, apps[0]) } };
    expect((await shift(back, { sticky: { cookie: 'visitor' } })).weights).toEqual({ v1: 100 });
    expect([await get(nginx.address), await get(nginx.address)]).toEqual(['v1', 'v1']);
    expect(await readFile(nginx.file, 'utf8')).toBe(written);
  });

  it('takes up what only the lines of the location say', async () => {
    const { shift, apps, nginx } = await here(['v1']);
    const backends = { v1: at(100, apps[0]) };
    await shift({ revision: 1, backends });
    const log = join(nginx.directory, 'moved.log');
    await shift({ revision: 2, backends }, { log });
    expect(await get(nginx.address)).toBe('v1');
    await expect.poll(() => readFile(log, 'utf8'), { timeout: 5_000 }).toMatch(/^slipway-/);
  });

  it('has laid every way back ready: it makes no folder and no file', async () => {
    const { shift, apps, nginx } = await here(['v1', 'v2']);
    await shift({ revision: 1, backends: { v1: at(70, apps[0]), v2: at(30, apps[1]) } });
    const there = async () => (await readdir(join(nginx.directory, 'slipway'), { recursive: true })).toSorted();
    const before = await there();
    await shift({ revision: 2, backends: { v1: at(100, apps[0]) } });
    expect(await there()).toEqual(before);
  });

  it('never carries out what a worker that stalled renames after the next one', async () => {
    const { shift, inspect, apps, nginx, dataDirectory, configOf } = await here(['v1', 'v2']);
    const to = (revision: number, young: number): Split => ({
      revision,
      backends: { v1: at(100 - young, apps[0]), v2: at(young, apps[1]) },
    });
    await shift(to(1, 0));
    const script = fileURLToPath(new URL('./testing/stalled-shift.ts', import.meta.url));
    const argv = [script, dataDirectory, JSON.stringify(configOf()), JSON.stringify(to(2, 100))];
    const child = spawn(process.execPath, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = child.stdout[Symbol.asyncIterator]();
    expect(String((await said.next()).value)).toBe('stalled');
    const state = await shift(to(3, 0));
    // It goes on only now, and to the end.
    child.stdin.write('.');
    expect(String((await said.next()).value)).toMatch(/took too long and was given up/);
    expect(await inspect()).toEqual(state);
    expect(await get(nginx.address)).toBe('v1');
  });
});

describe.skipIf(nginxBinary === null)(`nginx's log${skipped}`, { timeout: 60_000 }, () => {
  it('is counted from the first split on', async () => {
    const { shift, counts, apps, nginx } = await here(['v1']);
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    for (let sent = 0; sent < 3; sent += 1) await get(nginx.address);
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(3);
    await rm(join(nginx.directory, 'splits.db'));
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    expect(await requestsOf(counts, 'v1')).toBe(0);
    await get(nginx.address);
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(1);
  });

  it.each([
    [
      'rotated',
      async ({ nginx }: Here) => {
        await rename(nginx.log, `${nginx.log}.1`);
        await nginx.reopen();
        await expect
          .poll(
            () =>
              stat(nginx.log).then(
                () => true,
                () => false,
              ),
            { timeout: 5_000 },
          )
          .toBe(true);
      },
    ],
    ['emptied', async ({ nginx }: Here) => await truncate(nginx.log)],
  ])('begins another count when it is %s', async (_what, change) => {
    const all = await here(['v1']);
    const { shift, counts, apps, nginx } = all;
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    for (let sent = 0; sent < 3; sent += 1) await get(nginx.address);
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(3);
    const { boot } = await counts();
    await change(all);
    expect(await requestsOf(counts, 'v1')).toBe(0);
    await get(nginx.address);
    await expect.poll(() => requestsOf(counts, 'v1'), { timeout: 5_000 }).toBe(1);
    expect((await counts()).boot).not.toBe(boot);
  });

  it('that is gone is an error, not a count of nothing', async () => {
    const { shift, counts, apps, nginx } = await here(['v1']);
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    await rm(nginx.log);
    await expect(counts()).rejects.toThrow(/There is no log .*counts\.log/);
  });
});

describe('without an nginx', () => {
  const split = { revision: 1, backends: { v1: { weight: 100, addresses: ['127.0.0.1:1001'] } } };

  async function configIn(file: string) {
    const directory = await createTemporaryDirectory();
    onTestFinished(() => directory.remove());
    const config = nginxRouter.schema.parse({
      file: join(directory.path, file),
      log: join(directory.path, 'counts.log'),
      control: '127.0.0.1:1',
      address: 'http://127.0.0.1:80',
      test: ['true'],
      reload: ['true'],
    });
    return { config, context: contextOf({ dataDirectory: directory.path }), path: directory.path };
  }

  it('has nothing routed, and asks nobody, where nothing was ever set', async () => {
    const { config, context } = await configIn('a.conf');
    const state = { weights: {}, revision: 0, address: 'http://127.0.0.1:80' };
    expect(await nginxRouter.inspect(config, 'production', context)).toEqual(state);
    await expect(nginxRouter.counts(config, 'production', context)).rejects.toThrow(RetryableError);
  });

  it('names a folder that everybody may write into, before it begins', async () => {
    const { config, context, path } = await configIn('a.conf');
    await chmod(path, 0o777);
    const shifted = nginxRouter.shift(config, 'production', split, context);
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/^Everybody may write into .*: chmod o-w/);
    expect((await readdir(path)).filter((name) => name.includes('a.'))).toEqual([]);
  });

  it('names a folder that is not there', async () => {
    const { config, context } = await configIn('none/a.conf');
    const shifted = nginxRouter.shift(config, 'production', split, context);
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(/^There is no folder .*none: make it/);
  });

  it.runIf(process.getuid?.() !== 0)('names a folder that it may not write into', async () => {
    const { config, context } = await configIn('a.conf');
    const shifted = nginxRouter.shift({ ...config, file: '/etc/a.conf' }, 'production', split, context);
    await expect(shifted).rejects.toThrow(/^Slipway may not write into \/etc: give/);
  });

  it.each([
    ['a name', { v1: { weight: 100, addresses: ['app.internal:80'] } }, /nginx takes numbers only/],
    ['a sum of 90', { v1: { weight: 90, addresses: ['127.0.0.1:80'] } }, /add up to 90/],
  ])('refuses %s', async (_what, backends, message) => {
    const { config, context } = await configIn('a.conf');
    const shifted = nginxRouter.shift(config, 'production', { revision: 1, backends }, context);
    await expect(shifted).rejects.toThrow(message);
  });
});

function sumOf({ versions }: Awaited<ReturnType<typeof nginxRouter.counts>>): number {
  return Object.values(versions).reduce((sum, { requests }) => sum + requests, 0);
}
