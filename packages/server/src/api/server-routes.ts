import { apiError, serverInfo } from '@slipway/contract';
import { z } from 'zod';
import type { App } from './app.ts';
import { Refusal } from './refusal.ts';
import type { Services } from './services.ts';

export function serverRoutes(app: App, services: Services): void {
  app.get(
    '/healthz',
    {
      config: { access: 'open' },
      schema: { summary: 'That it lives', response: { 200: z.strictObject({ ok: z.literal(true) }) } },
    },
    async () => ({ ok: true as const }),
  );

  app.get(
    '/readyz',
    {
      config: { access: 'open' },
      schema: {
        summary: 'Whether it can take work now; 503 while it cannot, with the reason',
        response: { 200: z.strictObject({ ok: z.literal(true) }), 503: apiError },
      },
    },
    async () => {
      const reason = await services.unreadiness();
      if (reason !== null) throw new Refusal(503, { code: 'unavailable', message: reason });
      return { ok: true as const };
    },
  );

  app.get('/api/v1/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, async () => app.swagger());

  app.get(
    '/api/v1/server',
    { schema: { summary: 'This server, and who you are to it', response: { 200: serverInfo } } },
    async (request) => ({
      name: 'slipway' as const,
      version: services.version,
      workspace: services.workspace,
      person: request.caller.person,
      role: request.caller.role,
    }),
  );

  app.post(
    '/api/v1/environments/:name/shutdown',
    {
      config: { access: 'admin' },
      // A router and its instances let their visitors end.
      handlerTimeout: 150_000,
      schema: {
        summary:
          'Stops the instances and the router of an environment on this machine; its name is the artifact and the environment, such as shop.production',
        params: z.strictObject({ name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}\.[a-z0-9-]{1,100}$/) }),
        response: { 204: z.null(), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const holder = await services.shutdownEnvironment(name);
      if (holder !== null) {
        throw new Refusal(409, {
          code: 'conflict',
          message: `launch ${holder} is at work in ${name}: let it end, or take it back (slipway rollback --launch ${holder}), then try again`,
        });
      }
      return reply.code(204).send(null);
    },
  );
}
