import type { IncomingMessage, ServerResponse } from 'node:http';
import swagger from '@fastify/swagger';
import type { AccessRole, ApiError } from '@slipway/contract';
import { StorageError } from '@slipway/engine';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { type Caller, callerOf, may } from '../auth/access.ts';
import { outcomeRoutes, serveFlags } from '../flags/index.ts';
import { hookRoutes } from '../hooks/hook-routes.ts';
import { flagManagementRoutes } from './flag-management-routes.ts';
import { readJsonStrictly } from './json-body.ts';
import { launchRoutes } from './launch-routes.ts';
import { loggedRequest } from './logged-request.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { adviceRoutes } from './advice-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { recordRoutes } from './record-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { Refusal } from './refusal.ts';
import { requireLoopbackHost } from './require-loopback-host.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { serverRoutes } from './server-routes.ts';
import type { Services } from './services.ts';
import { shardRoutes } from './shard-routes.ts';
import { storageRefusal } from './storage-refusal.ts';
import { streamRoutes } from './stream-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { refuseUnread } from './unread-request.ts';

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, Logger, ZodTypeProvider>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs, except for the routes that are open. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** What it takes to call the route; `open`: no token. */
    readonly access?: AccessRole | 'open';
    /** Its answer goes on for as long as somebody listens: no time that it took is worth knowing. */
    readonly lasting?: true;
    /** It is open to people whose tokens are known while the database is gone. */
    readonly wayBack?: true;
  }
}

const BODY_LIMIT = 4_000_000;
/** Nobody is kept waiting longer, in milliseconds, whatever the database or the queue in front of it does. */
const ANSWER_WITHIN = 15_000;
const NOBODY: Caller = { person: '', role: 'viewer' };

/** The HTTP API: every route, one way of asking who calls, one shape of refusal. */
export async function buildApp(services: Services): Promise<App> {
  const app: App = Fastify({
    loggerInstance: services.logger.child({}, { serializers: { req: loggedRequest } }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    handlerTimeout: ANSWER_WITHIN,
    // A flag's key has up to 200 characters, encoded up to three times as many.
    routerOptions: { maxParamLength: 600 },
    // What no route is found for does not pass the hooks.
    frameworkErrors: (_error, _request, reply) => refuseAddress(reply as FastifyReply),
    clientErrorHandler: refuseUnread,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(error, request, reply));
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'not-found', message: 'there is no such route; see /api/v1/openapi.json' }),
  );
  await app.register(swagger, {
    openapi: { info: { title: 'Slipway', version: services.version } },
    transform: jsonSchemaTransform,
  });
  // Before the hooks, which are not for it.
  await serveFlags(app, services);
  // Without a value: there is no caller before the hook.
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request) => {
    if (services.loopback) requireLoopbackHost(request.headers.host);
    await authorize(services, request);
  });
  app.addHook('onSend', async (_request, reply) => void reply.headers(SECURITY_HEADERS));
  readJsonStrictly(app);
  serverRoutes(app, services);
  metricsRoutes(app, services);
  planRoutes(app, services);
  adviceRoutes(app);
  launchRoutes(app, services);
  streamRoutes(app, services);
  recordRoutes(app, services);
  reportRoutes(app, services);
  shardRoutes(app, services);
  tokenRoutes(app, services);
  outcomeRoutes(app, services);
  hookRoutes(app, services);
  flagManagementRoutes(app, services);
  return app;
}

function refuseAddress(reply: FastifyReply): void {
  const error: ApiError = { code: 'wrong-input', message: 'the address of the request cannot be read' };
  void reply.code(400).headers(SECURITY_HEADERS).send(error);
}

async function authorize(services: Services, request: FastifyRequest): Promise<void> {
  const { access = 'viewer', wayBack = false } = request.routeOptions.config;
  request.caller = NOBODY;
  if (access === 'open') return;
  const caller = await callerOf(wayBack ? services.knownTokens : services.tokens, request.headers.authorization);
  if (caller === null) {
    throw new Refusal(401, {
      code: 'unauthenticated',
      message: 'send a valid token: Authorization: Bearer … (slipway token create makes one)',
    });
  }
  if (!may(caller, access)) {
    throw new Refusal(403, {
      code: 'not-allowed',
      message: `${caller.person} is ${caller.role} here; this takes ${access}`,
    });
  }
  request.caller = caller;
}

const LATE =
  'no answer in time, the data of the server may be out of reach; what you asked for may still happen: look before you ask again';

function refuse(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).send(error.body);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((issue) => `${issue.instancePath || 'body'}: ${issue.message ?? 'wrong'}`);
    return reply.code(400).send({ code: 'wrong-input', message: problems[0] ?? 'the request is wrong', problems });
  }
  if (error.statusCode === 413) {
    const most = (request.routeOptions.bodyLimit ?? BODY_LIMIT) / 1_000_000;
    return reply.code(413).send({ code: 'too-large', message: `the request is larger than ${most} MB` });
  }
  if (error.statusCode !== undefined && error.statusCode < 500)
    return reply.code(error.statusCode).send({ code: 'wrong-input', message: error.message });
  if (error.code === 'FST_ERR_HANDLER_TIMEOUT') return reply.code(503).send({ code: 'unavailable', message: LATE });
  if (error instanceof StorageError) {
    request.log.error({ err: error }, 'storage failed');
    const refusal = storageRefusal(error);
    return reply.code(refusal.status).send(refusal.body);
  }
  request.log.error({ err: error }, 'unexpected failure');
  return reply.code(500).send({ code: 'internal', message: "something unexpected failed; the server's log says what" });
}
