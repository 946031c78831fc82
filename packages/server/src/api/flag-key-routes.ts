import { randomUUID } from 'node:crypto';
import { apiError, evaluationKey, evaluationKeyCreated, evaluationKeyRequest } from '@slipway/contract';
import { z } from 'zod';
import { hashFlagKey, newFlagKey } from '../flags/keys/key-text.ts';
import type { App } from './app.ts';
import { servedSet, setParams } from './flag-routes.ts';
import type { FlagServices } from './flag-services.ts';
import { notFound } from './refusal.ts';

/** Keys with which applications ask for the flags of one set. */
export function flagKeyRoutes(app: App, services: FlagServices): void {
  const { flagKeys, flagServing, clock } = services;
  const config = { access: 'admin' } as const;

  app.get(
    '/api/v1/flags/:set/keys',
    {
      config,
      schema: {
        summary: 'Evaluation keys of a flag set',
        params: setParams,
        response: { 200: z.array(evaluationKey), '4xx': apiError },
      },
    },
    async (request) => {
      const rows = await flagKeys.all();
      return rows
        .filter(({ set }) => set === request.params.set)
        .map(({ id, set, kind, createdBy, createdAt }) => ({ id, set, kind, createdBy, createdAt }));
    },
  );

  app.post(
    '/api/v1/flags/:set/keys',
    {
      config,
      schema: {
        summary: 'Makes an evaluation key; it is shown once',
        params: setParams,
        body: evaluationKeyRequest,
        response: { 201: evaluationKeyCreated, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { set } = servedSet(services, request.params.set);
      const key = newFlagKey();
      const row = { id: randomUUID(), set, ...request.body, createdBy: request.caller.person, createdAt: clock.now() };
      await flagKeys.add(row, hashFlagKey(key));
      await flagServing.keys.refresh();
      return reply.code(201).send({ ...row, key });
    },
  );

  app.delete(
    '/api/v1/flags/:set/keys/:id',
    {
      config,
      schema: {
        summary: 'Revokes an evaluation key; whoever uses it is turned away',
        params: setParams.extend({ id: z.string().min(1).max(100) }),
        response: { 204: z.null(), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { set, id } = request.params;
      const known = (await flagKeys.all()).some((row) => row.id === id && row.set === set);
      if (!known || !(await flagKeys.remove(id)))
        throw notFound(`such key: "slipway flags keys list ${set}" shows the ids`);
      await flagServing.keys.refresh();
      return reply.code(204).send(null);
    },
  );
}
