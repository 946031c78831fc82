import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { isExecutable } from './is-executable.ts';

const candidates = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/opt/homebrew/bin/haproxy'];

/** Null where HAProxy is not installed. */
export const haproxyBinary: string | null = candidates.find(isExecutable) ?? null;
/** For the name of a suite. */
export const skipped = haproxyBinary === null ? ' (skipped: HAProxy is not installed)' : '';

export type Balance = 'plain' | 'cookie' | 'header';

/** A HAProxy of the test's own, as a team would run it. */
export interface RunningHaproxy extends AsyncDisposable {
  readonly directory: string;
  readonly socket: string;
  /** The same on a port. */
  readonly socketAddress: string;
  /** For a level that may not change anything. */
  readonly socketOf: (level: 'user' | 'operator') => string;
  /** Where HAProxy finds its servers' state when it starts. */
  readonly stateFile: string;
  /** Where clients connect to each backend, `plain`, `cookie` and `header`. */
  readonly address: Readonly<Record<Balance, string>>;
  /** Ends it the hard way and starts it again, as its supervisor would. */
  readonly restart: () => Promise<void>;
  readonly ask: (command: string) => Promise<string>;
  readonly pid: () => number;
}

export interface HaproxyOptions {
  readonly slots?: number;
  /** More lines of the backend `plain`. */
  readonly plain?: readonly string[];
  /** More words of the `server-template` lines. */
  readonly template?: string;
}

export async function startHaproxy(options: HaproxyOptions = {}): Promise<RunningHaproxy> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-haproxy-'));
  const remove = async (): Promise<void> => await rm(directory, { recursive: true, force: true });
  const ports = {
    plain: await freePort(),
    cookie: await freePort(),
    header: await freePort(),
    runtime: await freePort(),
  };
  const file = join(directory, 'haproxy.cfg');
  const socket = join(directory, 'admin.sock');
  await writeFile(file, configuration(directory, ports, options));
  let child = await start(file, socket).catch(async (thrown: unknown) => {
    await remove();
    throw thrown;
  });
  return {
    directory,
    socket,
    socketAddress: `127.0.0.1:${ports.runtime}`,
    socketOf: (level) => join(directory, `${level}.sock`),
    stateFile: join(directory, 'servers.state'),
    address: {
      plain: `http://127.0.0.1:${ports.plain}`,
      cookie: `http://127.0.0.1:${ports.cookie}`,
      header: `http://127.0.0.1:${ports.header}`,
    },
    restart: async () => {
      await end(child);
      child = await start(file, socket);
    },
    ask: async (command) => await answerTo(command, socket),
    pid: () => child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await remove();
    },
  };
}

function configuration(
  directory: string,
  ports: Readonly<Record<Balance | 'runtime', number>>,
  { slots = 8, plain = [], template = '' }: HaproxyOptions,
): string {
  const backend = (name: Balance, lines: readonly string[]): readonly string[] => [
    `frontend ${name}-in`,
    `  bind 127.0.0.1:${ports[name]}`,
    `  default_backend ${name}`,
    `backend ${name}`,
    ...lines.map((line) => `  ${line}`),
    `  server-template slot 1-${slots} 127.0.0.1:1 disabled ${template}`,
  ];
  return [
    'global',
    `  stats socket ${directory}/admin.sock mode 600 level admin`,
    `  stats socket 127.0.0.1:${ports.runtime} level admin`,
    `  stats socket ${directory}/user.sock mode 600 level user`,
    `  stats socket ${directory}/operator.sock mode 600 level operator`,
    `  server-state-file ${directory}/servers.state`,
    'defaults',
    '  mode http',
    '  timeout connect 2s',
    '  timeout client 30s',
    '  timeout server 30s',
    '  timeout tunnel 1h',
    '  option abortonclose',
    '  option redispatch',
    '  load-server-state-from-file global',
    ...backend('plain', plain.length > 0 ? plain : ['balance roundrobin']),
    ...backend('cookie', [
      'balance roundrobin',
      'cookie slipway insert indirect nocache httponly attr "SameSite=Lax" dynamic',
      'dynamic-cookie-key not-a-secret',
    ]),
    ...backend('header', ['balance hdr(x-client)', 'hash-type consistent']),
    'backend tcp',
    '  mode tcp',
    '  server-template slot 1-2 127.0.0.1:1 disabled',
    '',
  ].join('\n');
}

async function start(file: string, socket: string): Promise<ChildProcess> {
  if (haproxyBinary === null) throw new Error('HAProxy is not installed');
  const child = spawn(haproxyBinary, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`HAProxy ended: ${said}`);
    const info = await answerTo('show info', socket).catch(() => 'not yet');
    if (info.includes(`Pid: ${child.pid}\n`)) return child;
    await sleep(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** HAProxy ends the connection after its answer. */
async function answerTo(command: string, socket: string): Promise<string> {
  const connection = connect(socket);
  connection.write(`${command}\n`);
  return await text(connection);
}
