import { setTimeout as sleep } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { DaemonClient, Peer } from './daemon-client.ts';
import { callDaemon } from './daemon-client.ts';
import type { DaemonAddress, DaemonFiles } from './daemon-files.ts';
import { filesOf } from './daemon-files.ts';
import { isLocked } from './daemon-lock.ts';
import { readRecord } from './daemon-record.ts';
import { makeRoom } from './make-room.ts';
import type { HelloResult } from './wire.ts';
import { daemonProtocol, helloResult } from './wire.ts';

export interface ConnectOptions extends DaemonAddress {
  /** The version of the daemon's own methods and files, an integer; default 1. Another one is refused. */
  readonly version?: number;
  /**
   * Older versions whose daemon is ended to make room: of a user who upgrades while it runs. Only for a daemon that may be killed
   * at any time, and whose next one reads the files of these versions.
   */
  readonly replaces?: readonly number[];
  /** How long one that makes room may take to end gracefully before it is killed, milliseconds; default 0: it is killed at once. */
  readonly replaceGraceMs?: number;
  /** How long a daemon that lives may take to answer; default 5,000 ms. */
  readonly answerTimeoutMs?: number;
}

/** `silent`: one lives (it holds the lock) but does not answer: it is starting, ending or stuck. */
export type Probe =
  | { readonly kind: 'absent' }
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'answers'; readonly client: DaemonClient };

const pauseMs = 20;

/**
 * A client of the daemon, or null when it is certain that none runs. Throws RetryableError when one lives and does not answer, and
 * TerminalError when it is of another version: neither is ever taken for "none".
 */
export async function connectDaemon(options: ConnectOptions): Promise<DaemonClient | null> {
  const deadline = performance.now() + (options.answerTimeoutMs ?? 5_000);
  for (;;) {
    const probe = await probeDaemon(options);
    if (probe.kind === 'answers') return probe.client;
    if (probe.kind === 'absent') return null;
    if (performance.now() >= deadline) {
      throw new RetryableError(
        `The daemon ${options.name} runs but does not answer (${probe.reason}): see ${filesOf(options).log}`,
      );
    }
    await sleep(pauseMs);
  }
}

/** Looks once. */
export async function probeDaemon(options: ConnectOptions): Promise<Probe> {
  const files = filesOf(options);
  if (!isLocked(files.lock)) return { kind: 'absent' };
  const record = await readRecord(files.record);
  if (record === null) return { kind: 'silent', reason: 'it has not said yet where it listens' };
  return await greet({ socket: record.socket, name: options.name, version: options.version ?? 1 }, options, files);
}

async function greet(peer: Peer, options: ConnectOptions, files: DaemonFiles): Promise<Probe> {
  const call = { signal: new AbortController().signal, timeoutMs: options.answerTimeoutMs ?? 5_000 };
  let hello: HelloResult;
  try {
    hello = helloResult.parse(await callDaemon(peer, 'hello', {}, call));
  } catch (thrown) {
    if (thrown instanceof RetryableError) return { kind: 'silent', reason: thrown.message };
    throw new TerminalError(`What listens on ${peer.socket} is not a daemon of Slipway`, { cause: thrown });
  }
  if (isReplaced(hello, options)) {
    await makeRoom(peer, hello, { lock: files.lock, graceMs: options.replaceGraceMs ?? 0 });
    return { kind: 'silent', reason: `it is of version ${hello.version} and makes room` };
  }
  refuseStranger(hello, peer, files);
  const { pid, startedAt } = hello;
  return {
    kind: 'answers',
    client: { pid, startedAt, call: (method, params, given) => callDaemon(peer, method, params, given) },
  };
}

function isReplaced({ name, protocol, version }: HelloResult, options: ConnectOptions): boolean {
  return name === options.name && protocol === daemonProtocol && options.replaces?.includes(version) === true;
}

function refuseStranger(hello: HelloResult, peer: Peer, files: DaemonFiles): void {
  if (hello.name !== peer.name) {
    throw new TerminalError(`${peer.socket} answers for ${hello.name}, not ${peer.name}: remove ${files.record}`);
  }
  if (hello.protocol !== daemonProtocol || hello.version !== peer.version) {
    throw new TerminalError(
      `The running daemon ${peer.name} (pid ${hello.pid}) is version ${hello.protocol}.${hello.version}, this Slipway needs ` +
        `${daemonProtocol}.${peer.version}: stop the environment with the Slipway that started it, then try again`,
    );
  }
}
