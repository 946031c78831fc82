import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../api/app.ts';
import type { Services } from '../api/services.ts';
import type { FlagRefusal } from './http/flag-refusal.ts';
import { writeRefusal } from './http/write-answer.ts';

const evaluation = z.looseObject({ context: z.looseObject({ targetingKey: z.string().optional() }) });
const answer = z.looseObject({});
const NO_ADDRESS: FlagRefusal = {
  status: 404,
  errorCode: 'GENERAL',
  errorDetails: 'there is nothing at this address: flags are at /ofrep/v1/evaluate/flags, and one at …/flags/KEY',
};

/** Flags on the server's listener. To be called before the hooks of the API are added: they are not for these routes. */
export async function serveFlags(app: App, services: Services): Promise<void> {
  await app.register(async (scope: App) => {
    // The handler reads what it wants itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    documentEvaluation(scope, services);
  });
  takeFirst(app.server, services);
}

/** What is OFREP's never meets the framework; these routes are for what comes past the listener, and for the documentation. */
function documentEvaluation(scope: App, { flagServing }: Services): void {
  const handler = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack();
    const exchange = { request: request.raw, response: reply.raw, last: false };
    // The framework reads an address more generously than the handler, which would leave it without an answer.
    if (!flagServing.handle(request.raw, reply.raw)) writeRefusal(exchange, NO_ADDRESS, null);
  };
  const rest = {
    handler,
    config: { access: 'open' as const, lasting: true as const },
    validatorCompiler: () => () => true,
    exposeHeadRoute: false,
  };
  scope.route({
    ...rest,
    method: 'POST',
    url: '/ofrep/v1/evaluate/flags/:key',
    schema: {
      summary: 'OFREP 0.3: evaluates a flag; with an evaluation key',
      params: z.strictObject({ key: z.string() }),
      body: evaluation,
      response: { 200: answer, '4xx': answer },
    },
  });
  scope.route({
    ...rest,
    method: 'POST',
    url: '/ofrep/v1/evaluate/flags',
    schema: {
      summary: 'OFREP 0.3: evaluates every flag of the set of the evaluation key; If-None-Match gives 304',
      body: evaluation,
      response: { 200: answer, '4xx': answer },
    },
  });
  scope.route({
    ...rest,
    method: 'GET',
    url: '/ofrep/v1/stream',
    schema: {
      summary: 'Server-sent events: tells that flags changed; its address is in the answer to a bulk evaluation',
      querystring: z.strictObject({ token: z.string() }),
    },
  });
  scope.route({ ...rest, method: 'OPTIONS', url: '/ofrep/*', schema: { hide: true } });
}

/** The short way: from Node's server to the handler. */
function takeFirst(server: Server, { flagServing }: Services): void {
  const [framework] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  if (framework === undefined) throw new Error('the server has no listener to take requests from');
  server.removeListener('request', framework);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!flagServing.handle(request, response)) framework(request, response);
  });
}
