import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { freePort } from '../../scripts/servers/free-port.ts';
import type { Route } from './route.ts';

const PROGRAMS = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/opt/homebrew/bin/haproxy'];
const PATIENCE = 10_000;

/** HAProxy's version; null: it is not installed. */
export function haproxyVersion(): string | null {
  const program = findHaproxy();
  if (program === null) return null;
  return /version (\S+)/.exec(execFileSync(program, ['-v'], { encoding: 'utf8' }))?.[1] ?? 'unknown';
}

/** HAProxy in front of one server, with the same stickiness as Slipway's own router and as many threads; null: not installed. */
export async function startHaproxy(folder: string, target: number): Promise<Route | null> {
  const program = findHaproxy();
  if (program === null) return null;
  const port = await freePort();
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, configuration(port, target));
  const child = spawn(program, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answering(child, url);
  } catch (error) {
    await end(child);
    throw error;
  }
  return { label: `HAProxy ${haproxyVersion()}`, url, pid: child.pid ?? 0, stop: () => end(child) };
}

function findHaproxy(): string | null {
  return PROGRAMS.find((program) => existsSync(program)) ?? null;
}

function configuration(port: number, target: number): string {
  return `global
  nbthread 1
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend in
  bind 127.0.0.1:${port}
  default_backend versions
backend versions
  cookie slipway insert indirect nocache httponly
  server new 127.0.0.1:${target} cookie new
`;
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('HAProxy did not come up');
    await pass(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
