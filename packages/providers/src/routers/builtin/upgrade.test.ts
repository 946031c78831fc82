import type { ServerResponse } from 'node:http';
import type { Json, Split } from '@slipway/provider-kit';
import { findProcess } from '@slipway/provider-kit';
import { contextFor, createTestContext } from '@slipway/provider-kit/testing';
import { z } from 'zod';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectDaemon, ensureDaemon } from '../../daemon/index.ts';
import { builtinRouter } from './index.ts';
import { routerOf } from './router-files.ts';
import { settingsOf } from './settings.ts';
import { startApp } from './testing/proxy-stage.ts';
import { routerWorld } from './testing/router-world.ts';

vi.setConfig({ testTimeout: 60_000 });

const config = builtinRouter.schema.parse({ listen: 0 });
const settings: Json = z.json().parse(settingsOf(config));

/** An app that answers `/slow` when it is told to, and all else at once. */
async function openApp() {
  const waiting: ServerResponse[] = [];
  const app = await startApp((request, response) => {
    if (request.url === '/slow') waiting.push(response);
    else response.end('v1');
  });
  onTestFinished(() => app[Symbol.asyncDispose]());
  return { address: app.address, waiting };
}

/** A router of before, which splits traffic to the app by its fourth revision. */
async function upgradeStage() {
  const world = await routerWorld();
  onTestFinished(() => world[Symbol.asyncDispose]());
  const app = await openApp();
  const { directory, name } = routerOf(world.dataDirectory, 'production');
  const entry = new URL('./testing/older-router.ts', import.meta.url);
  const older = await ensureDaemon({ directory, name, version: 1, entry, settings, startTimeoutMs: 20_000 });
  const split: Split = { revision: 4, backends: { v1: { weight: 100, addresses: [app.address] } } };
  const options = { signal: new AbortController().signal, timeoutMs: 10_000 };
  const state = await older.call('shift', z.json().parse({ settings, split }), options);
  const { address } = z.object({ address: z.string() }).parse(state);
  const context = contextFor(['dataDirectory'], createTestContext({ dataDirectory: world.dataDirectory }));
  return { world, app, older, split, state, address, context };
}

const lives = (pid: number): boolean => findProcess(pid)?.zombie === false;

test.each(['inspect', 'counts', 'shift'] as const)(
  'after an upgrade with a router of before, %s finds one that splits and listens as that did',
  async (what) => {
    const { older, app, split, state, address, context } = await upgradeStage();
    // A request that does not end does not keep the old one alive.
    const hung = fetch(`${address}/slow`).catch((error: unknown) => error);
    await vi.waitUntil(() => app.waiting.length === 1, { timeout: 20_000 });
    if (what === 'shift') await builtinRouter.shift(config, 'production', split, context);
    else await builtinRouter[what](config, 'production', context);
    expect(await (await fetch(address)).text()).toBe('v1');
    expect(await builtinRouter.inspect(config, 'production', context)).toEqual(state);
    expect(lives(older.pid)).toBe(false);
    expect(await hung).toBeInstanceOf(Error);
    const late = { ...split, revision: 3 };
    await expect(builtinRouter.shift(config, 'production', late, context)).rejects.toThrow('revision');
  },
);

test('what is in flight is answered where it ends in the time that is given for that', async () => {
  const { world, older, app, address } = await upgradeStage();
  const inFlight = fetch(`${address}/slow`);
  await vi.waitUntil(() => app.waiting.length === 1, { timeout: 20_000 });
  const patient = { ...routerOf(world.dataDirectory, 'production'), replaceGraceMs: 40_000, answerTimeoutMs: 60_000 };
  const looked = connectDaemon(patient);
  const refused = async () =>
    await fetch(address).then(
      () => false,
      () => true,
    );
  await vi.waitUntil(refused, { timeout: 20_000, interval: 20 });
  expect(lives(older.pid)).toBe(true);
  app.waiting[0]?.end('late, but whole');
  expect(await (await inFlight).text()).toBe('late, but whole');
  expect(await looked).toBeNull();
  expect(lives(older.pid)).toBe(false);
});

test('any number that ask at once after an upgrade get one router', async () => {
  const { state, context } = await upgradeStage();
  const states = await Promise.all(
    Array.from({ length: 6 }, () => builtinRouter.inspect(config, 'production', context)),
  );
  expect(states).toEqual(Array.from({ length: 6 }, () => state));
});
