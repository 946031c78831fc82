import { duration } from '@slipway/provider-kit';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';
import { jsonPath, requestHeaders, requestUrl } from '../../http/http-keys.ts';

const http = z.strictObject({
  url: requestUrl('https://staging.example.com/info').describe(
    'What to ask; it must answer 200. Example: https://staging.shop.example/info.',
  ),
  json: jsonPath('$.version').describe(
    'JSONPath to the value, a text, number or truth value. Example: $.postgres.version.',
  ),
  headers: requestHeaders('INFO_TOKEN'),
  timeout: duration({ min: 1 })
    .prefault('10s')
    .describe('How long the whole answer may take. Default: 10s. Example: 5s.'),
});

const side = z.union(
  [
    z.string().max(1000),
    z.number(),
    z.boolean(),
    z.strictObject({
      http: http.describe(
        'A value in a JSON document. Example: {url: "https://staging.shop.example/info", json: $.version}.',
      ),
    }),
    z.strictObject({
      command: z
        .strictObject(commandKeys)
        .describe(
          'A program that prints the value, on one line; what it prints goes to no log. Example: {argv: [psql, -Atc, show server_version]}.',
        ),
    }),
  ],
  { error: 'write the value, {http: {url: ..., json: ...}} or {command: {argv: [...]}}' },
);

const component = z
  .strictObject({
    name: z.string().min(1).max(100).describe('What is compared. Example: PostgreSQL.'),
    staging: side.describe('Its value in staging: as it is, asked by HTTP, or printed by a program. Example: "15.4".'),
    production: side.describe('Its value in production, in the same ways. Example: "15.4".'),
    must: z
      .enum(['equal', 'same-major', 'at-least'])
      .default('equal')
      .describe(
        "How the two must agree: equal; same-major, the first number of a version; at-least, production's number or version is not less than staging's. Default: equal. Example: same-major.",
      ),
    weight: z
      .number()
      .gt(0)
      .max(1000)
      .default(1)
      .describe('What a difference counts, beside the others. Default: 1. Example: 5.'),
  })
  .refine(({ staging, production }) => typeof staging !== 'object' || !isDeepStrictEqual(staging, production), {
    error: 'staging and production ask the same: whatever they say, it would agree',
    path: ['production'],
  });

export const parityCheckSchema = z
  .strictObject({
    components: z
      .array(component)
      .min(1)
      .max(99)
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
        error: 'two components have the same name',
      })
      .describe(
        'What is compared: versions, sizes, settings. Example: [{name: Redis, staging: "7.0", production: "7.2", must: same-major}].',
      ),
    'max-drift': z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe(
        'The drift score that may be: the weights of what differs, over all weights. Something unknown never passes. Default: 0. Example: 0.1.',
      ),
  })
  .describe('Staging is as production: a table of components, and how far they are apart.');

export type ParityCheckConfig = z.infer<typeof parityCheckSchema>;
export type Component = ParityCheckConfig['components'][number];
export type Side = Component['staging'];
