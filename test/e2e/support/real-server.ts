import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchRecord, LaunchView, Verification } from '@slipway/contract';

export const ROOT = join(import.meta.dirname, '../../..');
const PATIENCE = 60_000;

interface ServerSetting {
  readonly workspace?: string;
  readonly port?: number;
  readonly more?: readonly string[];
}

/** The server as users run it: a process of its own, on a folder of its own. */
export class RealServer {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #workspace: string;
  readonly #port: number;
  readonly #more: readonly string[];
  #child: ChildProcess | null = null;
  #url = '';
  #flagSyncPort = 0;

  /** `folder`: of the server's data and log, and of plans where `workspace` names no other. `port`: 0 for any, another one at each start. `more`: of the command line. */
  constructor(
    folder: string,
    environment: Readonly<Record<string, string>> = {},
    { workspace = folder, port = 0, more = [] }: ServerSetting = {},
  ) {
    this.folder = folder;
    this.#environment = environment;
    this.#workspace = workspace;
    this.#port = port;
    this.#more = more;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get url(): string {
    return this.#url;
  }

  /** Of whom the server runs for. */
  get token(): string {
    return readFileSync(join(this.folder, '.slipway/token'), 'utf8').trim();
  }

  /** 0: it serves no definitions over gRPC. */
  get flagSyncPort(): number {
    return this.#flagSyncPort;
  }

  get runs(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start(): Promise<void> {
    const data = join(this.folder, '.slipway');
    const argv = [
      join(ROOT, 'packages/server/src/main.ts'),
      '--listen',
      `127.0.0.1:${this.#port}`,
      '--data',
      data,
      '--workspace',
      this.#workspace,
      ...this.#more,
    ];
    const env = { ...process.env, ...this.#environment };
    const child = spawn(process.execPath, argv, { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.pipe(createWriteStream(join(this.folder, 'server.log'), { flags: 'a' }));
    const line = await new Promise<string>((done, fail) => {
      createInterface({ input: child.stdout }).once('line', done);
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
    });
    this.#child = child;
    const said = JSON.parse(line) as { readonly url: string; readonly flagSyncPort?: number };
    this.#url = said.url;
    this.#flagSyncPort = said.flagSyncPort ?? 0;
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(...environments: readonly string[]): Promise<void> {
    for (const environment of environments)
      await this.api('POST', `/environments/${environment}/shutdown`).catch(() => null);
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === null || !this.runs) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await ended;
  }

  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  }

  /** The answer as it begins: a live stream ends only with the signal or the server. */
  open(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    const authorization = `Bearer ${this.token}`;
    return fetch(`${this.#url}/api/v1${path}`, { headers: { authorization, ...headers }, signal });
  }

  launch(text: string, artifactVersion = '1.0.0'): Promise<LaunchView> {
    return this.api('POST', '/launches', { text, file: 'launch.yaml', directory: '.', artifactVersion });
  }

  async until(id: string, what: (view: LaunchView) => boolean): Promise<LaunchView> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const view = await this.api<LaunchView>('GET', `/launches/${id}`);
      if (what(view)) return view;
      if (Date.now() > deadline) throw new Error(`${id} did not get there: ${view.headline} ${view.causes.join()}`);
      await pass(50);
    }
  }

  /** Until it has ended, or waits for a person. */
  settled(id: string): Promise<LaunchView> {
    return this.until(id, (view) => view.endedAt !== null || view.state === 'held');
  }

  /** The record as JSON. Throws where its chain is not whole. */
  async record(id: string): Promise<LaunchRecord> {
    const record = await this.api<LaunchRecord>('GET', `/launches/${id}/record?format=json`);
    const { problem } = await this.api<Verification>('POST', '/records/verify', record);
    if (problem !== null) throw new Error(problem);
    return record;
  }
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
