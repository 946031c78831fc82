import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { createServer } from 'node:tls';
import { portOf } from '@slipway/provider-kit/testing';

export interface PortServer extends AsyncDisposable {
  readonly port: number;
  /** Connections taken so far. */
  readonly taken: () => number;
}

/** A real TLS server on a free port of the loopback address. */
export async function startTlsServer(options: TlsOptions): Promise<PortServer> {
  return await listening(createServer(options).on('tlsClientError', () => undefined));
}

/** A server that takes connections and does what it is told with them. */
export async function startPlainServer(onConnection: (socket: Socket) => void): Promise<PortServer> {
  return await listening(createPlainServer(onConnection));
}

async function listening(server: Server): Promise<PortServer> {
  const sockets = new Set<Socket>();
  let taken = 0;
  server.on('connection', (socket: Socket) => {
    taken += 1;
    sockets.add(socket.on('error', () => undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: portOf(server.address()), taken: () => taken, [Symbol.asyncDispose]: close };
}
