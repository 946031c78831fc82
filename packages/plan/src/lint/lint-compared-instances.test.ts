import { expect, test } from 'vitest';
import { z } from 'zod';
import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { createPlanLanguage } from '../schema/language.ts';
import { testCatalogue } from '../testing/catalogue.ts';
import { withSteps } from '../testing/problems.ts';

const per = z.string().optional().describe('What is counted. Example: visitor.');
const ratio = z.string().describe('Which answers are bad. Example: server-errors.');
const quantile = z.number().describe('Which latency. Example: 0.99.');
const { prometheus } = testCatalogue.metricSources;
const language = createPlanLanguage({
  ...testCatalogue,
  routers: { builtin: { tellsInstances: true, schema: z.strictObject({}) }, plain: { schema: z.strictObject({}) } },
  metricSources: {
    router: {
      shards: { kind: 'live' },
      schema: z.union([z.strictObject({ ratio, per }), z.strictObject({ quantile })]),
    },
    past: { shards: { kind: 'past' }, schema: z.strictObject({ ratio }) },
    ...(prometheus === undefined ? {} : { prometheus }),
  },
});

const judged = (judge: string, strategy: string): string =>
  `- rollout: production\n  strategy: ${strategy}\n  judge: ${judge}\n  steps: [{ weight: 100, hold: 1s }]`;

/** What is wrong with a rollout in production, where `errors` is counted so behind this router. */
function problemsOf(
  judge: string,
  { router = 'builtin', metric = 'ratio: server-errors', from = 'router', instances = 7, strategy = 'canary' } = {},
) {
  const text = withSteps(judged(judge, strategy))
    .replace('instances: 3 } }, router: { builtin: {} } }', `instances: ${instances} } }, router: { ${router}: {} } }`)
    .replace('from: router, ratio: server-errors', `from: ${from}, ${metric}`);
  const result = parsePlan(text, { file: 'p', language });
  return (result.ok ? result.warnings : result.problems).map(formatProblem);
}

const INSTANCES = '{ errors: { compare: instances } }';
const expected = ', expected "compare: requests"';

test('errors may be compared instance with instance', () => {
  expect(problemsOf(INSTANCES)).toEqual([]);
});

test.each([
  ['{ latency: { compare: instances } }', {}, 'latencies are not compared instance with instance'],
  [
    '{ errors: { compare: instances, better: higher } }',
    {},
    'what is better when it is higher is compared by requests',
  ],
  [INSTANCES, { router: 'plain' }, 'the router "plain" of "production" does not tell instances apart'],
  [
    INSTANCES,
    { metric: 'ratio: server-errors, per: visitor' },
    '"errors" is counted per visitor, and visitors have no instance',
  ],
  [INSTANCES, { metric: 'ratio: mirror-differences' }, 'a difference is one between two versions, and has no instance'],
  [INSTANCES, { from: 'past' }, 'the source "past" of "errors" does not tell instances apart as they stand'],
])('%s: %o is refused', (judge, how, message) => {
  const problems = problemsOf(judge, how).map((problem) => problem.replace(/^p:\d+:\d+: /, ''));
  expect(problems).toContain(`${message}${expected}`);
});

test.each([
  ['dispersion: 2', '"dispersion" is for requests, and "compare" is instances'],
  ['skew: 1s', '"skew" is for requests, and "compare" is instances'],
])('%s beside it means nothing', (key, message) => {
  expect(problemsOf(`{ errors: { compare: instances, ${key} } }`)).toEqual([`p:15:48: ${message}`]);
});

test('too few instances, a limit, and copies of requests are refused', () => {
  const says = (judge: string, how = {}) => problemsOf(judge, how).join('\n');
  expect(says(INSTANCES, { instances: 6 })).toContain(
    '6 instances of each version in "production" are too few for anything to be found by comparing them, expected at least 7',
  );
  expect(says('{ errors: { compare: instances, limit: 1% } }')).toContain('a "limit" counts requests');
  expect(says(INSTANCES, { strategy: 'dark-launch' })).toContain(
    'what copies of requests show is not told apart by instance',
  );
  expect(says(INSTANCES, { strategy: 'rolling' })).toContain('a rolling rollout begins with too few instances');
});
