import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Endpoint } from '../api/endpoint.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { keepEnd } from './keep-end.ts';
import { findServerMain } from './server-main.ts';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const readyLine = z.object({ url: z.url({ protocol: /^https?$/ }), token: z.string().min(1) });

/** Runs `work` against a server of its own that keeps nothing and ends afterwards. Throws Failure. */
export async function withEphemeralServer<T>(
  context: Context,
  m: Messages,
  work: (endpoint: Endpoint) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [findServerMain(context.serverMain, m), '--ephemeral'], {
    cwd: context.cwd,
    env: context.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = keepEnd(child.stderr);
  // It may be gone before its input is closed.
  child.stdin.on('error', () => undefined);
  try {
    return await work(await untilReady(child, said, { context, m }));
  } finally {
    await end(child);
  }
}

async function untilReady(
  child: Child,
  said: () => string,
  tools: { context: Context; m: Messages },
): Promise<Endpoint> {
  const { m } = tools;
  const lines = createInterface({ input: child.stdout });
  const limit = AbortSignal.timeout(tools.context.timing.serverStart);
  const line = once(lines, 'line', { signal: limit }).then(([text]) => String(text));
  const exit = once(child, 'exit', { signal: limit }).then(() => null);
  try {
    const first = await Promise.race([line, exit]);
    if (first === null) throw new Failure('unavailable', m.failures.serverDied(said()));
    const { url, token } = readyLine.parse(JSON.parse(first));
    return { url: new URL(url), token };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('unavailable', m.failures.serverNotReady(said()));
  } finally {
    line.catch(() => undefined);
    exit.catch(() => undefined);
  }
}

/** The server ends when its input does; one that does not is ended. */
async function end(child: Child): Promise<void> {
  child.stdin.end();
  child.stdout.resume();
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  await Promise.race([gone, sleep(5_000, undefined, { ref: false })]);
  if (hasEnded(child)) return;
  child.kill('SIGKILL');
  await gone;
}

function hasEnded(child: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
