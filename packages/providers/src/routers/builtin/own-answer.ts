import type { ServerResponse } from 'node:http';

/** What the router answers itself, when no version does. */
const texts = {
  400: 'This request cannot be passed on: its address or one of its headers is not valid.',
  408: 'The request stopped arriving.',
  502: 'The service did not answer.',
  503: 'No version is routed here yet. Traffic flows as soon as a launch gives a version some weight.',
  504: 'The service did not answer in time.',
} as const;

export type OwnStatus = keyof typeof texts;

/** Does nothing where the client is gone. Throws nothing. */
export function answerOurselves(response: ServerResponse, status: OwnStatus, added: ReadonlyMap<string, string>): void {
  if (response.destroyed || response.headersSent) return;
  const body = `${texts[status]} (Slipway router)\n`;
  for (const [name, value] of added) response.setHeader(name, value);
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}
