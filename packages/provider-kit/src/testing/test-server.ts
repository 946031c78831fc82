import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer extends AsyncDisposable {
  /** Like `http://127.0.0.1:41233`. */
  readonly url: string;
  /** In the order in which they came. */
  readonly requests: readonly ReceivedRequest[];
  readonly close: () => Promise<void>;
}

/** A real HTTP server on a free port of the loopback address. A handler that does not answer leaves the client waiting. */
export async function startTestServer(
  handler: (request: ReceivedRequest, response: ServerResponse) => void,
): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(request);
      handler(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => await closeServer(server);
  return { url: `http://127.0.0.1:${portOf(server.address())}`, requests, close, [Symbol.asyncDispose]: close };
}

/** A URL on the loopback address at which nobody listens. */
export async function refusedUrl(): Promise<string> {
  const server = await startTestServer(() => undefined);
  await server.close();
  return server.url;
}

async function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** The port of a listening server's `address()`. */
export function portOf(address: string | null | { readonly port: number }): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
