import type { ApiError, LaunchView } from '@slipway/contract';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VIEW } from './sample-launch.ts';

export interface Listening {
  readonly url: URL;
  readonly close: () => Promise<void>;
}

/** A real server on loopback, on a port that was free. */
export async function listen(handler: RequestListener): Promise<Listening> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}`), close: () => closeAll(server) };
}

async function closeAll(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

export function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function refuse(response: ServerResponse, status: number, code: ApiError['code']): void {
  answer(response, status, { code, message: `refused as ${code}` } satisfies ApiError);
}

/** The sample launch after so many events. */
export const viewOf = (seq: number): LaunchView => ({ ...VIEW, seq, title: `Été ${seq}` });

/** One view as the event stream carries it. */
export const eventOf = (seq: number): string => `id: ${seq}\nevent: view\ndata: ${JSON.stringify(viewOf(seq))}\n\n`;

/** What one connection to the stream does, after the headers. */
export type Act = (stream: Stream) => void;

export interface Stream {
  readonly response: ServerResponse;
  /** Sends every event that the client says it has not seen. */
  readonly catchUp: () => void;
}

/** Serves one launch and its stream; each connection to the stream does what the next act says. */
export class LaunchServer {
  /** Number of the launch's newest event. */
  newest = 1;
  /** The Last-Event-ID of each connection to the stream. */
  readonly seen: (string | undefined)[] = [];
  /** Requests for the launch itself. */
  looks = 0;
  /** How the launch itself is answered; the newest view unless a test says otherwise. */
  look: (response: ServerResponse) => void = (response) => answer(response, 200, viewOf(this.newest));
  readonly #acts: readonly Act[];

  /** The last act is repeated. */
  constructor(...acts: readonly Act[]) {
    this.#acts = acts;
  }

  readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url !== '/api/v1/launches/shop-1/stream') {
      this.looks += 1;
      this.look(response);
      return;
    }
    const last = request.headers['last-event-id'];
    this.seen.push(typeof last === 'string' ? last : undefined);
    const catchUp = (): void => {
      for (let seq = Number(last) + 1; seq <= this.newest; seq += 1) response.write(eventOf(seq));
    };
    this.#acts[Math.min(this.seen.length, this.#acts.length) - 1]?.({ response, catchUp });
  };
}

/** Opens the stream before the first event: the headers alone say that it stands. */
export function open(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}
