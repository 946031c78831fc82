import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, json, plain } from './answer.ts';
import { Metrics } from './metrics.ts';
import { openFlags } from './flags/open-flags.ts';
import type { FlagServer } from './flags/reporter.ts';
import { loadCheckout, loadRelease, type Release } from './release.ts';
import { answerTo, type Running } from './routes.ts';

export interface ShopOptions {
  /** A release, such as `2.2.0`. */
  readonly version: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Where the flag `one-click` is asked for; null: this release's checkout is everybody's. */
  readonly flags?: FlagServer | null;
}

export interface Shop {
  readonly url: string;
  /** Takes no more requests, and resolves when those in flight are answered. */
  stop(): Promise<void>;
}

/** Milliseconds after which requests in flight are given up. */
const STOP_LIMIT = 10_000;

/** The checkout of those who do not pay with one click. */
const BEFORE = '1.0.0';

/** Starts one version of the shop. Rejects where there is no such release, or the port is taken. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const running = await load(options);
  const { release, flags } = running;
  const metrics = new Metrics(release.version);
  let stopping = false;
  const server = createServer((request, response) => {
    const manner = () => ({ release, last: stopping });
    if (request.method === 'GET' && request.url === '/metrics') {
      return write(response, plain(metrics.text() + (flags?.asked.outcomes.text() ?? '')), manner());
    }
    const begun = performance.now();
    void respond(running, request).then((answer) => {
      metrics.count(answer.status, (performance.now() - begun) / 1000);
      write(response, answer, manner());
    });
  });
  server.requestTimeout = 10_000;
  await listening(server, options);
  return {
    url: urlOf(server),
    stop: async () => {
      stopping = true;
      await closed(server);
      await flags?.asked.close();
    },
  };
}

async function load({ version, flags = null }: ShopOptions): Promise<Running> {
  const release = await loadRelease(version);
  if (flags === null) return { release, flags };
  return { release, flags: { before: await loadCheckout(BEFORE), asked: await openFlags(flags) } };
}

/** Never rejects: what a release throws is an answer of 500, as in any shop. */
async function respond(running: Running, request: IncomingMessage): Promise<Answer> {
  try {
    return await answerTo(running, request);
  } catch (error) {
    console.error(`${request.method} ${request.url}: ${error instanceof Error ? error.message : String(error)}`);
    return json(500, { error: 'internal error' });
  }
}

interface Manner {
  readonly release: Release;
  /** The connection ends with this answer. */
  readonly last: boolean;
}

function write(response: ServerResponse, answer: Answer, { release, last }: Manner): void {
  response.writeHead(answer.status, {
    'content-type': `${answer.type}; charset=utf-8`,
    'content-length': Buffer.byteLength(answer.body),
    'cache-control': 'no-store',
    'x-shop-version': release.version,
    ...answer.headers,
    ...(last ? { connection: 'close' } : {}),
  });
  response.end(answer.body);
}

function listening(server: Server, { host, port }: ShopOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => server.closeAllConnections(), STOP_LIMIT);
    server.close(() => {
      clearTimeout(limit);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the shop listens on no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
