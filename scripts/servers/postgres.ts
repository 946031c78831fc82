import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

/** How long a server may take to answer, or to end, in milliseconds. */
const PATIENCE = 60_000;
const OLDEST_MAJOR = 15;

/** A PostgreSQL for tests alone: unless its settings say otherwise, a power cut would lose its data. */
export interface TestPostgres extends AsyncDisposable {
  /** Of the superuser's empty database, with its password. */
  readonly url: string;
  /** Ends the server as a crash would: what is under way is cut. Its data stays. */
  crash(): Promise<void>;
  /** Starts it again, on the same port and data, after a crash. */
  restart(): Promise<void>;
  /** Nobody is answered any more, and no connection breaks, as when the machine hangs or the network swallows everything. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's newest programs, 15 or newer; null: it is not installed. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).filter((name) => Number(name) >= OLDEST_MAJOR) : [];
  const candidates = [
    ...versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return (
    candidates.find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb'))) ?? null
  );
}

/**
 * Starts a server on a spare port of the loopback with a new data folder. `settings` go over those that tests use.
 * Rejects when it does not come up.
 */
export async function startPostgres(
  programs: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestPostgres> {
  const owner = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'slipway-postgres-'));
  const password = randomBytes(12).toString('hex');
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  await writeFile(passwordFile, password);
  await chmod(folder, 0o755);
  if (owner.uid !== undefined) for (const path of [folder, passwordFile]) await chown(path, owner.uid, owner.gid);
  const rules = [
    '--username=tester',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  await run(join(programs, 'initdb'), ['--pgdata', data, '--no-sync', ...rules], { ...owner, cwd: folder });
  const port = await freePort();
  const url = `postgres://tester:${password}@127.0.0.1:${port}/postgres`;
  const start = () => startServer({ program: join(programs, 'postgres'), data, port, owner, url, settings });
  let server = await start();
  const crash = () => end(server, 'SIGQUIT');
  const stop = async () => {
    await end(server, 'SIGINT');
    await rm(folder, { recursive: true, force: true });
  };
  const restart = async () => {
    server = await start();
  };
  const freeze = () => signalAll(server, 'SIGSTOP');
  const thaw = () => signalAll(server, 'SIGCONT');
  return { url, crash, restart, freeze, thaw, stop, [Symbol.asyncDispose]: stop };
}

type Owner = { readonly uid: number; readonly gid: number } | { readonly uid?: never; readonly gid?: never };

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
async function unprivileged(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout.trim());
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

interface Server {
  readonly program: string;
  readonly data: string;
  readonly port: number;
  readonly owner: Owner;
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
}

async function startServer({ program, data, port, owner, url, settings: own }: Server): Promise<ChildProcess> {
  // No fsync, and as little writing ahead as there can be: these data need to survive nothing but the server's own crash.
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    shared_buffers: '32MB',
    log_min_messages: 'fatal',
    ...own,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program, ['-D', data, ...flags], { ...owner, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = `${said}${text.toString()}`.slice(-2_000)));
  const deadline = Date.now() + PATIENCE;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new Error(`PostgreSQL did not come up: ${said}`);
    }
    await delay(50);
  }
  return child;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The server, which then starts no more of them, and the process of each connection. */
async function signalAll({ pid }: ChildProcess, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  if (pid === undefined) return;
  process.kill(pid, signal);
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]);
  const children = stdout.split('\n').map(Number);
  for (const child of children.filter((each) => each > 0)) {
    try {
      process.kill(child, signal);
    } catch (error) {
      // It ended since it was listed.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** SIGINT: fast, SIGQUIT: at once. */
async function end(server: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
}
