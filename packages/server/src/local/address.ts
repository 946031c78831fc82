import { isIPv6 } from 'node:net';
import type { App } from '../api/app.ts';

export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** `7070`, `127.0.0.1:7070`, `[::1]:7070`; a bare port means loopback. null: not an address. */
export function parseAddress(text: string): Address | null {
  const match = /^(?:(?<host>\[[0-9a-fA-F:]+\]|[\w.-]+):)?(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  if (match === null || port > 65_535) return null;
  return { host: (match.groups?.['host'] ?? '127.0.0.1').replaceAll(/[[\]]/g, ''), port };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Listens and returns the URL. A port that is taken is said in one line. */
export async function listenOn(app: App, { host, port }: Address): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new Error(`port ${port} on ${host} is taken: stop what listens there, or choose another with --listen`, {
        cause: error,
      });
    }
    throw error;
  }
  const bound = app.server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${boundPort}`;
}
