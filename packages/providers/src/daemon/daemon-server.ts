import { chmodSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { once } from 'node:events';
import type { Json } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import { readLine } from './line-socket.ts';
import { privateDirectory } from './private-directory.ts';
import type { DaemonReply, DaemonRequest } from './wire.ts';
import { daemonProtocol, daemonRequest, maxRequestBytes } from './wire.ts';

/** Answers one method. Throws TerminalError or RetryableError; the signal is aborted when the caller is gone or the daemon stops. */
export type Handler = (params: Json, signal: AbortSignal) => Promise<Json>;
export type Handlers = Readonly<Record<string, Handler>>;

export interface Serving {
  readonly identity: {
    readonly name: string;
    readonly pid: number;
    readonly startedAt: number;
    readonly version: number;
  };
  readonly handlers: Handlers;
  readonly stop: () => void;
  readonly log: (line: string) => void;
}

/** Answered to any version: otherwise an upgrade could neither name the mismatch nor end the old daemon. */
const ownMethods: ReadonlySet<string> = new Set(['hello', 'stop']);

export interface DaemonServer {
  /** Accepts no more, aborts what is in flight and resolves when all of it has ended. */
  close(): Promise<void>;
  /** Milliseconds since anybody was last connected; 0 while somebody is. */
  quietMs(): number;
}

/** Listens on the socket; its folder and itself are closed to other users. */
export async function listen(socketPath: string, serving: Serving): Promise<DaemonServer> {
  const taken = Object.keys(serving.handlers).filter((method) => ownMethods.has(method));
  if (taken.length > 0) throw new Error(`The methods ${taken.join(', ')} are the daemon's own: name them otherwise`);
  await privateDirectory(dirname(socketPath));
  const closing = new AbortController();
  const inFlight = new Set<Promise<void>>();
  let lastHeard = performance.now();
  const server = createServer((socket) => {
    const answered = answer(socket, serving, closing.signal).finally(() => {
      inFlight.delete(answered);
      lastHeard = performance.now();
    });
    inFlight.add(answered);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  chmodSync(socketPath, 0o600);
  return {
    close: () => close(server, closing, inFlight),
    quietMs: () => (inFlight.size > 0 ? 0 : performance.now() - lastHeard),
  };
}

async function close(server: Server, closing: AbortController, inFlight: Set<Promise<void>>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  closing.abort(new RetryableError('The daemon is stopping: try again'));
  await Promise.all(inFlight);
  await closed;
}

/** A caller that connects and says nothing is let go after this, milliseconds. */
const silenceMs = 10_000;

async function answer(socket: Socket, serving: Serving, closing: AbortSignal): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => gone.abort(new RetryableError('the caller is gone')));
  socket.setTimeout(silenceMs, () => socket.destroy());
  const endWhenSilent = (): void => void socket.destroy();
  closing.addEventListener('abort', endWhenSilent);
  try {
    const line = await readLine(socket, maxRequestBytes);
    closing.removeEventListener('abort', endWhenSilent);
    socket.setTimeout(0);
    const reply = await replyTo(line, serving, AbortSignal.any([gone.signal, closing]));
    await finish(socket, reply);
  } catch {
    // The caller is gone or never spoke: there is nobody to tell.
    socket.destroy();
  } finally {
    closing.removeEventListener('abort', endWhenSilent);
  }
}

async function finish(socket: Socket, reply: DaemonReply): Promise<void> {
  if (socket.destroyed) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // A caller that does not take its answer must not hold up the daemon's end.
  socket.setTimeout(silenceMs, () => socket.destroy());
  socket.end(`${JSON.stringify(reply)}\n`);
  await closed;
}

async function replyTo(line: string, serving: Serving, signal: AbortSignal): Promise<DaemonReply> {
  try {
    const request = daemonRequest.parse(JSON.parse(line));
    return { kind: 'result', result: await dispatch(request, serving, signal) };
  } catch (thrown) {
    if (thrown instanceof RetryableError) {
      return { kind: 'retryable', message: thrown.message, retryAfterMs: thrown.retryAfterMs };
    }
    if (!(thrown instanceof TerminalError)) serving.log(`a request failed: ${reasonOf(thrown)}`);
    return { kind: 'terminal', message: reasonOf(thrown) };
  }
}

async function dispatch(request: DaemonRequest, serving: Serving, signal: AbortSignal): Promise<Json> {
  const { identity } = serving;
  if (request.method === 'hello') return { ...identity, protocol: daemonProtocol };
  if (request.method === 'stop') {
    serving.stop();
    return null;
  }
  if (request.protocol !== daemonProtocol || request.version !== identity.version) {
    throw new TerminalError(
      `The daemon ${identity.name} is version ${daemonProtocol}.${identity.version} and was asked by ` +
        `${request.protocol}.${request.version}: stop it with the Slipway that started it`,
    );
  }
  const handler = Object.hasOwn(serving.handlers, request.method) ? serving.handlers[request.method] : undefined;
  if (handler === undefined) throw new TerminalError(`The daemon ${identity.name} has no method ${request.method}`);
  return await handler(request.params, signal);
}
