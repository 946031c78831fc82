import { randomUUID } from 'node:crypto';
import { apiError, tokenCreated, tokenInfo, tokenRequest } from '@slipway/contract';
import { z } from 'zod';
import { hashToken, newToken, toRole } from '../auth/access.ts';
import { isLocalToken } from '../auth/local-token.ts';
import type { App } from './app.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Services } from './services.ts';

const LOCKED_OUT =
  'this is the token of whoever runs the server, who would be locked out: to replace it, delete the file "token" in the data folder and start the server again';

export function tokenRoutes(app: App, services: Services): void {
  const { tokens, clock } = services;
  const config = { access: 'admin' } as const;

  app.get(
    '/api/v1/tokens',
    { config, schema: { summary: 'Who has access', response: { 200: z.array(tokenInfo) } } },
    async () => {
      const rows = await tokens.list();
      return rows.map((row) => ({ ...row, role: toRole(row.role) }));
    },
  );

  app.post(
    '/api/v1/tokens',
    {
      config,
      schema: {
        summary: 'Gives a person access; the token is shown once',
        body: tokenRequest,
        response: { 201: tokenCreated, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const token = newToken();
      const row = { id: randomUUID(), ...request.body, createdAt: clock.now() };
      await tokens.add(row, hashToken(token));
      return reply.code(201).send({ ...row, token });
    },
  );

  app.delete(
    '/api/v1/tokens/:id',
    {
      config,
      schema: {
        summary: 'Takes access away',
        params: z.strictObject({ id: z.string().max(100) }),
        response: { 204: z.null(), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (isLocalToken(id)) throw new Refusal(409, { code: 'conflict', message: LOCKED_OUT });
      if (!(await tokens.remove(id))) throw notFound('such token: "slipway token list" shows the ids');
      return reply.code(204).send(null);
    },
  );
}
