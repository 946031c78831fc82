import { expect, test } from 'vitest';
import { z } from 'zod';
import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { createPlanLanguage } from '../schema/language.ts';
import { testCatalogue } from '../testing/catalogue.ts';
import { withSteps } from '../testing/problems.ts';

const sticky = z.looseObject({}).optional().describe('What clients are recognised by. Example: {cookie: visitor}.');
const per = z.string().optional().describe('What is counted. Example: visitor.');
const ratio = z.string().describe('Which answers are bad. Example: server-errors.');
const quantile = z.number().describe('Which latency. Example: 0.99.');
const language = createPlanLanguage({
  ...testCatalogue,
  routers: {
    builtin: { tellsVisitors: true, schema: z.strictObject({ sticky }) },
    plain: { schema: z.strictObject({ sticky }) },
  },
  metricSources: {
    router: { schema: z.union([z.strictObject({ ratio, per }), z.strictObject({ quantile })]) },
  },
});

const rollout = (judge: string): string =>
  `- rollout: production\n  strategy: canary\n  judge: ${judge}\n  steps: [{ weight: 100, hold: 1s }]`;

/** What is wrong with a step in production, where `errors` is counted so behind this router. */
function problemsOf(step: string, { router, metric }: { router: string; metric: string }): readonly string[] {
  const text = withSteps(step)
    .replace('instances: 3 } }, router: { builtin: {} } }', `instances: 3 } }, router: ${router} }`)
    .replace('ratio: server-errors }', `ratio: server-errors${metric} }`);
  const result = parsePlan(text, { file: 'p', language });
  return (result.ok ? result.warnings : result.problems).map(formatProblem);
}

const expected = 'expected the router builtin with sticky: { cookie: NAME }, or per: request';
const soak = '- soak: production\n  for: 1h\n  judge: { errors: { limit: 1% } }';

test.each([
  ['p:15:17', rollout('[errors, latency]'), 'builtin', '{ builtin: {} }'],
  ['p:15:18', rollout('{ errors: {} }'), 'builtin', '{ builtin: { sticky: { header: x-user } } }'],
  ['p:15:17', rollout('[errors]'), 'plain', '{ plain: { sticky: { cookie: sid } } }'],
  ['p:15:18', soak, 'builtin', '{ builtin: {} }'],
])('%s: what is judged per visitor behind a router that knows none is refused', (place, step, name, router) => {
  expect(problemsOf(step, { router, metric: ', per: visitor' })).toEqual([
    `${place}: "errors" is counted per visitor, and the router "${name}" of "production" knows none, ${expected}`,
  ]);
});

test.each([
  ['a cookie tells visitors apart', rollout('[errors]'), '{ builtin: { sticky: { cookie: sid } } }', ', per: visitor'],
  ['requests are counted', rollout('[errors]'), '{ builtin: {} }', ', per: request'],
  ['the metric is not judged', rollout('[latency]'), '{ builtin: {} }', ', per: visitor'],
])('it is right where %s', (_what, step, router, metric) => {
  expect(problemsOf(step, { router, metric })).toEqual([]);
});
