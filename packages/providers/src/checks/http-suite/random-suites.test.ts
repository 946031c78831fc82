import type { HttpClient, HttpResponse } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  expectBoundedEvidence,
  expectNamedError,
  expectNoSecrets,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { httpSuiteCheck } from './index.ts';

/** CI makes 10,000. */
const RUNS = Number(process.env['SLIPWAY_FUZZ_RUNS'] ?? 1_000);
const SEED = Number(process.env['SLIPWAY_FUZZ_SEED'] ?? 20_261_124);
const SECRET = 'top-secret-value';
const PATHS = ['$', '$.a', '$..b', '$.list[*]', "$[?@.a == 'x']", '$.token'];
const NAMES = ['a', 'b', 'token', 'constructor'];

const scalar = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('${a}', '${password}'),
);
const condition = fc.oneof(
  scalar,
  fc
    .record(
      {
        equals: scalar,
        not: scalar,
        above: fc.double({ noNaN: true, noDefaultInfinity: true }),
        below: fc.integer(),
        exists: fc.boolean(),
        length: fc.nat(5),
        matches: fc.constantFrom('^x', 'a+'),
      },
      { requiredKeys: [] },
    )
    .map((given) => (Object.keys(given).length === 0 ? { exists: true } : given)),
);
const request = fc.record(
  {
    name: fc.string({ minLength: 1, maxLength: 10 }),
    method: fc.constantFrom('GET', 'POST'),
    url: fc.constantFrom('/', '/x?q=1', '/${a}', '${b}', 'https://other.example/', '/${password}', '/${token}'),
    headers: fc.constantFrom({}, { 'x-a': '${a}' }, { authorization: 'Bearer ${password}' }),
    body: fc.constantFrom(undefined, { json: { a: '${a}' } }, { form: { p: '${password}' } }, { text: 'x' }),
    times: fc.integer({ min: 1, max: 3 }),
    expect: fc.record(
      {
        status: fc.constantFrom(200, '2xx', [200, '3xx'], 302),
        headers: fc.dictionary(
          fc.constantFrom('x-a', 'location', 'set-cookie'),
          fc.oneof(fc.string(), fc.constant({ not: '${b}' })),
        ),
        json: fc.dictionary(fc.constantFrom(...PATHS), condition),
        body: fc.constantFrom({}, { contains: 'x' }, { matches: '^(a+)$' }, { contains: ['${password}', '${a}'] }),
        within: fc.constantFrom('1ms', '10s'),
        redirect: fc.constantFrom('/', 'https://other.example/x', '${a}'),
      },
      { requiredKeys: [] },
    ),
    capture: fc.dictionary(
      fc.constantFrom(...NAMES),
      fc.constantFrom(
        '$.a',
        '$',
        { header: 'location' },
        { cookie: 'sid' },
        { body: 'a(.*)' },
        { body: '(x)?', secret: true },
      ),
    ),
  },
  { requiredKeys: ['name', 'url'] },
);

/** What the schema would refuse is made right: the runs are for what comes after it. */
const suite = fc
  .array(request, { minLength: 1, maxLength: 3 })
  .map((requests) => [
    { name: 'first', url: '/', capture: { a: '$.a', b: '$.b', token: '$.token' } },
    ...requests.map((given) => (given.body === undefined ? given : { ...given, method: 'POST' })),
  ]);

const body = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.string(),
  fc.constantFrom(
    '',
    'NaN',
    '{"a":1e999}',
    '{"a":"x","b":[null],"list":[1,"x"]}',
    `{"token":"${SECRET}","a":"${SECRET}"}`,
    '['.repeat(9000),
  ),
);
const answer = fc.record({
  status: fc.constantFrom(200, 204, 302, 307, 404, 500),
  headers: fc.dictionary(
    fc.constantFrom('location', 'set-cookie', 'content-type', 'x-a'),
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        '/',
        'http://[',
        'javascript:1',
        'https://elsewhere.example/',
        `sid=${SECRET}; Path=/`,
        'a=1, b=2; Expires=x',
      ),
    ),
  ),
  body,
  cut: fc.boolean(),
  milliseconds: fc.constant(1),
});

/** Gives the answers in turn; null: none. */
function answering(answers: readonly (HttpResponse | null)[]): HttpClient {
  let next = 0;
  return {
    request: async () => {
      const given = answers[next % answers.length] ?? null;
      next += 1;
      if (given === null) throw new RetryableError('no answer');
      return given;
    },
  };
}

it(
  'random suites with random answers end in evidence or a named error, and never show a secret',
  { timeout: 900_000 },
  async () => {
    let ran = 0;
    const property = fc.asyncProperty(
      suite,
      fc.array(fc.option(answer, { freq: 8 }), { minLength: 1, maxLength: 4 }),
      async (requests, answers) => {
        const given = {
          base: 'https://shop.example',
          with: { password: { env: 'PASSWORD' } },
          hosts: ['other.example'],
          requests,
        };
        const parsed = httpSuiteCheck.schema.safeParse(given);
        if (!parsed.success) return;
        ran += 1;
        const context = createTestContext({ secrets: { PASSWORD: SECRET }, http: answering(answers), now: () => 0 });
        const outcome = await httpSuiteCheck.run(parsed.data, contextFor(httpSuiteCheck.needs, context)).then(
          (result) => ({ result }),
          (error: unknown) => ({ error }),
        );
        expectNoSecrets(outcome, { SECRET });
        if ('error' in outcome) return expectNamedError(outcome.error);
        const { verdict, evidence } = outcome.result;
        expectBoundedEvidence(evidence);
        expect(verdict).toBe(evidence.items.every((item) => item.verdict === 'pass') ? 'pass' : 'fail');
      },
    );
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect(ran).toBeGreaterThan(RUNS * 0.95);
  },
);
