import { apiError } from '@slipway/contract';
import type { FastifyRequest } from 'fastify';
import type { App } from '../api/app.ts';
import { Refusal } from '../api/refusal.ts';
import type { Services } from '../api/services.ts';
import { isRefusal } from './http/authenticate.ts';
import type { FlagRefusal } from './http/flag-refusal.ts';
import { BODY_LIMIT } from './http/read-body.ts';
import type { RingKey } from './keys/key-ring.ts';
import { outcomesAnswer, outcomesRequest, unknownIn } from './outcomes.ts';

/** What became of exposures. It writes to the database: it goes the way of the API, but for its key. */
export function outcomeRoutes(app: App, { flagServing, flagCounter, flags }: Services): void {
  const keys = new WeakMap<FastifyRequest, RingKey>();

  app.post(
    '/ofrep/v1/outcomes',
    {
      // An evaluation key opens it, no person's token.
      config: { access: 'open' },
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: 'Reports what became of those who were served a variant; with an evaluation key',
        body: outcomesRequest,
        response: { 202: outcomesAnswer, '4xx': apiError },
      },
      onRequest: async (request, reply) => {
        // A page reads its refusals, too.
        void reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', 'Retry-After');
        const key = await flagServing.admit(request.raw);
        if (isRefusal(key)) {
          if (key.retryAfter !== undefined) void reply.header('retry-after', key.retryAfter);
          throw new Refusal(key.status, { code: codeOf(key), message: key.errorDetails });
        }
        keys.set(request, key);
      },
    },
    async (request, reply) => {
      const set = keys.get(request)?.set ?? '';
      const { batch, outcomes } = request.body;
      const unknown = unknownIn(outcomes, flags.find(set));
      if (unknown !== null) throw new Refusal(400, { code: 'wrong-input', message: unknown });
      return reply.code(202).send({ counted: await flagCounter.report(set, batch, outcomes) });
    },
  );
}

function codeOf({ status }: FlagRefusal): 'unauthenticated' | 'not-allowed' | 'too-many' {
  if (status === 429) return 'too-many';
  return status === 403 ? 'not-allowed' : 'unauthenticated';
}
