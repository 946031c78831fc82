import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createTemporaryDirectory, refusedUrl } from '@slipway/provider-kit/testing';
import { vi } from 'vitest';

/** The program, or null where this machine has none. */
export const PROMETHEUS: string | null =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }) ?? null;

export const USER = 'slipway';
export const PASSWORD = 'not-a-real-password';
/** Of PASSWORD, with the lowest cost there is. */
const BCRYPT = '$2b$04$2jHR4UT/kgBqMCoFf1Q4.Oa1SARujrn3uRdTyg5.BMQ.E8WwMjM6a';

export interface PrometheusServer extends AsyncDisposable {
  readonly url: string;
  /** The number that a query gives, null where it gives none. */
  value(promql: string): Promise<number | null>;
}

/** A real Prometheus with data of its own, which asks for USER and PASSWORD and scrapes `targets` (host and port) ever so often. */
export async function startPrometheus(program: string, targets: readonly string[]): Promise<PrometheusServer> {
  const directory = await createTemporaryDirectory();
  const url = await refusedUrl();
  const config = {
    global: { scrape_interval: '200ms', scrape_timeout: '200ms' },
    scrape_configs: [{ job_name: 'app', static_configs: [{ targets }] }],
  };
  const paths = { config: join(directory.path, 'prometheus.yml'), web: join(directory.path, 'web.yml') };
  await writeFile(paths.config, JSON.stringify(config));
  await writeFile(paths.web, JSON.stringify({ basic_auth_users: { [USER]: BCRYPT } }));
  const child = spawn(
    program,
    [
      `--config.file=${paths.config}`,
      `--web.config.file=${paths.web}`,
      `--storage.tsdb.path=${join(directory.path, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const get = async (path: string) => {
    const authorization = `Basic ${btoa(`${USER}:${PASSWORD}`)}`;
    return await fetch(`${url}${path}`, { headers: { authorization } }).catch(() => null);
  };
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await directory.remove();
  };
  try {
    await vi.waitUntil(async () => (await get('/-/ready'))?.status === 200, { timeout: 30_000, interval: 100 });
  } catch (error) {
    await stop();
    throw error;
  }
  const value = async (promql: string) => {
    const response = await get(`/api/v1/query?${new URLSearchParams({ query: promql }).toString()}`);
    const answer = (await response?.json()) as { data?: { result?: readonly { value: [number, string] }[] } };
    const [first] = answer.data?.result ?? [];
    return first === undefined ? null : Number(first.value[1]);
  };
  return { url, value, [Symbol.asyncDispose]: stop };
}
