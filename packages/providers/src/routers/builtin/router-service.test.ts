import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Mirror, MirrorCounts } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { createTemporaryDirectory, startUpstreamApp } from '@slipway/provider-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { RouterService } from './router-service.ts';
import type { RouterSettings } from './settings.ts';
import { rules, startApp } from './testing/proxy-stage.ts';

const settings: RouterSettings = { ...rules, listen: { host: '127.0.0.1', port: 0 } };
const backends = (percent: number) => ({
  v1: { weight: 100 - percent, addresses: ['127.0.0.1:1001'] },
  v2: { weight: percent, addresses: ['127.0.0.1:1002'] },
});

async function folder(): Promise<string> {
  const directory = await createTemporaryDirectory();
  onTestFinished(() => directory.remove());
  return join(directory.path, 'state.json');
}

async function open(path: string, given: RouterSettings = settings): Promise<RouterService> {
  const service = await RouterService.open(path, given, 'boot');
  onTestFinished(() => service.close(0));
  return service;
}

it('begins with nothing routed, on a port that it keeps', async () => {
  const path = await folder();
  const first = await RouterService.open(path, settings, 'one');
  const state = first.state(settings);
  expect(state).toEqual({
    weights: {},
    revision: 0,
    address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/),
  });
  await first.close(0);
  expect((await open(path)).state(settings)).toEqual(state);
});

it('comes back with its split and its rules, whatever the new settings say of the rules', async () => {
  const path = await folder();
  const app = await startUpstreamApp('v2');
  onTestFinished(() => app.close());
  const first = await RouterService.open(path, settings, 'one');
  const given = { ...settings, versionHeader: 'x-version', sticky: { header: 'x-user' } };
  await first.shift(given, { revision: 4, backends: { v2: { weight: 100, addresses: [app.address] } } });
  const state = first.state(settings);
  await first.close(0);
  const second = await open(path);
  expect(second.state(settings)).toEqual(state);
  const answer = await fetch(state.address);
  expect([answer.headers.get('x-version'), await answer.text()]).toEqual(['v2', 'v2']);
  await expect(second.shift(settings, { revision: 3, backends: backends(100) })).rejects.toThrow(/^superseded/);
});

it('comes back with its mirror, whose counts begin again', async () => {
  const path = await folder();
  const [live, shadow] = [await startUpstreamApp('v1'), await startUpstreamApp('v2')];
  onTestFinished(async () => {
    await live.close();
    await shadow.close();
  });
  const mirror: Mirror = {
    version: 'v2',
    addresses: [shadow.address],
    share: 100,
    methods: ['GET'],
    compare: { body: null },
  };
  const first = await RouterService.open(path, settings, 'one');
  const one = { v1: { weight: 100, addresses: [live.address] } };
  const { address } = await first.shift(settings, { revision: 4, backends: one, mirror });
  const { boot } = await comparedOf(first, address);
  await first.close(0);
  const second = await open(path);
  expect(await second.shift(settings, { revision: 4, backends: one, mirror })).toMatchObject({ revision: 4 });
  expect((await comparedOf(second, address)).boot).not.toBe(boot);
  await expect(second.shift(settings, { revision: 4, backends: one })).rejects.toThrow(/raise the revision/);
  await second.shift(settings, { revision: 5, backends: one, mirror: null });
  expect(second.counts().mirror).toBeNull();
  expect(JSON.parse(await readFile(path, 'utf8'))).not.toHaveProperty('mirror');
});

/** The mirror's counts after its first pair. */
async function comparedOf(service: RouterService, address: string): Promise<MirrorCounts> {
  await (await fetch(address)).text();
  await expect.poll(() => service.counts().mirror, { timeout: 5_000 }).toMatchObject({ compared: 1 });
  const { mirror = null } = service.counts();
  if (mirror === null) throw new Error('nothing is mirrored');
  return mirror;
}

it('has on the disk what it says', async () => {
  const path = await folder();
  const service = await open(path);
  for (const revision of [1, 2, 3]) {
    await service.shift(settings, { revision, backends: backends(revision * 10) });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ revision, backends: backends(revision * 10) });
  }
});

it('takes changes one after another: of many at once, the highest revision stands in the file and in the routing', async () => {
  const path = await folder();
  const service = await open(path);
  const revisions = [3, 9, 1, 7, 2, 8, 4];
  const outcomes = await Promise.allSettled(
    revisions.map((revision) => service.shift(settings, { revision, backends: backends(revision) })),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'rejected',
    'rejected',
  ]);
  expect(service.state(settings)).toMatchObject({ revision: 9, weights: { v1: 91, v2: 9 } });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ revision: 9, backends: backends(9) });
});

it('acts even when the state cannot be written, but does not say so before it is', async () => {
  const path = await folder();
  const app = await startUpstreamApp('v2');
  onTestFinished(() => app.close());
  const service = await open(path);
  await rm(dirname(path), { recursive: true });
  const split = { revision: 2, backends: { v2: { weight: 100, addresses: [app.address] } } };
  const thrown: unknown = await service.shift(settings, split).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(RetryableError);
  expect(String(thrown)).toMatch(/acts on revision 2, but could not write it down \(ENOENT.*make room on the disk/);
  expect(await (await fetch(service.state(settings).address)).text()).toBe('v2');
  await mkdir(dirname(path));
  expect(await service.shift(settings, split)).toMatchObject({ revision: 2 });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ revision: 2 });
});

it('comes back without writing where nothing is new', async () => {
  const path = await folder();
  const first = await RouterService.open(path, settings, 'one');
  await first.close(0);
  const { mtimeNs, ino } = await stat(path, { bigint: true });
  await open(path);
  expect(await stat(path, { bigint: true })).toMatchObject({ mtimeNs, ino });
});

it('refuses to be elsewhere than it is', async () => {
  const path = await folder();
  const service = await open(path);
  const port = Number(new URL(service.state(settings).address).port);
  expect(service.state({ ...settings, listen: { host: '127.0.0.1', port } })).toMatchObject({ revision: 0 });
  for (const listen of [
    { host: '127.0.0.1', port: port + 1 },
    { host: '0.0.0.0', port: 0 },
  ]) {
    const elsewhere = { ...settings, listen };
    expect(() => service.state(elsewhere)).toThrow(
      /The router listens on 127.0.0.1:\d+ and is to listen on .*: set its key `listen` back/,
    );
    await expect(service.shift(elsewhere, { revision: 1, backends: {} })).rejects.toThrow(/set its key `listen` back/);
  }
});

it('says in one line which address is taken and what to change', async () => {
  await using other = await startApp(() => undefined);
  const port = Number(other.address.split(':')[1]);
  const opened = RouterService.open(await folder(), { ...settings, listen: { host: '127.0.0.1', port } }, 'boot');
  await expect(opened).rejects.toThrow(
    `127.0.0.1:${port} is taken by another program: end that one, or change the router's key \`listen\``,
  );
});

it.each([
  ['192.0.2.1', /^192.0.2.1:0 is no address of this machine: change the router's key `listen`$/],
  [
    'no-such-host.invalid',
    /no-such-host.invalid:0 (is no address of this machine|cannot be listened on .*): change the router's key `listen`$/,
  ],
])('cannot listen on %s', async (host, message) => {
  await expect(RouterService.open(await folder(), { ...settings, listen: { host, port: 0 } }, 'boot')).rejects.toThrow(
    message,
  );
});

it('moves when its process was ended and the settings name another port', async () => {
  const path = await folder();
  const first = await RouterService.open(path, settings, 'one');
  await first.shift(settings, { revision: 2, backends: backends(10) });
  await first.close(0);
  await using free = await startApp(() => undefined);
  const port = Number(free.address.split(':')[1]);
  await free[Symbol.asyncDispose]();
  const moved = await open(path, { ...settings, listen: { host: '127.0.0.1', port } });
  expect(moved.state(settings)).toEqual({
    weights: { v1: 90, v2: 10 },
    revision: 2,
    address: `http://127.0.0.1:${port}`,
  });
});
