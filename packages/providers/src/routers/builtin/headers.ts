import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** They speak of one connection, not of the message: RFC 9110, 7.6.1, and what RFC 2616, 13.5.1 named besides. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of an answer, as the client gets them. */
export function answerHeaders(headers: IncomingHttpHeaders, added: ReadonlyMap<string, string>): IncomingHttpHeaders {
  const kept = endToEnd(headers);
  for (const [name, value] of added) {
    // A cookie joins the version's own; anything else of that name is the router's to say.
    kept[name] = name === 'set-cookie' ? [kept[name] ?? [], value].flat() : value;
  }
  return kept;
}

/** Headers of a request, as the version gets them. Node has answered an `Expect: 100-continue` already. */
export function requestHeaders(request: IncomingMessage): IncomingHttpHeaders {
  const { headers, socket } = request;
  const kept = endToEnd(headers);
  delete kept.expect;
  const client = socket.remoteAddress ?? 'unknown';
  const before = headers['x-forwarded-for'];
  kept['x-forwarded-for'] = [before ?? [], client].flat().join(', ');
  // Somebody before us may have ended TLS or changed the host: what they say stands.
  kept['x-forwarded-proto'] ??= 'http';
  if (headers.host !== undefined) kept['x-forwarded-host'] ??= headers.host;
  return kept;
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = namedBy(headers.connection);
  const kept: IncomingHttpHeaders = {};
  for (const name in headers) {
    if (!hopByHop.has(name) && named?.has(name) !== true) kept[name] = headers[name];
  }
  return kept;
}

/** The further headers that a Connection header declares to be of one connection. */
function namedBy(connection: string | undefined): Set<string> | null {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return null;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
