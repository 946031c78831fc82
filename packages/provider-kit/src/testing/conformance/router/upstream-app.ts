import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A version to route to, which keeps book on what reached it. */
export interface UpstreamApp {
  readonly version: string;
  readonly address: string;
  /** Requests that reached it, by path, WebSockets included. */
  seen(path: string): number;
  /** Resolves when `count` requests of that path wait for their release. */
  waiting(path: '/slow' | '/pieces' | '/deaf' | '/flood', count: number): Promise<void>;
  /** Lets those that wait go on; those that come later wait again. */
  release(path: '/slow' | '/pieces' | '/deaf' | '/flood'): void;
  /** Bytes of `/flood` that were taken from it so far. */
  flooded(): number;
  close(): Promise<void>;
}

export const floodBytes = 64_000_000;

/**
 * A version's app on a free port of 127.0.0.1. `/` answers its version; `/status/NNN` with that status; `/digest` with the length
 * and SHA-256 of what was sent; `/slow` answers on release; `/pieces` sends `one`, and `two` on release; `/deaf` reads what is sent
 * only on release, then as `/digest`; `/flood` sends 64 MB; `/headers` answers the request's headers as JSON; `/cut` breaks off
 * in the middle. A WebSocket is told the version and the path, then echoes.
 */
export async function startUpstreamApp(version: string): Promise<UpstreamApp> {
  const seen = new Map<string, number>();
  const gates = new Gates();
  const count = (request: IncomingMessage): string => {
    const path = request.url ?? '';
    seen.set(path, (seen.get(path) ?? 0) + 1);
    return path;
  };
  const flood = { taken: 0 };
  const server = createServer((request, response) => {
    response.setHeader('x-app', version);
    const path = count(request);
    void answer({ version, path, request, response, gates, flood }).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    socket.send(`${version} ${count(request)}`);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    version,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: (path) => seen.get(path) ?? 0,
    waiting: (path, wanted) => gates.waiting(path, wanted),
    release: (path) => gates.release(path),
    flooded: () => flood.taken,
    close: () => close(server, sockets),
  };
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

interface Asked {
  readonly version: string;
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly gates: Gates;
  readonly flood: { taken: number };
}

async function answer({ version, path, request, response, gates, flood }: Asked): Promise<void> {
  if (path === '/digest') return void response.end(JSON.stringify(await digest(request)));
  if (path === '/deaf') {
    await gates.pass(path);
    return void response.end(JSON.stringify(await digest(request)));
  }
  request.resume();
  if (path === '/slow') await gates.pass(path);
  if (path === '/headers') {
    response.setHeader('content-type', 'application/json');
    return void response.end(JSON.stringify(request.headers));
  }
  if (path === '/flood') return pour(response, flood);
  if (path === '/pieces' || path === '/cut') response.write('one');
  if (path === '/pieces') await gates.pass(path);
  if (path === '/cut') {
    response.flushHeaders();
    // Only once it is on its way: a socket that is destroyed at once may take the head with it.
    return void response.write('more', () => response.destroy());
  }
  const status = /^\/status\/(\d{3})$/.exec(path)?.[1];
  response.statusCode = Number(status ?? 200);
  response.end(path === '/pieces' ? 'two' : version);
}

async function digest(request: IncomingMessage): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function pour(response: ServerResponse, flood: { taken: number }): Promise<void> {
  const chunk = Buffer.alloc(64_000, 'x');
  response.setHeader('content-length', floodBytes);
  for (flood.taken = 0; flood.taken < floodBytes; flood.taken += chunk.length) {
    if (!response.write(chunk)) await once(response, 'drain');
  }
  response.end();
}

/** Where requests wait until the test lets them go. */
class Gates {
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #waiting = new Map<string, number>();

  async pass(path: string): Promise<void> {
    const released = once(this.#events, `release ${path}`);
    this.#waiting.set(path, (this.#waiting.get(path) ?? 0) + 1);
    this.#events.emit('arrived');
    await released;
  }

  async waiting(path: string, count: number): Promise<void> {
    while ((this.#waiting.get(path) ?? 0) < count) await once(this.#events, 'arrived');
  }

  release(path: string): void {
    this.#waiting.delete(path);
    this.#events.emit(`release ${path}`);
  }
}
