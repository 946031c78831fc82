import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { filesOf } from './daemon-files.ts';
import { isLocked, takeLock } from './daemon-lock.ts';
import type { DaemonClient, EnsureOptions } from './index.ts';
import { connectDaemon, ensureDaemon, stopDaemon } from './index.ts';
import { maxLogBytes } from './log-file.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const echo = new URL('./testing/echo-daemon.ts', import.meta.url);
const name = 'echo';
const quick = { signal: new AbortController().signal, timeoutMs: 5_000 };

let root: string;
let directory: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-daemon-'));
  directory = join(root, 'data');
});

const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await stopDaemon({ directory, name, timeoutMs: 10_000 });
  await rm(root, { recursive: true, force: true });
});

const options = (settings: EnsureOptions['settings'] = {}): EnsureOptions => ({
  directory,
  name,
  entry: echo,
  settings,
  startTimeoutMs: 15_000,
});
const ensure = (settings?: EnsureOptions['settings']): Promise<DaemonClient> => ensureDaemon(options(settings));
const log = (): Promise<string> => readFile(filesOf({ directory, name }).log, 'utf8');
const gone = (): Promise<boolean> =>
  vi.waitUntil(() => !isLocked(filesOf({ directory, name }).lock), { timeout: 10_000, interval: 10 });

test('starts a daemon that answers, once, and gives the same one to everybody', async () => {
  const many = await Promise.all([ensure(), ensure(), ensure(), ensure()]);
  expect(new Set(many.map((client) => client.pid)).size).toBe(1);
  expect((await connectDaemon({ directory, name }))?.pid).toBe(many[0]?.pid);
  expect(await many[0]?.call('echo', { a: [1, 'é', null] }, quick)).toEqual({ a: [1, 'é', null] });
  expect((await log()).match(/serves/g)).toHaveLength(1);
});

test('several processes at once start only one', async () => {
  const pids = await Promise.all([1, 2, 3].map(async () => (await ensureInChild()).pid));
  expect(new Set(pids).size).toBe(1);
});

test('a second one that is started beside it leaves, and does no harm', async () => {
  const client = await ensure();
  const start = JSON.stringify({ directory, name, settings: {} });
  const second = spawn(process.execPath, [fileURLToPath(echo)], { env: { ...process.env, SLIPWAY_DAEMON: start } });
  children.push(second);
  expect(await once(second, 'exit')).toEqual([75, null]);
  expect(await client.call('echo', 'untouched', quick)).toBe('untouched');
});

test('survives the kill of the process that started it, a hang-up and Ctrl-C', async () => {
  const { child, pid } = await ensureInChild();
  child.kill('SIGKILL');
  await once(child, 'exit');
  process.kill(pid, 'SIGHUP');
  process.kill(pid, 'SIGINT');
  const client = await connectDaemon({ directory, name });
  expect(client?.pid).toBe(pid);
  expect(await client?.call('echo', 'still here', quick)).toBe('still here');
});

test('null when none runs, also where a killed one left its files', async () => {
  expect(await connectDaemon({ directory, name })).toBeNull();
  const first = await ensure();
  process.kill(first.pid, 'SIGKILL');
  await gone();
  expect((await stat(filesOf({ directory, name }).record)).isFile()).toBe(true);
  expect(await connectDaemon({ directory, name })).toBeNull();
  const second = await ensure();
  expect(second.pid).not.toBe(first.pid);
  expect(await second.call('echo', 2, quick)).toBe(2);
});

test('one that lives but does not answer is an error, never "none"', async () => {
  await mkdir(directory, { recursive: true });
  const lock = takeLock(filesOf({ directory, name }).lock, 0);
  try {
    await expect(connectDaemon({ directory, name, answerTimeoutMs: 200 })).rejects.toThrow(/runs but does not answer/);
    await expect(ensureDaemon({ ...options(), startTimeoutMs: 200 })).rejects.toThrow(RetryableError);
  } finally {
    lock?.release();
  }
});

test('a stopped (SIGSTOP) daemon is an error, never "none"', async () => {
  const { pid } = await ensure();
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(connectDaemon({ directory, name, answerTimeoutMs: 300 })).rejects.toThrow(RetryableError);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

test.each([
  ['terminal', TerminalError, 'no such version', undefined],
  ['retryable', RetryableError, 'busy', 70],
  ['bug', TerminalError, 'oops', undefined],
  ['missing', TerminalError, 'The daemon echo has no method missing', undefined],
  ['toString', TerminalError, 'The daemon echo has no method toString', undefined],
])('the method %s fails as a %o', async (method, kind, message, retryAfterMs) => {
  const client = await ensure();
  const thrown: unknown = await client.call(method, null, quick).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(kind);
  expect(thrown).toMatchObject({ message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
});

test('a time-out and an abort reject, and abort the request in the daemon', async () => {
  const client = await ensure();
  await expect(client.call('hang', null, { ...quick, timeoutMs: 50 })).rejects.toThrow(
    /no answer to hang within 50 ms/,
  );
  const abort = new AbortController();
  const call = client.call('hang', null, { ...quick, signal: abort.signal });
  abort.abort(new Error('called off'));
  await expect(call).rejects.toThrow('called off');
  await vi.waitUntil(async () => (await client.call('aborted', null, quick)) !== 0, { timeout: 5_000 });
  await expect(client.call('echo', 1, { ...quick, signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
    'before',
  );
});

test('garbage and silence on the socket do no harm', async () => {
  const client = await ensure();
  const path = filesOf({ directory, name }).socket;
  for (const garbage of [
    '{"protocol":1',
    'GET / HTTP/1.1\r\n\r\n\n',
    '\n',
    '{"protocol":1,"version":1,"method":"echo"}\n',
  ]) {
    const socket = connect(path);
    socket.on('error', () => undefined);
    socket.end(garbage);
    socket.resume();
    await once(socket, 'close');
  }
  expect(await client.call('echo', 'fine', quick)).toBe('fine');
});

test('a request over the limit is refused, and the daemon lives', async () => {
  const client = await ensure();
  await expect(client.call('echo', 'x'.repeat(5_000_000), quick)).rejects.toThrow(RetryableError);
  expect(await client.call('echo', 'x'.repeat(1_000_000), quick)).toHaveLength(1_000_000);
});

test('another version is refused in so many words, and can still be stopped', async () => {
  const { pid } = await ensureDaemon({ ...options({ version: 2 }), version: 2 });
  const message = `The running daemon echo (pid ${pid}) is version 1.2, this Slipway needs 1.1: stop the environment with the Slipway that started it, then try again`;
  await expect(connectDaemon({ directory, name })).rejects.toThrow(new TerminalError(message));
  await expect(ensure()).rejects.toThrow(new TerminalError(message));
  await stopDaemon({ directory, name, timeoutMs: 10_000 });
  expect(await connectDaemon({ directory, name })).toBeNull();
});

test('one that cannot start is a TerminalError with what it wrote; the next start is free', async () => {
  await expect(ensure({ refuse: 'port 80 is taken' })).rejects.toThrow(
    /ended while starting \(1\): .*port 80 is taken/,
  );
  expect((await ensure()).pid).toBeGreaterThan(0);
});

test('one that starts too slowly is killed, and a RetryableError', async () => {
  await expect(ensureDaemon({ ...options({ openMs: 60_000 }), startTimeoutMs: 1_500 })).rejects.toThrow(RetryableError);
  await gone();
});

test.each(['SIGTERM', 'stop'] as const)(
  '%s ends it gracefully, aborts what hangs and leaves no socket',
  async (how) => {
    const client = await ensure();
    const hanging = client.call('hang', null, quick);
    await vi.waitUntil(async () => (await client.call('hanging', null, quick)) === 1, { timeout: 5_000 });
    if (how === 'SIGTERM') process.kill(client.pid, 'SIGTERM');
    else await client.call('stop', null, quick);
    expect(await hanging).toBeNull();
    await gone();
    expect(await log()).toContain('onStop ran');
    await expect(stat(filesOf({ directory, name }).socket)).rejects.toThrow('ENOENT');
    await stopDaemon({ directory, name, timeoutMs: 1_000 });
  },
);

test('one that may end when idle does so, not before, and the next start is free', async () => {
  const client = await ensure({ idleMs: 600 });
  // Had the daemon ended meanwhile, the call would have been answered: its end aborts what hangs.
  await expect(client.call('hang', null, { ...quick, timeoutMs: 1_500 })).rejects.toThrow(/no answer to hang/);
  await gone();
  expect((await ensure()).pid).not.toBe(client.pid);
});

test('removing its folder ends it', async () => {
  const { pid } = await ensure();
  await rm(directory, { recursive: true });
  await expect.poll(() => alive(pid), { timeout: 10_000, interval: 20 }).toBe(false);
});

test('its folder, socket, log and record are closed to other users, also in a folder that was open', async () => {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  await ensure();
  const files = filesOf({ directory, name });
  const modes = await Promise.all(
    [directory, files.socket, files.log, files.record].map(async (path) => (await stat(path)).mode & 0o777),
  );
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
});

test('a data folder too deep for a socket path uses a short one', async () => {
  directory = join(root, 'd'.repeat(60), 'e'.repeat(60));
  const client = await ensure();
  const record: unknown = JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8'));
  const { socket } = filesOf({ directory, name });
  expect(record).toMatchObject({ socket, pid: client.pid });
  expect(Buffer.byteLength(socket)).toBeLessThan(104);
  expect((await stat(join(socket, '..'))).mode & 0o777).toBe(0o700);
  expect((await connectDaemon({ directory, name }))?.pid).toBe(client.pid);
});

test('gets its settings, and of our environment only what is harmless', async () => {
  vi.stubEnv('DATABASE_PASSWORD', 'hunter2');
  const client = await ensure({ openMs: 0 }).finally(() => vi.unstubAllEnvs());
  expect(await client.call('started', null, quick)).toEqual({ openMs: 0 });
  const keys = (await client.call('environment', null, quick)) as string[];
  const harmless = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  expect(keys.filter((key) => !harmless.includes(key))).toEqual([]);
  // The tests' own processes are told one.
  expect(keys).toContain('NODE_COMPILE_CACHE');
});

test('its log is bounded, at the start and while it runs', async () => {
  await mkdir(directory, { recursive: true });
  const files = filesOf({ directory, name });
  await writeFile(files.log, 'old\n');
  await truncate(files.log, maxLogBytes + 1);
  const client = await ensure();
  expect((await stat(files.log)).size).toBeLessThan(1_000);
  await client.call('chatter', null, { ...quick, timeoutMs: 30_000 });
  await vi.waitUntil(async () => (await stat(files.log)).size < maxLogBytes, { timeout: 10_000, interval: 50 });
  expect((await stat(`${files.log}.1`)).size).toBeGreaterThan(maxLogBytes);
});

test.each(['hello', 'stop'])('a service that claims the method %s is refused', async (claim) => {
  await expect(ensure({ claim })).rejects.toThrow(`The methods ${claim} are the daemon's own`);
});

test('settings that are too large are refused', async () => {
  await expect(ensure('x'.repeat(70_000))).rejects.toThrow(/over 64000 bytes/);
});

/** A process of its own that ensures the daemon, and the daemon's pid as it says it. */
async function ensureInChild(): Promise<{ child: ChildProcess; pid: number }> {
  const script = fileURLToPath(new URL('./testing/ensure-in-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, directory, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = await once(child.stdout, 'data');
  return { child, pid: Number(said) };
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
