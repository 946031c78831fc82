import { apiError } from '@slipway/contract';
import { z } from 'zod';
import { EXPOSITION_TYPE } from '../telemetry/exposition.ts';
import type { App } from './app.ts';
import type { Services } from './services.ts';

/** For whoever may look, as everything else: it names no launch and nobody, but says how a team works. */
export function metricsRoutes(app: App, { metrics }: Services): void {
  app.get(
    '/metrics',
    {
      schema: {
        summary: "Figures of the server itself, in Prometheus' text format",
        response: { 200: z.string(), '4xx': apiError },
      },
    },
    async (_request, reply) => {
      void reply.type(EXPOSITION_TYPE).serializer((text: unknown) => String(text));
      return await metrics.read();
    },
  );

  app.addHook('onResponse', async (request, reply) => {
    const { url = null, config } = request.routeOptions;
    if (config.lasting === true && reply.statusCode < 400) return;
    metrics.http.answered({ method: request.method, route: url, status: reply.statusCode, took: reply.elapsedTime });
  });
}
