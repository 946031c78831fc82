import type { Dispatcher } from 'undici';
import { Client } from 'undici';
import type { Target } from './redirect.ts';
import type { HostAddress } from './resolve-host.ts';
import { pinnedLookup } from './resolve-host.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cut: boolean;
}

export interface OneRequest {
  readonly target: Target;
  readonly addresses: readonly HostAddress[];
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** Called when a connection stands: from then on the request may have arrived. */
  readonly onConnected: () => void;
}

/**
 * One request on a connection of its own. Nothing is kept alive: a check must see whether the host takes connections now, and a
 * message must not be lost in a connection that the other side had closed already.
 */
export async function oneRequest({ target, addresses, signal, maxBytes, onConnected }: OneRequest): Promise<Answer> {
  const client = new Client(target.url.origin, {
    connect: { lookup: pinnedLookup(addresses) },
    autoSelectFamily: true,
    pipelining: 0,
    allowH2: false,
    // The request's own signal carries the time-out.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  client.on('connect', onConnected);
  try {
    const response = await client.request({
      method: target.method,
      path: `${target.url.pathname}${target.url.search}`,
      headers: { 'user-agent': 'slipway', ...target.headers },
      body: target.body,
      signal,
    });
    const { body, cut } = await readBody(response.body, maxBytes);
    return { status: response.statusCode, headers: flatten(response.headers), body, cut };
  } finally {
    // Also ends the connection of an answer that was read only in part. A failure to close changes nothing about the answer.
    void client.destroy().catch(() => undefined);
  }
}

async function readBody(
  stream: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ readonly body: string; readonly cut: boolean }> {
  // Breaking off below destroys the stream, which then reports an abort of ours as its error.
  stream.on('error', () => undefined);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(part.subarray(0, maxBytes - bytes));
    bytes += part.length;
    if (bytes > maxBytes) break;
  }
  // `stream: true` leaves out a character that the limit cut in half.
  const cut = bytes > maxBytes;
  return { body: new TextDecoder().decode(Buffer.concat(chunks), { stream: cut }), cut };
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
