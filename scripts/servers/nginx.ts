import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { isExecutable } from './is-executable.ts';

const candidates = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'];

/** Null where nginx is not installed. */
export const nginxBinary: string | null = candidates.find(isExecutable) ?? null;
/** For the name of a suite. */
export const skipped = nginxBinary === null ? ' (skipped: nginx is not installed)' : '';

/** An nginx of the test's own, as a team would run it: a prefix of its own, a port of the loopback. */
export interface RunningNginx extends AsyncDisposable {
  readonly directory: string;
  /** What Slipway is to write. */
  readonly file: string;
  readonly log: string;
  readonly control: string;
  /** Where clients connect. */
  readonly address: string;
  /** The team's own configuration: a line of it that is wrong keeps nginx from taking up any other. */
  readonly teamFile: string;
  readonly test: readonly [string, ...string[]];
  readonly reload: readonly [string, ...string[]];
  readonly errors: () => Promise<string>;
  /** Ends master and workers the hard way. */
  readonly kill: () => Promise<void>;
  /** Lets what is under way end, as `systemctl stop` does. */
  readonly quit: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Reopens the log, as a log rotation has it do. */
  readonly reopen: () => Promise<void>;
  readonly pid: () => number;
}

export interface NginxOptions {
  /** More lines of the `location`. */
  readonly location?: readonly string[];
  /** Lines of the main block. */
  readonly main?: readonly string[];
}

export async function startNginx(options: NginxOptions = {}): Promise<RunningNginx> {
  if (nginxBinary === null) throw new Error('nginx is not installed');
  const binary = nginxBinary;
  const directory = await mkdtemp(join(tmpdir(), 'slipway-nginx-'));
  const remove = async (): Promise<void> => await rm(directory, { recursive: true, force: true });
  const [port, control] = [await freePort(), await freePort()];
  const at = (name: string): string => join(directory, name);
  await mkdir(at('slipway'));
  await writeFile(at('team.conf'), '');
  await writeFile(at('nginx.conf'), configuration(directory, port, options));
  const argv = [binary, '-p', directory, '-c', at('nginx.conf'), '-e', at('error.log')] as const;
  let child: ChildProcess | null = null;
  const errors = async (): Promise<string> => await readFile(at('error.log'), 'utf8').catch(() => '');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child;
    child = null;
    if (running?.pid === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    // All of the group: workers outlive a master that is killed.
    process.kill(signal === 'SIGKILL' ? -running.pid : running.pid, signal);
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(argv[0], argv.slice(1), { stdio: 'ignore', detached: true });
    const { exitCode } = child;
    while (!(await answers(port))) {
      if (child.exitCode !== exitCode) throw new Error(`nginx ended: ${await errors()}`);
      await sleep(10);
    }
  };
  await start().catch(async (thrown: unknown) => {
    await remove();
    throw thrown;
  });
  return {
    directory,
    file: at('slipway/production.conf'),
    log: at('counts.log'),
    control: `127.0.0.1:${control}`,
    address: `http://127.0.0.1:${port}`,
    teamFile: at('team.conf'),
    test: [...argv, '-q', '-t'],
    reload: [...argv, '-s', 'reload'],
    errors,
    kill: () => end('SIGKILL'),
    quit: () => end('SIGQUIT'),
    start,
    reopen: async () => {
      const [program, ...rest] = argv;
      await once(spawn(program, [...rest, '-s', 'reopen'], { stdio: 'ignore' }), 'exit');
    },
    pid: () => child?.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
      await remove();
    },
  };
}

function configuration(directory: string, port: number, { location = [], main = [] }: NginxOptions): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off;',
    'worker_processes 2;',
    `pid ${directory}/nginx.pid;`,
    // Tests' folders are open to their own user only.
    ...(process.getuid?.() === 0 && main.length === 0 ? ['user root;'] : main),
    'events { worker_connections 512; }',
    'http {',
    ...temporary.map((name) => `  ${name}_temp_path ${directory}/${name};`),
    '  access_log off;',
    '  client_max_body_size 200m;',
    `  include ${directory}/slipway/*.conf;`,
    `  include ${directory}/team.conf;`,
    '  server {',
    `    listen 127.0.0.1:${port};`,
    '    location = /ready { return 200; }',
    '    location / {',
    `      include ${directory}/slipway/production.location*;`,
    // The team's own, beside Slipway's.
    `      access_log ${directory}/team.log;`,
    `      error_log ${directory}/team-error.log;`,
    ...location.map((line) => `      ${line}`),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}

async function answers(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
