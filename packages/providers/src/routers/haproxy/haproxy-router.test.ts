import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Split } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { UpstreamApp } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  startUpstreamApp,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { routers } from '../../registry/routers.ts';
import { haproxyRouter } from './index.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { HaproxyOptions } from '../../../../../scripts/servers/haproxy.ts';
import { haproxyBinary, skipped } from '../../../../../scripts/servers/haproxy.ts';
import type { HaproxyWorld } from './testing/haproxy-world.ts';
import { haproxyWorld } from './testing/haproxy-world.ts';

interface Here extends HaproxyWorld {
  readonly apps: readonly UpstreamApp[];
  readonly shift: (split: Split) => ReturnType<typeof haproxyRouter.shift>;
  readonly inspect: () => ReturnType<typeof haproxyRouter.inspect>;
  readonly counts: () => ReturnType<typeof haproxyRouter.counts>;
}

/** A HAProxy, and apps of these versions behind it. */
async function here(versions: readonly string[], options: HaproxyOptions = {}): Promise<Here> {
  const world = await haproxyWorld(options);
  onTestFinished(() => world[Symbol.asyncDispose]());
  const apps = await Promise.all(versions.map((version) => startUpstreamApp(version)));
  for (const app of apps) onTestFinished(() => app.close());
  const config = haproxyRouter.schema.parse(world.configOf('plain'));
  const context = contextOf(world);
  return {
    ...world,
    apps,
    shift: (split) => haproxyRouter.shift(config, 'production', split, context),
    inspect: () => haproxyRouter.inspect(config, 'production', context),
    counts: () => haproxyRouter.counts(config, 'production', context),
  };
}

function contextOf({ dataDirectory }: Pick<HaproxyWorld, 'dataDirectory'>) {
  return contextFor(['dataDirectory'], createTestContext({ dataDirectory }));
}

const at = (weight: number, ...apps: readonly (UpstreamApp | undefined)[]) => ({
  weight,
  addresses: apps.flatMap((app) => (app === undefined ? [] : [app.address])),
});

async function get(address: string, agent: Agent | false = false): Promise<string> {
  const outgoing = request(address, { agent }).end();
  const [response] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  const body = await text(response);
  return response.statusCode === 200 ? body : `${response.statusCode}`;
}

it('is registered', () => {
  expect(routers.haproxy).toBe(haproxyRouter);
});

describe.skipIf(haproxyBinary === null)(`HAProxy at work${skipped}`, { timeout: 60_000 }, () => {
  it.each([
    [95, 5],
    [50, 50],
    [67, 33],
    [99, 1],
  ])('gives %i and %i of a hundred, exactly, to versions of two and of three instances', async (old, young) => {
    const { shift, apps, haproxy } = await here(['v1', 'v1', 'v2', 'v2', 'v2']);
    const [a, b, c, d, e] = apps;
    const state = await shift({ revision: 1, backends: { v1: at(old, a, b), v2: at(young, c, d, e) } });
    expect(state.weights).toEqual({ v1: old, v2: young });
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    onTestFinished(() => agent.destroy());
    const bodies = await Promise.all(Array.from({ length: 3_000 }, () => get(haproxy.address.plain, agent)));
    // Round robin by weight deals: each round is exact, and 3,000 requests are a few rounds and a piece of one for each thread.
    const met = bodies.filter((body) => body === 'v2').length;
    expect(Math.abs(met - 30 * young)).toBeLessThan(15);
    expect(bodies.filter((body) => body === 'v1').length).toBe(3_000 - met);
  });

  it.each([
    ['on connections that stay open', () => new Agent({ keepAlive: true, maxSockets: 6 })],
    ['on a connection for each request', () => new Agent({ keepAlive: false, maxSockets: 6 })],
  ])('drops no request over 100 changes there and back, %s, and counts as the client did', async (_what, agentOf) => {
    const { shift, counts, apps, haproxy } = await here(['v1', 'v2']);
    const agent = agentOf();
    onTestFinished(() => agent.destroy());
    const split = (revision: number): Split => {
      const young = [0, 1, 50, 99, 100][revision % 5] ?? 0;
      return { revision, backends: { v1: at(100 - young, apps[0]), v2: at(young, apps[1]) } };
    };
    await shift(split(1));
    let over = false;
    const met: string[] = [];
    const lane = async (): Promise<void> => {
      while (!over && met.length < 30_000) met.push(await get(haproxy.address.plain, agent));
    };
    const load = Promise.all(Array.from({ length: 6 }, lane));
    for (let revision = 2; revision <= 201; revision += 1) await shift(split(revision));
    over = true;
    await load;
    expect(met.length).toBeGreaterThan(200);
    const { versions } = await counts();
    for (const version of ['v1', 'v2']) {
      const requests = met.filter((body) => body === version).length;
      expect(versions[version]).toMatchObject({ requests, answers: { '2xx': requests, failed: 0 }, inFlight: 0 });
    }
    expect(met.filter((body) => body !== 'v1' && body !== 'v2')).toEqual([]);
  });

  it('takes even those whom the cookie holds away from a version that goes to 0', async () => {
    const { apps, haproxy, ...world } = await here(['v1', 'v2']);
    const config = world.configOf('cookie');
    const context = contextOf(world);
    const shift = (revision: number, young: number) =>
      haproxyRouter.shift(
        config,
        'production',
        { revision, backends: { v1: at(100 - young, apps[0]), v2: at(young, apps[1]) } },
        context,
      );
    await shift(1, 100);
    const first = await fetch(haproxy.address.cookie);
    expect(await first.text()).toBe('v2');
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const again = async () => await (await fetch(haproxy.address.cookie, { headers: { cookie } })).text();
    await shift(2, 1);
    expect([await again(), await again(), await again()]).toEqual(['v2', 'v2', 'v2']);
    await shift(3, 0);
    expect([await again(), await again(), await again()]).toEqual(['v1', 'v1', 'v1']);
  });

  it('shows what HAProxy does after others started it anew, until the split is set again', async () => {
    const { shift, inspect, counts, apps, haproxy } = await here(['v1', 'v2']);
    const split = { revision: 8, backends: { v1: at(60, apps[0]), v2: at(40, apps[1]) } };
    const before = await shift(split);
    await get(haproxy.address.plain);
    const { boot, versions } = await counts();
    expect(versions['v1']!.requests + versions['v2']!.requests).toBe(1);
    expect((await counts()).boot).toBe(boot);
    await haproxy.restart();
    expect(await inspect()).toEqual({ ...before, weights: { v1: 0, v2: 0 } });
    const after = await counts();
    expect(after.boot).not.toBe(boot);
    expect(after.versions['v1']).toMatchObject({ requests: 0, lastRequestAt: null });
    expect(await get(haproxy.address.plain)).toBe('503');
    expect(await shift(split)).toEqual(before);
    expect(await get(haproxy.address.plain)).toMatch(/^v/);
    expect((await counts()).boot).toBe(after.boot);
  });

  it('shows what others changed, and a server that is none of its own', async () => {
    const { shift, inspect, apps, haproxy } = await here(['v1', 'v2']);
    const split = { revision: 1, backends: { v1: at(50, apps[0]), v2: at(50, apps[1]) } };
    await shift(split);
    await haproxy.ask('set server plain/slot1 weight 25');
    expect((await inspect()).weights).toEqual({ v1: 20, v2: 80 });
    await haproxy.ask('set server plain/slot2 state drain');
    expect((await inspect()).weights).toEqual({ v1: 100, v2: 0 });
    await haproxy.ask('set server plain/slot5 weight 25');
    await haproxy.ask('set server plain/slot5 state ready');
    expect((await inspect()).weights).toEqual({ v1: 50, v2: 0, 'server slot5': 50 });
    expect((await shift(split)).weights).toEqual({ v1: 50, v2: 50 });
  });

  it('begins another count when somebody clears the counters', async () => {
    const { shift, counts, apps, haproxy } = await here(['v1']);
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    for (let sent = 0; sent < 3; sent += 1) await get(haproxy.address.plain);
    const before = await counts();
    expect(before.versions['v1']?.requests).toBe(3);
    await haproxy.ask('clear counters all');
    await get(haproxy.address.plain);
    const after = await counts();
    expect(after.boot).not.toBe(before.boot);
    expect(after.versions['v1']?.requests).toBe(1);
    expect((await counts()).boot).toBe(after.boot);
  });

  it('uses a server again for another version, and each keeps its own counts', async () => {
    const { shift, counts, apps, haproxy } = await here(['v1', 'v2', 'v3'], { slots: 2 });
    for (const [index, app] of [...apps, ...apps].entries()) {
      await shift({ revision: index + 1, backends: { [app.version]: at(100, app) } });
      for (let sent = 0; sent <= index; sent += 1) expect(await get(haproxy.address.plain)).toBe(app.version);
    }
    const { versions } = await counts();
    expect(Object.values(versions).map(({ requests }) => requests)).toEqual(expect.arrayContaining([5, 7, 9]));
    expect([versions['v1']?.requests, versions['v2']?.requests, versions['v3']?.requests]).toEqual([5, 7, 9]);
  });

  it('serves from the living instance of a version, and counts a request once however often it was tried', async () => {
    const { shift, counts, apps, haproxy } = await here(['v1', 'v1']);
    await shift({ revision: 1, backends: { v1: at(100, ...apps) } });
    await apps[1]?.close();
    for (let sent = 0; sent < 4; sent += 1) expect(await get(haproxy.address.plain)).toBe('v1');
    expect((await counts()).versions['v1']).toMatchObject({ requests: 4, answers: { '2xx': 4, failed: 0 } });
  });

  it('says how many servers are needed, and changes nothing', async () => {
    const { shift, inspect, apps } = await here(['v1', 'v2', 'v2'], { slots: 2 });
    const before = await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    const shifted = shift({ revision: 2, backends: { v1: at(90, apps[0]), v2: at(10, apps[1], apps[2]) } });
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow('The backend has 2 servers and this split needs 3');
    expect(await inspect()).toEqual(before);
  });

  it.each([
    ['balance leastconn', ['balance leastconn'], /that does not split by weight/],
    ['balance random', ['balance random'], /that does not split by weight/],
    ['balance static-rr', ['balance static-rr'], /that does not split by weight/],
    ['a hash of fixed places', ['balance source', 'hash-type map-based'], /takes no weights while it runs/],
  ])('refuses %s', async (_what, plain, message) => {
    const { shift, apps } = await here(['v1', 'v2'], { plain });
    const shifted = shift({ revision: 1, backends: { v1: at(95, apps[0]), v2: at(5, apps[1]) } });
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(message);
  });

  it('leaves a backup server alone', async () => {
    const { shift, inspect, apps, haproxy } = await here(['v1'], {
      plain: ['balance roundrobin', 'server sorry 127.0.0.1:1 backup'],
    });
    await shift({ revision: 1, backends: { v1: at(100, apps[0]) } });
    expect((await inspect()).weights).toEqual({ v1: 100 });
    expect(await haproxy.ask('show servers state plain')).toMatch(/ sorry 127\.0\.0\.1 2 0 1 1 .* - 1 - /);
  });

  it('shows that a version whose instances fail their health check has no traffic', async () => {
    const { shift, inspect, apps, haproxy } = await here(['v1', 'v2'], { template: 'check inter 50ms fall 2 rise 1' });
    const split = { revision: 1, backends: { v1: at(60, apps[0]), v2: at(40, apps[1]) } };
    expect((await shift(split)).weights).toEqual({ v1: 60, v2: 40 });
    await apps[1]?.close();
    await expect.poll(async () => (await inspect()).weights, { timeout: 10_000 }).toEqual({ v1: 100, v2: 0 });
    expect(await get(haproxy.address.plain)).toBe('v1');
    // As it was told, though not as it serves.
    expect((await shift(split)).weights).toEqual({ v1: 100, v2: 0 });
  });

  it('talks to it over a port as well', async () => {
    const { apps, haproxy, ...world } = await here(['v1']);
    const config = haproxyRouter.schema.parse({ ...world.configOf('plain'), socket: haproxy.socketAddress });
    const split = { revision: 1, backends: { v1: at(100, apps[0]) } };
    await haproxyRouter.shift(config, 'production', split, contextOf(world));
    expect(await get(haproxy.address.plain)).toBe('v1');
  });

  it.each([
    ['a socket of level user', { level: 'user' }, /permission denied.*level admin/],
    ['a socket of level operator', { level: 'operator' }, /permission denied.*level admin/],
    ['a backend that is not there', { backend: 'nope' }, /no backend nope/],
    ['a backend of another mode', { backend: 'tcp' }, /backend tcp is in mode tcp/],
  ] as const)('names %s', async (_what, wrong, message) => {
    const { apps, haproxy, ...world } = await here(['v1']);
    const changed = 'level' in wrong ? { socket: haproxy.socketOf(wrong.level) } : wrong;
    const split = { revision: 1, backends: { v1: at(100, apps[0]) } };
    const config = { ...world.configOf('plain'), ...changed };
    const shifted = haproxyRouter.shift(config, 'production', split, contextOf(world));
    await expect(shifted).rejects.toThrow(TerminalError);
    await expect(shifted).rejects.toThrow(message);
  });

  it("keeps the split over a restart by HAProxy's own state file, on the machine that the template names", async () => {
    const { shift, inspect, apps, haproxy } = await here(['v1', 'v2']);
    const state = await shift({ revision: 1, backends: { v1: at(60, apps[0]), v2: at(40, apps[1]) } });
    await writeFile(haproxy.stateFile, await haproxy.ask('show servers state'));
    await haproxy.restart();
    expect(await inspect()).toEqual(state);
    expect(await get(haproxy.address.plain)).toMatch(/^v/);
  });

  it('never carries out what a worker that stalled sends after the next one', { timeout: 60_000 }, async () => {
    const { shift, inspect, apps, haproxy, dataDirectory } = await here(['v1', 'v2']);
    const to = (version: string, app: UpstreamApp | undefined) => ({ [version]: at(100, app) });
    await shift({ revision: 1, backends: to('v1', apps[0]) });
    const split = JSON.stringify({ revision: 2, backends: to('v2', apps[1]) });
    const script = fileURLToPath(new URL('./testing/stalled-shift.ts', import.meta.url));
    const child = spawn(process.execPath, [script, dataDirectory, haproxy.socket, split], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = child.stdout[Symbol.asyncIterator]();
    expect(String((await said.next()).value)).toBe('stalled');
    const state = await shift({ revision: 3, backends: to('v1', apps[0]) });
    // It goes on only now, and to the end.
    expect(String((await said.next()).value)).toMatch(/^HAProxy ended the session|failed \(E/);
    expect(await inspect()).toEqual(state);
    expect(await get(haproxy.address.plain)).toBe('v1');
  });

  it('ends a session in which nothing was said: the commands of a worker that stalled are not carried out', async () => {
    const { haproxy } = await here([]);
    using stalled = await RuntimeApi.open(haproxy.socket, AbortSignal.timeout(30_000));
    await expect
      .poll(
        () =>
          stalled.ask(['show version']).then(
            () => 'answered',
            () => 'ended',
          ),
        { interval: 4_000, timeout: 20_000 },
      )
      .toBe('ended');
  });
});

describe('without a HAProxy', () => {
  async function directory(): Promise<string> {
    const made = await createTemporaryDirectory();
    onTestFinished(() => made.remove());
    return made.path;
  }
  const split = { revision: 1, backends: { v1: { weight: 100, addresses: ['127.0.0.1:1001'] } } };
  const shiftBy = async (socket: string, signal = AbortSignal.timeout(60_000), asked: Split = split) => {
    const context = contextFor(['dataDirectory'], createTestContext({ dataDirectory: await directory(), signal }));
    const config = { socket, backend: 'app', address: 'http://127.0.0.1:80' };
    return await haproxyRouter.shift(config, 'production', asked, context);
  };

  async function listening(server: Server, path: string): Promise<string> {
    server.listen(path);
    await once(server, 'listening');
    onTestFinished(async () => void server.close());
    return path;
  }

  it('has nothing routed, and asks nobody, where nothing was ever set', async () => {
    const context = contextOf({ dataDirectory: await directory() });
    const config = { socket: '/nowhere', backend: 'app', address: 'http://127.0.0.1:80' };
    const state = { weights: {}, revision: 0, address: 'http://127.0.0.1:80' };
    expect(await haproxyRouter.inspect(config, 'production', context)).toEqual(state);
    await expect(haproxyRouter.counts(config, 'production', context)).rejects.toThrow(RetryableError);
  });

  it('names a socket that is not there', async () => {
    const path = join(await directory(), 'none.sock');
    await expect(shiftBy(path)).rejects.toThrow(RetryableError);
    await expect(shiftBy(path)).rejects.toThrow(/^There is no socket .*none.sock: start HAProxy, or change `socket`$/);
  });

  it.runIf(process.getuid?.() !== 0)('names a socket that it may not open', async () => {
    const path = await listening(createServer(), join(await directory(), 'a.sock'));
    await chmod(path, 0);
    await expect(shiftBy(path)).rejects.toThrow(/may not open/);
  });

  it('gives up on a socket that answers nothing', { timeout: 30_000 }, async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    const path = await listening(silent, join(await directory(), 'silent.sock'));
    await expect(shiftBy(path)).rejects.toThrow(/^HAProxy did not answer on .* within 5 s/);
    const ended = AbortSignal.abort(new Error('the time is up'));
    await expect(shiftBy(path, ended)).rejects.toThrow('the time is up');
  });

  it.each([
    ['a name', { v1: { weight: 100, addresses: ['app.internal:80'] } }, /takes numbers only/],
    ['a sum of 90', { v1: { weight: 90, addresses: ['127.0.0.1:80'] } }, /add up to 90/],
  ])('refuses %s', async (_what, backends, message) => {
    await expect(shiftBy('/nowhere', undefined, { revision: 1, backends })).rejects.toThrow(message);
  });
});
