import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { headerName, jsonPath, requestHeaders, requestUrl } from '../../http/http-keys.ts';
import { pattern } from '../../http/pattern.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const comparison = z
  .strictObject({
    above: z.number().optional().describe('The number found is greater than this. Example: 0.'),
    below: z.number().optional().describe('The number found is less than this. Example: 100.'),
    equals: scalar.optional().describe('The value found is this one, of the same type. Example: ok.'),
    matches: pattern.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, { error: 'give at least one of above, below, equals, matches' });

export const httpCheckSchema = z
  .strictObject({
    url: requestUrl('https://example.com/health').describe(
      'What to ask. At most 5 redirects are followed, unless the expected status is one. Example: https://shop.example/healthz.',
    ),
    method: z.enum(['GET', 'HEAD', 'POST']).default('GET').describe('Method of the request. Example: POST.'),
    headers: requestHeaders('SMOKE_TOKEN'),
    body: z.string().max(100_000).optional().describe('Body to send; only with POST. Example: q=shoes.'),
    status: z.int().min(100).max(599).default(200).describe('Status that the answer must have. Example: 204.'),
    json: z
      .record(jsonPath('$.status or $.checks[0].ok'), z.union([scalar, comparison]))
      .default({})
      .describe(
        'What must hold for every value that a JSONPath selects in the body; it must select at least one. Example: {$.status: ok, $.queue: {below: 100}}.',
      ),
    header: z
      .record(headerName, z.union([z.string(), z.strictObject({ matches: pattern })]))
      .default({})
      .describe(
        'What the headers of the answer must be: the exact text, or what it matches. Example: {content-type: {matches: json}}.',
      ),
    latency: z
      .strictObject({ below: duration({ min: 1 }).describe('Upper limit, not reached. Example: 300ms.') })
      .optional()
      .describe('How long the answer may take, from the request to its last byte. Example: {below: 300ms}.'),
    timeout: duration({ min: 1 }).prefault('5s').describe('How long one try waits for the whole answer. Example: 10s.'),
    retries: z
      .int()
      .min(0)
      .max(100)
      .default(0)
      .describe('How many more tries there are until everything holds. Example: 5.'),
    every: duration().prefault('1s').describe('Wait between two tries. Example: 2s.'),
  })
  .refine((config) => config.body === undefined || config.method === 'POST', {
    error: 'a body needs method: POST',
    path: ['body'],
  })
  .describe('An HTTP request and what its answer must be.');

export type HttpCheckConfig = z.infer<typeof httpCheckSchema>;
export type Comparison = z.infer<typeof comparison>;
export type Scalar = z.infer<typeof scalar>;
