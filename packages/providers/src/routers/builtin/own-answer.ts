import type { FastifyReply } from 'fastify';

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
export function answerOurselves(reply: FastifyReply, status: OwnStatus, added: ReadonlyMap<string, string>): void {
  if (reply.raw.destroyed) return;
  reply.code(status).type('text/plain; charset=utf-8').header('cache-control', 'no-store');
  reply.headers(Object.fromEntries(added)).send(`${texts[status]} (Slipway router)\n`);
}
