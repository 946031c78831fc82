import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { headerName, jsonPath } from '../../http/http-keys.ts';
import { pattern } from '../../http/pattern.ts';
import { headerExpectation, jsonExpectation } from './condition-schema.ts';
import { variableName } from './template.ts';

const text = z.string().max(100_000);
const url = z.string().min(1).max(2000);

/** What captured values and those of `with` are called. */
export const variable = z.string().regex(variableName, { error: 'is not a name: write letters, digits, _ and -' });

export const baseUrl = z.string().regex(/^https?:\/\/[^\s/@?#]+[^\s?#]*$/, {
  error: 'write an http or https URL without user name or query, like https://shop.example',
});

const status = z.union(
  [z.int().min(100).max(599), z.string().regex(/^[1-5]xx$/, { error: 'write a status like 200, or a class like 2xx' })],
  {
    error: 'write a status like 200, or a class like 2xx',
  },
);

const expectation = z.strictObject({
  status: z
    .union([status, z.array(status).min(1).max(20)], { error: 'write a status like 200, a class like 2xx, or a list' })
    .optional()
    .describe(
      'Status that the answer must have: a number, a class, or a list of them. Redirects are followed, unless one is expected. Default: 2xx, with redirect 3xx. Example: [200, 204].',
    ),
  headers: z
    .record(headerName, headerExpectation)
    .default({})
    .describe('What headers of the answer must be. Default: {}. Example: {cache-control: {contains: no-store}}.'),
  json: z
    .record(jsonPath('$.status or $.items[0].id'), jsonExpectation)
    .default({})
    .describe(
      'What must hold for every value that a JSONPath (RFC 9535) selects in the body; where it selects none, nothing holds but exists: false. Default: {}. Example: {$.status: ok, $.items: {length: {above: 0}}}.',
    ),
  body: z
    .strictObject({
      contains: z
        .union([text.min(1), z.array(text.min(1)).min(1).max(20)])
        .optional()
        .describe('Texts that the body must hold. Default: any. Example: Welcome back.'),
      matches: pattern.optional(),
    })
    .default({})
    .describe('What the text of the body must be. Default: {}. Example: {contains: Welcome}.'),
  within: duration({ min: 1 })
    .optional()
    .describe(
      'Longest time from the request to the last byte, redirects included; with times, 95 % of the answers keep to it. Default: any. Example: 200ms.',
    ),
  redirect: url
    .optional()
    .describe(
      'Exact URL that the answer must redirect to; a path is taken from the base. Default: any. Example: /dashboard.',
    ),
});

const capture = z.union(
  [
    jsonPath('$.access_token'),
    z
      .strictObject({
        json: jsonPath('$.access_token')
          .optional()
          .describe('JSONPath of the one value in the body. Default: none. Example: $.access_token.'),
        header: headerName.optional().describe('Header of the answer. Default: none. Example: location.'),
        cookie: z
          .string()
          .min(1)
          .optional()
          .describe('Cookie that the answers have set so far. Default: none. Example: XSRF-TOKEN.'),
        body: pattern
          .optional()
          .describe(
            'Regular expression whose first group, or whole match, is taken from the body; in HTML, references like &amp; are resolved. Default: none. Example: \'name="csrf" value="([^"]+)"\'.',
          ),
        secret: z
          .boolean()
          .optional()
          .describe(
            'Whether the value is kept out of the evidence. Default: true for a cookie, and where the name or the place speaks of a token, password, session or the like. Example: true.',
          ),
      })
      .refine((given) => Object.keys(given).filter((key) => key !== 'secret').length === 1, {
        error: 'give one of json, header, cookie and body',
      }),
  ],
  { error: 'write a JSONPath like $.access_token, or one of json, header, cookie and body' },
);

const requestBody = z.union(
  [
    z
      .strictObject({ json: z.unknown().describe('Sent as JSON. Default: none. Example: {cart: [1, 2]}.') })
      .refine((given) => given.json !== undefined),
    z.strictObject({
      form: z
        .record(z.string().min(1), text)
        .describe('Sent as a form. Default: none. Example: {user: smoke, password: "{{ password }}"}.'),
    }),
    z.strictObject({ text: text.describe('Sent as it is. Default: none. Example: ping.') }),
  ],
  { error: 'write one of json, form and text' },
);

export const suiteRequest = z
  .strictObject({
    name: z.string().min(1).max(100).describe('What the evidence calls the request. Example: sign in.'),
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
      .default('GET')
      .describe('Method of the request. Default: GET. Example: POST.'),
    url: url.describe(
      'What to ask: a path, which is put behind the base, or a whole URL. Templates stand for captured values. Example: /orders/{{ order }}.',
    ),
    headers: z
      .record(headerName, z.string().max(10_000))
      .default({})
      .describe('Headers to send. Default: {}. Example: {authorization: "Bearer {{ token }}"}.'),
    body: requestBody
      .optional()
      .describe('Body to send, as json, form or text. Default: none. Example: {json: {cart: [1, 2]}}.'),
    expect: expectation
      .prefault({})
      .describe('What the answer must be; of status 2xx where nothing is said. Example: {status: 201, within: 200ms}.'),
    capture: z
      .record(variable, capture)
      .default({})
      .describe('Values that later requests use, by name. Default: {}. Example: {token: $.access_token}.'),
    times: z
      .int()
      .min(1)
      .max(20)
      .default(1)
      .describe('How often it is asked; every answer must be as expected. Default: 1. Example: 5.'),
    'retry-until': duration({ min: 1, max: 3_600_000 })
      .optional()
      .describe('How long it is asked again until the answer is as expected: a warm-up. Default: not. Example: 30s.'),
    timeout: duration({ min: 1 })
      .prefault('10s')
      .describe('How long one answer may take at all. Default: 10s. Example: 5s.'),
  })
  .refine((request) => request.body === undefined || !['GET', 'HEAD'].includes(request.method), {
    error: 'a body needs another method, like POST',
    path: ['body'],
  });

export const suiteRequests = z.array(suiteRequest).min(1).max(50);

export const suiteSchema = z.strictObject({
  base: baseUrl
    .optional()
    .describe(
      "URL that paths are put behind; the plan's base takes its place. Default: none. Example: https://shop.example.",
    ),
  requests: suiteRequests.describe('The requests, in order. Example: [{name: home, url: /}].'),
});

export type Suite = z.infer<typeof suiteSchema>;
export type SuiteRequest = z.infer<typeof suiteRequest>;
export type Expectation = z.infer<typeof expectation>;
export type Capture = z.infer<typeof capture>;
