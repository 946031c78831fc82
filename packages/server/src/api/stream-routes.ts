import { apiError, type Language, languageHeaders } from '@slipway/contract';
import { z } from 'zod';
import type { App } from './app.ts';
import { acceptedLanguage } from './language.ts';
import { found, view } from './launch-routes.ts';
import type { Services } from './services.ts';

/** Comment lines keep the connection open through proxies, and tell a client that silence is news, in milliseconds. */
const HEARTBEAT = 5_000;
/** Looks come every second or faster; screens need no more, in milliseconds. */
const AT_MOST_EVERY = 100;

export function streamRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/launches/:id/stream',
    {
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
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      await follow(services, id, {
        language: acceptedLanguage(request.headers),
        signal: AbortSignal.any([gone.signal, services.stopping]),
        write: (text) => reply.raw.write(text),
      });
      reply.raw.end();
    },
  );
}

interface Client {
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly write: (text: string) => boolean;
}

/** Every event is the whole view: a client that missed some, or comes back, needs only the newest. */
async function follow(services: Services, id: string, client: Client): Promise<void> {
  let wake = Promise.withResolvers<void>();
  const stop = services.engine.listen(id, () => wake.resolve());
  try {
    while (!client.signal.aborted) {
      wake = Promise.withResolvers<void>();
      const launch = await services.engine.find(id);
      if (launch !== null) {
        const data = JSON.stringify(view(services, launch, client.language));
        client.write(`id: ${launch.head.seq}\nevent: view\ndata: ${data}\n\n`);
      }
      await services.clock.sleep(AT_MOST_EVERY, client.signal);
      while (!client.signal.aborted && !(await changedWithin(services, wake.promise, client.signal)))
        client.write(': still here\n\n');
    }
  } finally {
    stop();
  }
}

/** false: nothing changed for a heartbeat. */
async function changedWithin(services: Services, changed: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const idle = services.clock.sleep(HEARTBEAT, AbortSignal.any([signal, done.signal])).then(() => false);
  const result = await Promise.race([changed.then(() => true), idle]);
  done.abort();
  return result;
}
