import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Mirror, MirrorCounts, VersionCounts } from '@slipway/provider-kit';
import { Proxy } from '../proxy.ts';
import type { ProxyRules } from '../proxy.ts';

export const rules: ProxyRules = { sticky: null, timeoutMs: 10_000, versionHeader: 'x-slipway-version' };

export interface ProxyStage extends AsyncDisposable {
  readonly proxy: Proxy;
  readonly address: string;
  readonly port: number;
  /** Routes everything to version `v1` at these addresses. */
  readonly routeTo: (addresses: readonly string[], changed?: Partial<ProxyRules>) => void;
  /** As `routeTo`, with copies to this mirror; null for none. */
  readonly mirrorTo: (addresses: readonly string[], mirror: Mirror | null, changed?: Partial<ProxyRules>) => void;
  readonly v1: () => VersionCounts;
  readonly mirror: () => MirrorCounts;
}

/** A proxy in this process, on a free port. */
export async function proxyStage(): Promise<ProxyStage> {
  const proxy = new Proxy(rules, 'boot');
  const { port } = await proxy.listen({ host: '127.0.0.1', port: 0 });
  const mirrorTo: ProxyStage['mirrorTo'] = (addresses, mirror, changed = {}) =>
    proxy.apply({ ...rules, ...changed }, { backends: { v1: { weight: 100, addresses } }, mirror });
  return {
    proxy,
    port,
    address: `http://127.0.0.1:${port}`,
    routeTo: (addresses, changed) => mirrorTo(addresses, null, changed),
    mirrorTo,
    v1: () => proxy.counts().versions['v1']!,
    mirror: () => proxy.counts().mirror!,
    [Symbol.asyncDispose]: () => proxy.close(0),
  };
}

export interface App extends AsyncDisposable {
  readonly address: string;
  readonly server: Server;
}

/** An app that a test writes itself. */
export async function startApp(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<App> {
  const server = createServer({ maxHeaderSize: 65_536 }, handle);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    // Node no longer knows those that were upgraded.
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.asyncDispose]: close };
}

/** What comes back for these bytes until the other side ends. */
export async function rawly(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return await text(socket);
}
