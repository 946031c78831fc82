import { z } from 'zod';
import type { ProviderCatalogue } from '../schema/catalogue.ts';
import { createPlanLanguage } from '../schema/language.ts';
import { secretRef } from '../schema/secret-ref.ts';

/** Providers with the shapes that real ones have, for the tests of the language. */
export const testCatalogue: ProviderCatalogue = {
  checks: {
    git: {
      summary: 'Looks at the working tree.',
      schema: z.strictObject({
        clean: z.boolean().optional().describe('The tree must have no changes. Example: true.'),
        tag: z.string().optional().describe('A pattern a tag must match. Example: v*.'),
      }),
    },
    http: {
      summary: 'Asks an address.',
      schema: z.strictObject({
        url: z.url().describe('What is asked. Example: https://shop.example/health.'),
        status: z.int().min(100).max(599).default(200).describe('The expected status. Example: 200.'),
      }),
    },
  },
  targets: {
    process: {
      scaling: {},
      schema: z.strictObject({
        command: z.array(z.string()).min(1).describe('What is started. Example: [node, server.js].'),
        instances: z.int().min(1).max(100).default(1).describe('How many. Example: 2.'),
      }),
    },
    static: { schema: z.strictObject({}) },
  },
  routers: {
    builtin: {
      mirrors: true,
      schema: z.strictObject({ port: z.int().min(0).max(65_535).default(0).describe('Where it listens.') }),
    },
    plain: { schema: z.strictObject({}) },
  },
  metricSources: {
    router: {
      schema: z.union([
        z.strictObject({ ratio: z.enum(['server-errors', 'client-errors']).describe('Which answers are bad.') }),
        z.strictObject({ quantile: z.number().gt(0).lt(1).describe('Which latency. Example: 0.99.') }),
      ]),
    },
    flag: {
      schema: z.strictObject({
        flag: z.string().min(1).describe('Whose variants. Example: one-click.'),
        outcome: z.string().min(1).describe('What is counted. Example: checkout.'),
      }),
    },
    prometheus: {
      schema: z.union([
        z.strictObject({ query: z.string().min(1).describe('PromQL.') }),
        z.strictObject({
          value: z.string().min(1).describe('PromQL of a gauge.'),
          unit: z.string().optional().describe('Its unit. Example: bytes.'),
        }),
      ]),
    },
  },
  channels: {
    slack: {
      schema: z.strictObject({
        url: secretRef().describe('Where messages go.'),
        people: z.record(z.string(), z.string()).optional().describe('Whom messages can call.'),
      }),
    },
    console: { schema: z.strictObject({}) },
  },
};

export const testLanguage = createPlanLanguage(testCatalogue);
