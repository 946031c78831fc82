import { apiError, calendarAnswer, calendarRequest, languageHeaders, planReport, planText } from '@slipway/contract';
import { planJsonSchema, policyJsonSchema, sharedDefinitions } from '@slipway/plan';
import { z } from 'zod';
import { calendarOf } from '../plans/calendar-of.ts';
import { policyForReport } from '../plans/policy.ts';
import { reportPlan } from '../plans/report.ts';
import type { App } from './app.ts';
import { FILES_LIMIT } from './files-limit.ts';
import { acceptedLanguage } from './language.ts';
import type { Services } from './services.ts';

export function planRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/plan-schema',
    { schema: { summary: 'JSON Schema of a launch plan', response: { 200: z.looseObject({}) } } },
    async () => sharedDefinitions(planJsonSchema(services.language)),
  );

  app.get(
    '/api/v1/policy-schema',
    { schema: { summary: 'JSON Schema of a policy', response: { 200: z.looseObject({}) } } },
    async () => policyJsonSchema(),
  );

  app.post(
    '/api/v1/plans/report',
    {
      bodyLimit: FILES_LIMIT,
      schema: {
        summary: 'Checks a plan and tells what would happen',
        headers: languageHeaders,
        body: planText,
        response: { 200: planReport, '4xx': apiError },
      },
    },
    async (request) => {
      const rules = await policyForReport(services, request.body);
      const reader = acceptedLanguage(request.headers);
      const plan = { ...request.body, reader, ...(rules === null ? {} : { rules }) };
      return reportPlan(services.language, plan, services.clock.now());
    },
  );

  app.post(
    '/api/v1/plans/calendar',
    {
      bodyLimit: FILES_LIMIT,
      schema: {
        summary: 'When steps of a plan that change production may begin',
        headers: languageHeaders,
        body: calendarRequest,
        response: { 200: calendarAnswer, '4xx': apiError },
      },
    },
    async (request) =>
      calendarOf(services.language, request.body, {
        now: services.clock.now(),
        language: acceptedLanguage(request.headers),
      }),
  );
}
