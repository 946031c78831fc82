import { parseListen } from '../builtin/listen.ts';

/** Where the runtime API listens. */
export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Null for what is neither an absolute path nor an address of this machine: the runtime API asks nobody who they are. */
export function parseSocket(text: string): SocketAddress | null {
  if (/^\/[^\0\n\r]*[^\0\n\r/]$/.test(text)) return { path: text };
  const listen = parseListen(text);
  if (listen === null || listen.port === 0) return null;
  return /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(listen.host) ? listen : null;
}
