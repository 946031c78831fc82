import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProcess } from '@slipway/provider-kit';
import type { TargetWorld, TestContextOptions } from '@slipway/provider-kit/testing';
import { shutdownEnvironment } from '../index.ts';
import { appSource } from './app-source.ts';
import { until } from './until.ts';

export interface ProcessWorld extends TargetWorld {
  readonly context: TestContextOptions & { readonly directory: string; readonly dataDirectory: string };
  /** The app with the given modes and keys of the target. */
  config(modes?: readonly string[], keys?: Readonly<Record<string, unknown>>): object;
  /** What the app does, beside its arguments, from its next start on. */
  tell(...modes: readonly string[]): void;
  /** The pids of the app's processes that live. */
  pids(): readonly number[];
}

export const secretValue = 'correct-horse-battery';

/** A folder with the app, and one for the target's data. Disposing of it stops everything and fails when something is left. */
export async function createWorld(): Promise<ProcessWorld> {
  const root = await mkdtemp(join(tmpdir(), 'slipway-process-'));
  const [directory, dataDirectory] = [root, join(root, 'data')];
  mkdirSync(join(directory, 'pids'));
  writeFileSync(join(directory, 'app.mjs'), appSource);
  const pids = () => livingPids(join(root, 'pids'));
  const config: ProcessWorld['config'] = (modes = [], keys = {}) => ({
    command: [process.execPath, 'app.mjs', ...modes],
    ready: { timeout: '20s' },
    drain: '5s',
    ...keys,
  });
  const working = config([], { instances: 2, env: { GREETING: 'hello', SECRET: { env: 'TOKEN' } } });
  return {
    context: { directory, dataDirectory, secrets: { TOKEN: secretValue } },
    config,
    tell: (...modes) => writeFileSync(join(root, 'told'), modes.join(' ')),
    pids,
    working,
    changed: config([], { instances: 2, env: { GREETING: 'good evening' } }),
    neverReady: config(['crash'], { instances: 2, env: { SECRET: { env: 'TOKEN' } } }),
    endless: {
      config: config(['slow-start'], { ready: { timeout: '10m' } }),
      begun: () => until(() => pids().length > 0),
    },
    ask,
    running: async () => pids().length,
    startAndDie: (environment, version) =>
      startAndDie({ directory, dataDirectory, environment, version, config: working }),
    [Symbol.asyncDispose]: async () => await cleanUp(root, dataDirectory, pids),
  };
}

/** Goes through to the end whatever fails: a failing test must not leave processes behind. */
async function cleanUp(root: string, dataDirectory: string, pids: () => readonly number[]): Promise<void> {
  const environments = ['production', 'staging'];
  const ends = await Promise.allSettled(environments.map((name) => shutdownEnvironment(dataDirectory, name)));
  const left = pids();
  // Without its folder a supervisor that could not be asked to stop ends all the same.
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  for (const pid of left) if (findProcess(pid) !== null) process.kill(pid, 'SIGKILL');
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  if (left.length > 0) throw new Error(`processes were left behind: ${left.join(', ')}`);
}

/** What the app says of itself, but for its pid. */
async function ask(address: string): Promise<string> {
  const { pid: _pid, ...rest } = await askAll(address);
  return JSON.stringify(rest);
}

/** What the app says of itself. */
export async function askAll(address: string): Promise<Record<string, unknown>> {
  const response = await fetch(`http://${address}/`);
  return (await response.json()) as Record<string, unknown>;
}

function livingPids(folder: string): readonly number[] {
  return readdirSync(folder)
    .map(Number)
    .filter((pid) => findProcess(pid)?.zombie === false);
}

async function startAndDie(order: object): Promise<void> {
  const script = fileURLToPath(new URL('./start-in-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    env: { ...process.env, TOKEN: secretValue },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [said] = await Promise.race([once(child.stdout, 'data'), exited]);
  child.kill('SIGKILL');
  await exited;
  if (String(said) !== 'ready\n') throw new Error(`the process that should start the version ended (${String(said)})`);
}
