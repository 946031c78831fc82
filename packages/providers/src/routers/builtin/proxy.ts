import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { createServer, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RouterCounts, Split } from '@slipway/provider-kit';
import { TrafficCounts } from './counts.ts';
import { Exchange } from './exchange.ts';
import type { Listen } from './listen.ts';
import { answerOurselves } from './own-answer.ts';
import { Routing } from './routing.ts';
import type { RouterSettings } from './settings.ts';
import { recognise } from './sticky.ts';
import type { Client } from './tunnel.ts';
import { responseOnto } from './tunnel.ts';
import { maxHeaderBytes, Upstreams } from './upstreams.ts';

/** How the proxy treats requests; all but where it listens. */
export type ProxyRules = Omit<RouterSettings, 'listen'>;

/** As long as usual load balancers keep a connection, so that it is they who close it. */
const clientIdleMs = 75_000;
/** For a whole upload. A version's silence ends a request much earlier. */
const longestUploadMs = 3_600_000;

const closeIdleMs = 50;

const isWebSocket = (request: IncomingMessage): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

/** A reverse proxy that splits requests between versions by weight. */
export class Proxy {
  readonly #server: Server;
  readonly #counts: TrafficCounts;
  readonly #upstreams = new Upstreams();
  readonly #upgraded = new Set<Socket>();
  #rules: ProxyRules;
  #routing = new Routing({});

  /** `boot` differs from that of every earlier proxy. */
  constructor(rules: ProxyRules, boot: string) {
    this.#rules = rules;
    this.#counts = new TrafficCounts(boot);
    const options = {
      keepAliveTimeout: clientIdleMs,
      requestTimeout: longestUploadMs,
      maxHeaderSize: maxHeaderBytes,
      optimizeEmptyRequests: true,
      // Any other protocol that is asked for (h2c) may be declined by a plain answer.
      shouldUpgradeCallback: isWebSocket,
    };
    this.#server = createServer(options, (request, response) => this.#handle(request, response, null));
    this.#server.on('upgrade', (request, socket: Socket, head) => this.#handleUpgrade(request, { socket, head }));
  }

  /** Where it listens from now on. Rejects with Node's error, e.g. EADDRINUSE. */
  async listen({ host, port }: Listen): Promise<Listen> {
    this.#server.listen({ host, port });
    await once(this.#server, 'listening');
    return { host, port: (this.#server.address() as AddressInfo).port };
  }

  /** Acts on the next request, also on connections that are open. What is in flight goes on as it began. */
  apply(rules: ProxyRules, backends: Split['backends']): void {
    this.#rules = rules;
    this.#routing = new Routing(backends);
    this.#counts.route(this.#routing.versions);
    void this.#upstreams.retain(this.#routing.addresses);
  }

  counts(): RouterCounts {
    return this.#counts.read(Date.now());
  }

  /** Accepts no more, gives what is in flight `graceMs` milliseconds, then breaks it off. */
  async close(graceMs: number): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    // A kept-alive connection is idle only after its answer.
    const closeIdle = setInterval(() => this.#server.closeIdleConnections(), closeIdleMs);
    const breakOff = setTimeout(() => {
      this.#server.closeAllConnections();
      for (const socket of this.#upgraded) socket.destroy();
    }, graceMs);
    await closed;
    clearInterval(closeIdle);
    clearTimeout(breakOff);
    await this.#upstreams.destroy();
  }

  #handle(request: IncomingMessage, response: ServerResponse, upgrade: Client | null): void {
    const { sticky, versionHeader, timeoutMs } = this.#rules;
    response.on('error', () => undefined);
    const { key, setCookie } = recognise(sticky, request.headers, () => randomBytes(16).toString('base64url'));
    const added = new Map<string, string>();
    if (setCookie !== null) added.set('set-cookie', setCookie);
    const route = this.#routing.route(key, Math.random());
    if (route === null) return answerOurselves(response, 503, added);
    const { version, addresses } = route;
    if (versionHeader !== null) added.set(versionHeader, headerValue(version));
    const tally = this.#counts.begin(version, Date.now());
    const upstreamOf = (address: string) => this.#upstreams.of(address);
    new Exchange({ request, response, upgrade, addresses, upstreamOf, tally, timeoutMs, added }).start();
  }

  #handleUpgrade(request: IncomingMessage, client: Client): void {
    const { socket } = client;
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    socket.on('error', () => undefined);
    const response = new ServerResponse(request);
    responseOnto(response, socket);
    this.#handle(request, response, client);
  }
}

/** A version may hold what a header may not. */
function headerValue(version: string): string {
  return /^[\x21-\x7e]+$/.test(version) ? version : encodeURIComponent(version);
}
