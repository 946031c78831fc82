import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { freePort } from '../../../scripts/servers/free-port.ts';
import { RULE, SHARE } from '../evaluator/questions.ts';
import { isRollout } from '../server/flags-of.ts';
import { installUnleash } from './install-unleash.ts';

const ENVIRONMENT = 'development';
/** How long it may take to answer, in milliseconds: it makes its tables first. */
const PATIENCE = 120_000;
/** Its own limits are below what is measured: both servers are asked as if there were none. */
const NO_LIMIT = '1000000000';

interface Opening {
  readonly folder: string;
  /** Of an empty database. */
  readonly postgres: string;
  readonly signal: AbortSignal;
}

/** Unleash's own server, in a process of its own. It is told to ask nobody for versions and to tell nobody anything. */
export class UnleashServer {
  readonly url: string;
  /** What a browser would send. */
  readonly frontendToken: string;
  readonly #adminToken: string;
  readonly #child: ChildProcess;
  #flags = 0;

  private constructor(child: ChildProcess, given: { url: string; frontendToken: string; adminToken: string }) {
    this.#child = child;
    this.url = given.url;
    this.frontendToken = given.frontendToken;
    this.#adminToken = given.adminToken;
  }

  static async start({ folder, postgres, signal }: Opening): Promise<UnleashServer> {
    const program = await installUnleash();
    const port = await freePort();
    const adminToken = `*:*.${randomBytes(24).toString('hex')}`;
    const frontendToken = `default:${ENVIRONMENT}.${randomBytes(24).toString('hex')}`;
    const env = {
      ...process.env,
      TZ: 'UTC',
      NODE_ENV: 'production',
      DATABASE_URL: postgres,
      DATABASE_SSL: 'false',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(port),
      CHECK_VERSION: 'false',
      SEND_TELEMETRY: 'false',
      INIT_ADMIN_API_TOKENS: adminToken,
      INIT_FRONTEND_API_TOKENS: frontendToken,
      SDK_API_RATE_LIMIT_PER_MINUTE: NO_LIMIT,
      TOKEN_AUTHENTICATION_RATE_LIMIT_PER_MINUTE: NO_LIMIT,
    };
    const own = await mkdtemp(join(folder, 'unleash-'));
    const child = spawn(process.execPath, [program], { cwd: own, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const said of [child.stdout, child.stderr])
      said.pipe(createWriteStream(join(own, 'server.log'), { flags: 'a' }));
    const server = new UnleashServer(child, { url: `http://127.0.0.1:${port}`, frontendToken, adminToken });
    try {
      await server.#until(() => server.#isHealthy(), signal);
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    return server;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Until it has so many flags, and the frontend's answers hold all that are on for everybody. It never has fewer again. */
  async growTo(count: number, signal: AbortSignal): Promise<void> {
    for (; this.#flags < count; this.#flags += 1) await this.#addFlag(this.#flags);
    const plain = Array.from({ length: count }, (_, index) => index).filter((index) => !isRollout(index)).length;
    await this.#until(async () => (await this.#answered()) >= plain, signal);
    // The last that it reads may have a share, which nobody need be in.
    await pass(2_000, undefined, { signal });
  }

  async #addFlag(index: number): Promise<void> {
    const name = `flag-${index}`;
    const flags = '/api/admin/projects/default/features';
    const place = `${flags}/${name}/environments/${ENVIRONMENT}`;
    await this.#post(flags, { name, type: 'release' });
    await this.#post(`${place}/strategies`, isRollout(index) ? rolloutOf(name) : EVERYBODY);
    await this.#post(`${place}/on`, {});
  }

  async #answered(): Promise<number> {
    const headers = { authorization: this.frontendToken, 'content-type': 'application/json' };
    const body = JSON.stringify({ context: { userId: 'bench' } });
    const response = await fetch(`${this.url}/api/frontend`, { method: 'POST', headers, body });
    const { toggles = [] } = (await response.json()) as { readonly toggles?: readonly unknown[] };
    return toggles.length;
  }

  async #post(path: string, body: unknown): Promise<void> {
    const headers = { authorization: this.#adminToken, 'content-type': 'application/json' };
    const response = await fetch(`${this.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`unleash-server, ${path}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  }

  async #isHealthy(): Promise<boolean> {
    return await fetch(`${this.url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async #until(is: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await is())) {
      if (this.#child.exitCode !== null) throw new Error(`unleash-server ended with ${this.#child.exitCode}`);
      if (Date.now() > deadline) throw new Error('unleash-server does not answer');
      await pass(200, undefined, { signal });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((done) => this.#child.once('exit', done));
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 20_000);
    this.#child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  }
}

const EVERYBODY = { name: 'default', parameters: {}, constraints: [] };

function rolloutOf(groupId: string): unknown {
  const parameters = { rollout: String(SHARE), stickiness: 'userId', groupId };
  return {
    name: 'flexibleRollout',
    parameters,
    constraints: [{ contextName: 'country', operator: 'IN', values: [...RULE] }],
  };
}
