import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { isExecutable } from './is-executable.ts';

/** The program, or null where this machine has none. */
export const PROMETHEUS: string | null =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find(isExecutable) ?? null;
/** For the name of a suite. */
export const skipped = PROMETHEUS === null ? ' (skipped: there is no prometheus on PATH)' : '';

export const USER = 'slipway';
export const PASSWORD = 'not-a-real-password';
/** Of PASSWORD, with the lowest cost there is. */
const BCRYPT = '$2b$04$2jHR4UT/kgBqMCoFf1Q4.Oa1SARujrn3uRdTyg5.BMQ.E8WwMjM6a';
const AUTHORIZATION = `Basic ${btoa(`${USER}:${PASSWORD}`)}`;

/** How long it may take to be ready, in milliseconds. */
const PATIENCE = 30_000;

export interface PrometheusServer extends AsyncDisposable {
  readonly url: string;
  /** The number that a query gives, null where it gives none. */
  value(promql: string): Promise<number | null>;
  /** Ends it the hard way; its data stays. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and data. */
  start(): Promise<void>;
}

export interface PrometheusOptions {
  /** Host and port of each, scraped five times a second. */
  readonly targets?: readonly string[];
  /** What stands under `scrape_configs` in place of those. */
  readonly scrape?: readonly unknown[];
}

/** A real Prometheus with data of its own, on a spare port of the loopback, which asks for USER and PASSWORD. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<PrometheusServer> {
  if (PROMETHEUS === null) throw new Error('Prometheus is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'slipway-prometheus-'));
  const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const argv = await configured(folder, address, options);
  const program = PROMETHEUS;
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    child = spawn(program, argv, { stdio: 'ignore' });
    await readiness(child, url);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    await remove();
  };
  await start().catch(async (thrown: unknown) => {
    await stop();
    throw thrown;
  });
  return {
    url,
    value: async (promql) => await valueOf(url, promql),
    kill: () => end('SIGKILL'),
    start,
    [Symbol.asyncDispose]: stop,
  };
}

/** Its arguments, with the files that they name. */
async function configured(
  folder: string,
  address: string,
  { targets = [], scrape = [{ job_name: 'app', static_configs: [{ targets }] }] }: PrometheusOptions,
): Promise<readonly string[]> {
  const [config, web] = [join(folder, 'prometheus.yml'), join(folder, 'web.yml')];
  const often = { scrape_interval: '200ms', scrape_timeout: '200ms' };
  await writeFile(config, JSON.stringify({ global: often, scrape_configs: scrape }));
  await writeFile(web, JSON.stringify({ basic_auth_users: { [USER]: BCRYPT } }));
  return [
    `--config.file=${config}`,
    `--web.config.file=${web}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    // A target that is found is scraped at once, not up to five seconds later.
    '--scrape.discovery-reload-interval=100ms',
  ];
}

async function readiness(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while ((await get(url, '/-/ready'))?.status !== 200) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('Prometheus did not come up');
    await sleep(50);
  }
}

async function valueOf(url: string, promql: string): Promise<number | null> {
  const response = await get(url, `/api/v1/query?${new URLSearchParams({ query: promql }).toString()}`);
  const answer = (await response?.json()) as { data?: { result?: readonly { value: [number, string] }[] } } | undefined;
  const [first] = answer?.data?.result ?? [];
  return first === undefined ? null : Number(first.value[1]);
}

async function get(url: string, path: string): Promise<Response | null> {
  return await fetch(`${url}${path}`, { headers: { authorization: AUTHORIZATION } }).catch(() => null);
}
