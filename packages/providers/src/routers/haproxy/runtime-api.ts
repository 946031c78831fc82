import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { parseSocket } from './socket-address.ts';

/**
 * Seconds after which HAProxy itself ends a session in which nothing was said. A worker that stalls longer than this writes its
 * commands to a connection that is gone: they are not carried out.
 */
export const idleSeconds = 2;

const answerTimeoutMs = 5_000;
const maxReplyBytes = 8_000_000;
const prompt = '\n> ';

/** HAProxy reads a line into one buffer of 16 kB. */
export const maxLineBytes = 8_000;

/** One session with HAProxy's runtime API. */
export class RuntimeApi implements Disposable {
  readonly #socket: Socket;
  readonly #name: string;
  readonly #signal: AbortSignal;

  private constructor(socket: Socket, name: string, signal: AbortSignal) {
    this.#socket = socket;
    this.#name = name;
    this.#signal = signal;
  }

  /** Throws RetryableError where nobody listens or answers, TerminalError where the socket may not be opened. */
  static async open(name: string, signal: AbortSignal): Promise<RuntimeApi> {
    const address = parseSocket(name);
    if (address === null) throw new TypeError(`${name} is no socket: the schema lets none such pass`);
    signal.throwIfAborted();
    const api = new RuntimeApi(connect(address), name, signal);
    try {
      await api.ask(['prompt']);
      await api.ask([`set timeout cli ${idleSeconds}`]);
      return api;
    } catch (thrown) {
      api[Symbol.dispose]();
      throw thrown;
    }
  }

  /** Sends the commands as one line; gives the reply to each. Rejects as `open` does, and with the signal's reason. */
  async ask(commands: readonly string[]): Promise<readonly string[]> {
    const socket = this.#socket;
    const name = this.#name;
    const replies = new Promise<readonly string[]>((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8');
      socket.removeAllListeners();
      socket.on('error', (error) => reject(connectionError(error, name)));
      socket.on('close', () =>
        reject(new RetryableError(`HAProxy ended the session on ${name}: it may be restarting`)),
      );
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > maxReplyBytes) {
          reject(new RetryableError(`HAProxy's answer on ${name} is longer than ${maxReplyBytes} bytes`));
          socket.destroy();
        }
        if (!text.endsWith(prompt)) return;
        const parts = text.split(prompt);
        if (parts.length > commands.length) resolve(parts.slice(0, -1));
      });
    });
    if (socket.destroyed) throw new RetryableError(`HAProxy ended the session on ${name}: it may be restarting`);
    socket.write(`${commands.join(';')}\n`);
    return await this.#inTime(replies);
  }

  [Symbol.dispose](): void {
    this.#socket.removeAllListeners().on('error', () => undefined);
    this.#socket.destroy();
  }

  async #inTime<T>(answer: Promise<T>): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const message = `HAProxy did not answer on ${this.#name} within ${answerTimeoutMs / 1_000} s: is this its \`stats socket\`?`;
    const timer = setTimeout(() => reject(new RetryableError(message)), answerTimeoutMs);
    const onAbort = (): void => reject(this.#signal.reason as Error);
    this.#signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', onAbort);
    }
  }
}

function connectionError(error: Error, name: string): Error {
  const code = 'code' in error ? String(error.code) : error.message;
  if (code === 'EACCES' || code === 'EPERM') {
    return new TerminalError(
      `Slipway may not open ${name}: give its user the right to, with \`user\`, \`group\` and \`mode\` on the \`stats socket\` line`,
    );
  }
  const hint = 'start HAProxy, or change `socket`';
  if (code === 'ENOENT') return new RetryableError(`There is no socket ${name}: ${hint}`, { cause: error });
  if (code === 'ECONNREFUSED') return new RetryableError(`Nobody listens on ${name}: ${hint}`, { cause: error });
  return new RetryableError(`The connection to ${name} failed (${code}): ${hint}`, { cause: error });
}
