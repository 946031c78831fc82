import { connect } from 'node:net';
import type { Json } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import { readLine } from './line-socket.ts';
import type { DaemonReply, DaemonRequest } from './wire.ts';
import { daemonProtocol, daemonReply, maxReplyBytes } from './wire.ts';

export interface CallOptions {
  /** Aborting ends the connection, which aborts the request in the daemon too. */
  readonly signal: AbortSignal;
  /** Milliseconds until the call is given up, with a RetryableError. */
  readonly timeoutMs: number;
}

/** A living daemon of the right version. Every call is a connection of its own, so the client needs no closing. */
export interface DaemonClient {
  readonly pid: number;
  /** Epoch milliseconds; another one means another daemon. */
  readonly startedAt: number;
  /**
   * Rejects with the daemon's TerminalError or RetryableError; with RetryableError when it does not answer, ends or takes
   * longer than `timeoutMs`; with the signal's reason when aborted.
   */
  call(method: string, params: Json, options: CallOptions): Promise<Json>;
}

export interface Peer {
  readonly socket: string;
  readonly name: string;
  readonly version: number;
}

/** One request over one connection. */
export async function callDaemon(peer: Peer, method: string, params: Json, options: CallOptions): Promise<Json> {
  options.signal.throwIfAborted();
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const socket = connect({ path: peer.socket, signal: AbortSignal.any([options.signal, timeout]) });
  try {
    const request: DaemonRequest = { protocol: daemonProtocol, version: peer.version, method, params };
    socket.write(`${JSON.stringify(request)}\n`);
    return resultOf(peer, parseReply(await readLine(socket, maxReplyBytes)));
  } catch (thrown) {
    options.signal.throwIfAborted();
    if (thrown instanceof TerminalError || thrown instanceof RetryableError) throw thrown;
    const reason = timeout.aborted ? `no answer to ${method} within ${options.timeoutMs} ms` : reasonOf(thrown);
    throw new RetryableError(`The daemon ${peer.name} cannot be asked: ${reason}`, { cause: thrown });
  } finally {
    socket.destroy();
  }
}

function parseReply(line: string): DaemonReply {
  const parsed = daemonReply.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new Error('its answer is not understood');
}

function resultOf(peer: Peer, reply: DaemonReply): Json {
  switch (reply.kind) {
    case 'result':
      return reply.result;
    case 'terminal':
      throw new TerminalError(reply.message);
    case 'retryable':
      throw new RetryableError(reply.message, reply.retryAfterMs === null ? {} : { retryAfterMs: reply.retryAfterMs });
  }
}
