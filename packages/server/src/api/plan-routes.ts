import { apiError, planReport, planText } from '@slipway/contract';
import { planJsonSchema } from '@slipway/plan';
import { z } from 'zod';
import { reportPlan } from '../plans/report.ts';
import type { App } from './app.ts';
import type { Services } from './services.ts';

export function planRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/plan-schema',
    { schema: { summary: 'JSON Schema of a launch plan', response: { 200: z.looseObject({}) } } },
    async () => planJsonSchema(services.language) as Record<string, unknown>,
  );

  app.post(
    '/api/v1/plans/report',
    {
      schema: {
        summary: 'Checks a plan and tells what would happen',
        body: planText,
        response: { 200: planReport, '4xx': apiError },
      },
    },
    async (request) => reportPlan(services.language, request.body, services.clock.now()),
  );
}
