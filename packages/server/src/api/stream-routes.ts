import { apiError, languageHeaders } from '@slipway/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../auth/access.ts';
import type { App } from './app.ts';
import { followLaunch } from './follow-launch.ts';
import { acceptedLanguage } from './language.ts';
import { found, view } from './launch-routes.ts';
import { OpenStreams } from './open-streams.ts';
import { Refusal } from './refusal.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Services } from './services.ts';
import { writeToClient } from './write-to-client.ts';

/** When a person with too many streams may come again, in seconds. */
const RETRY_AFTER = 10;

export function streamRoutes(app: App, services: Services): void {
  const streams = new OpenStreams();

  app.get(
    '/api/v1/launches/:id/stream',
    {
      config: { lasting: true },
      // Its answer would have no body, and so no end.
      exposeHeadRoute: false,
      schema: {
        summary: 'Live state as server-sent events',
        headers: languageHeaders,
        params: z.strictObject({ id: z.string().max(200) }),
        response: { '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await found(services, id);
      // Too late: it was told to come again.
      if (reply.sent) return;
      const leave = streams.take(request.caller.person);
      if (leave === null) {
        void reply.header('retry-after', RETRY_AFTER);
        const message = `too many streams are open: close some, or try again in ${RETRY_AFTER} seconds`;
        throw new Refusal(429, { code: 'too-many', message });
      }
      const closed = services.metrics.http.watching();
      try {
        await stream(services, id, { request, reply });
      } finally {
        closed();
        leave();
      }
    },
  );
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** From here on the answer is ours: nobody else ends it, or tells of its errors. */
async function stream(services: Services, id: string, { request, reply }: Exchange): Promise<void> {
  const { clock, tokens, engine, stopping } = services;
  const { raw } = reply;
  const gone = new AbortController();
  const language = acceptedLanguage(request.headers);
  const signal = AbortSignal.any([gone.signal, stopping]);
  raw.on('close', () => gone.abort());
  reply.hijack();
  // Nothing follows a stream on its connection: kept, it would hold up a server that stops.
  const own = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no', connection: 'close' };
  raw.writeHead(200, { ...SECURITY_HEADERS, ...own });
  try {
    await followLaunch({ launches: engine, written: services.writtenEvents, clock }, id, {
      signal,
      after: lastEventId(request.headers['last-event-id']),
      tell: (event) => `id: ${event.seq}\nevent: recorded\ndata: ${JSON.stringify(event)}\n\n`,
      show: (launch) =>
        `id: ${launch.head.seq}\nevent: view\ndata: ${JSON.stringify(view(services, launch, language))}\n\n`,
      allowed: async () => (await callerOf(tokens, request.headers.authorization)) !== null,
      write: (text) => writeToClient(raw, text, { clock, signal }),
    });
  } catch (error) {
    request.log.error({ err: error }, 'a stream ended');
  }
  // What a client has not read would keep an ended answer open for ever.
  if (raw.writableNeedDrain) raw.destroy();
  else raw.end();
}

/** null: none, or none of ours. */
function lastEventId(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
