import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { contextFor, createTestContext, startUpstreamApp } from '@slipway/provider-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { connectDaemon } from '../../daemon/index.ts';
import { routers } from '../../registry/routers.ts';
import { builtinRouter, shutdownRouter } from './index.ts';
import { routerOf, statePathOf } from './router-files.ts';
import { startApp } from './testing/proxy-stage.ts';
import type { BuiltinWorld } from './testing/router-world.ts';
import { routerWorld } from './testing/router-world.ts';

const anyPort = builtinRouter.schema.parse({ listen: 0 });

async function world(environment?: string): Promise<BuiltinWorld> {
  const made = await routerWorld(environment);
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made;
}

const contextOf = ({ dataDirectory }: BuiltinWorld) =>
  contextFor(['dataDirectory'], createTestContext({ dataDirectory }));

it('is registered', () => {
  expect(routers.builtin).toBe(builtinRouter);
});

it('starts nothing by being looked at where nothing was ever started', async () => {
  const here = await world();
  const config = builtinRouter.schema.parse({ listen: 8080 });
  const state = await builtinRouter.inspect(config, 'production', contextOf(here));
  expect(state).toEqual({ weights: {}, revision: 0, address: 'http://127.0.0.1:8080' });
  await expect(builtinRouter.counts(config, 'production', contextOf(here))).rejects.toThrow(RetryableError);
  expect(await readdir(here.dataDirectory)).toEqual([]);
});

it('refuses a malformed split without starting anything', async () => {
  const here = await world();
  const split = { revision: 1, backends: { v1: { weight: 40, addresses: ['127.0.0.1:1001'] } } };
  await expect(builtinRouter.shift(anyPort, 'production', split, contextOf(here))).rejects.toThrow(TerminalError);
  expect(await readdir(here.dataDirectory)).toEqual([]);
});

it('has a process for each environment', async () => {
  const here = await world('Production / EU');
  const split = (version: string) => ({
    revision: 1,
    backends: { [version]: { weight: 100, addresses: ['127.0.0.1:1001'] } },
  });
  onTestFinished(() => shutdownRouter(here.dataDirectory, 'staging'));
  const one = await builtinRouter.shift(anyPort, 'Production / EU', split('v1'), contextOf(here));
  const other = await builtinRouter.shift(anyPort, 'staging', split('v2'), contextOf(here));
  expect(one.address).not.toBe(other.address);
  expect(await builtinRouter.inspect(anyPort, 'Production / EU', contextOf(here))).toEqual(one);
  expect(await builtinRouter.inspect(anyPort, 'staging', contextOf(here))).toEqual(other);
});

it.each(['.', '..', '../x', 'a/b', 'PRODUCTION', '', 'x'.repeat(500)])(
  'keeps the environment %j inside the data folder',
  (environment) => {
    const { directory } = routerOf('/data', environment);
    expect(directory).toMatch(/^\/data\/[a-z0-9_-]+$/);
    expect(directory).not.toBe(
      routerOf('/data', environment.toLowerCase() === environment ? `${environment}2` : environment.toLowerCase())
        .directory,
    );
  },
);

it('goes on serving when the process that started it is killed', async () => {
  const here = await world();
  const app = await startUpstreamApp('v1');
  onTestFinished(() => app.close());
  const script = fileURLToPath(new URL('./testing/shift-in-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, here.dataDirectory, app.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const { address } = JSON.parse(said.toString()) as { address: string };
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await (await fetch(address)).text()).toBe('v1');
  expect((await builtinRouter.counts(anyPort, 'production', contextOf(here))).versions['v1']).toMatchObject({
    requests: 1,
  });
});

it.each(['inspect', 'counts'] as const)(
  'a killed one is started again by %s, and its clients are served',
  async (method) => {
    const here = await world();
    const app = await startUpstreamApp('v1');
    onTestFinished(() => app.close());
    const split = { revision: 3, backends: { v1: { weight: 100, addresses: [app.address] } } };
    const { address } = await builtinRouter.shift(anyPort, 'production', split, contextOf(here));
    await here.kill();
    await expect(fetch(address)).rejects.toThrow('fetch failed');
    await builtinRouter[method](anyPort, 'production', contextOf(here));
    expect(await (await fetch(address)).text()).toBe('v1');
  },
);

it('when its state cannot be understood, that is an error, not "nothing"', async () => {
  const here = await world();
  const split = { revision: 1, backends: {} };
  await builtinRouter.shift(anyPort, 'production', split, contextOf(here));
  await here.kill();
  await writeFile(statePathOf(here.dataDirectory, 'production'), '{"format":1');
  await expect(builtinRouter.inspect(anyPort, 'production', contextOf(here))).rejects.toThrow(
    /restore it, or remove it/,
  );
  await expect(builtinRouter.shift(anyPort, 'production', { ...split, revision: 2 }, contextOf(here))).rejects.toThrow(
    /restore it, or remove it/,
  );
});

it('a port that is taken is a TerminalError of one line', async () => {
  const here = await world();
  await using other = await startApp(() => undefined);
  const config = builtinRouter.schema.parse({ listen: other.address });
  const shifted = builtinRouter.shift(config, 'production', { revision: 1, backends: {} }, contextOf(here));
  const thrown: unknown = await shifted.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(TerminalError);
  expect(String(thrown)).toMatch(
    new RegExp(`^[^\n]*${other.address} is taken by another program: end that one, or change[^\n]*\`listen\`$`),
  );
  expect(await builtinRouter.inspect(config, 'production', contextOf(here))).toMatchObject({
    revision: 0,
    weights: {},
  });
});

it('shuts down, twice too, and leaves nothing', async () => {
  const here = await world();
  await builtinRouter.shift(anyPort, 'production', { revision: 1, backends: {} }, contextOf(here));
  await shutdownRouter(here.dataDirectory, 'production');
  await shutdownRouter(here.dataDirectory, 'production');
  expect(await connectDaemon(routerOf(here.dataDirectory, 'production'))).toBeNull();
  expect(await readdir(here.dataDirectory)).toEqual([]);
});
