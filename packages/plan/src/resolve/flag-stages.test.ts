import { describe, expect, test } from 'vitest';
import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { planJsonSchema } from '../json-schema.ts';
import { testLanguage } from '../testing/catalogue.ts';
import { timeline } from '../timeline/timeline.ts';
import { planOf } from '../testing/problems.ts';

const text = (segments: string, steps: string, keys = ''): string => `launch: shop
artifact: { name: shop, version: 1.0.0 }
environments: { production: { tier: production } }
metrics: { orders: { from: prometheus, query: q } }
segments: ${segments}
phases:
  - phase: main
    steps:
      - { rollout: production, by: flag, flag: one-click, while: ["orders.new < 1"], steps: ${steps}${keys} }
`;
const plan = (segments: string, steps: string, keys?: string) => planOf(text(segments, steps, keys));

describe('a rollout by flag', () => {
  const steps =
    '[{ segment: internal, hold: 10m }, { segment: beta, hold: 1h }, { weight: 25, of: internal, hold: 0s }, { weight: 0.5, hold: 1s }]';
  const rule = { ends_with: [{ var: 'email' }, '@shop'] };
  const resolved = plan(
    '{ internal: { email: { ends-with: "@shop" } } }',
    steps.replace(', { weight: 25, of: internal, hold: 0s }', ''),
  );

  test('is told with its defaults, the segments of the plan as rules, the others by name', () => {
    expect(resolved.steps['rollout-one-click']).toMatchObject({
      kind: 'rollout',
      strategy: 'flag',
      title: 'Ramp one-click in production',
      environment: 'production',
      flag: 'one-click',
      variant: 'on',
      cohort: 'one-click',
      onFail: 'rollback',
      attempts: 5,
      timeout: 60_000,
      stages: [
        { audience: { kind: 'rule', name: 'internal', rule }, hold: 600_000 },
        { audience: { kind: 'segment', segment: 'beta' }, hold: 3_600_000 },
        { audience: { kind: 'share', percent: 0.5, of: null }, hold: 1_000 },
      ],
    });
    expect(resolved.environments['production']).toMatchObject({ target: null, router: null });
  });

  test('has conditions of its own and of each step', () => {
    const step = plan('{}', '[{ weight: 50, hold: 1s, while: ["orders.new < 0.5"] }, { weight: 100, hold: 1s }]').steps[
      'rollout-one-click'
    ];
    const cels =
      step?.kind === 'rollout' ? step.stages.map(({ judging }) => judging.conditions.map(({ cel }) => cel)) : [];
    expect(cels).toEqual([['orders.new < 1', 'orders.new < 0.5'], ['orders.new < 1']]);
  });

  test('says on the time-line who comes to it, and how it is taken back', () => {
    const [entry] = timeline(resolved, 0);
    expect(entry).toMatchObject({
      effect: 'executive',
      touchesProduction: true,
      leastMs: 4_201_000,
      wayBack: 'switch one-click off for everybody',
      stages: [
        { weight: null, audience: { name: 'internal' } },
        { weight: null, audience: { segment: 'beta' } },
        { weight: 0.5, audience: { percent: 0.5 } },
      ],
    });
  });
});

test.each<[attributes: string, rule: unknown]>([
  ['{ plan: pro }', { '===': [{ var: 'plan' }, 'pro'] }],
  ['{ beta: true }', { '===': [{ var: 'beta' }, true] }],
  ['{ country: [FR, BE] }', { in: [{ var: 'country' }, ['FR', 'BE']] }],
  ['{ email: { ends-with: "@shop" } }', { ends_with: [{ var: 'email' }, '@shop'] }],
  ['{ targetingKey: { starts-with: t- } }', { starts_with: [{ var: 'targetingKey' }, 't-'] }],
  ['{ app: { version: ">= 2.1.0" } }', { sem_ver: [{ var: 'app' }, '>=', '2.1.0'] }],
  ['{ app: { version: 2.1.0-rc.1 } }', { sem_ver: [{ var: 'app' }, '=', '2.1.0-rc.1'] }],
  ['{ country: { not: FR } }', { '!': [{ '===': [{ var: 'country' }, 'FR'] }] }],
  ['{ country: { not: [FR, BE] } }', { '!': [{ in: [{ var: 'country' }, ['FR', 'BE']] }] }],
  ['{ email: { not: { ends-with: "@shop" } } }', { '!': [{ ends_with: [{ var: 'email' }, '@shop'] }] }],
  ['{ country: FR, level: 3 }', { and: [{ '===': [{ var: 'country' }, 'FR'] }, { '===': [{ var: 'level' }, 3] }] }],
])('the segment %s is a rule', (attributes, rule) => {
  const step = plan(`{ some: ${attributes} }`, '[{ segment: some, hold: 1s }]').steps['rollout-one-click'];
  expect(step?.kind === 'rollout' ? step.stages[0] : null).toMatchObject({
    audience: { kind: 'rule', name: 'some', rule },
  });
});

test.each<[segments: string, problem: string]>([
  ['{ some: {} }', '5:19: "some" is a map, expected 1 to 20 attributes'],
  [
    '{ some: { app: { version: ">=2" } } }',
    '5:37: "version" is ">=2", expected a comparison with a version, such as ">=2.1.0"',
  ],
  ['{ a.b: { x: 1 } }', '5:13: the name "a.b" has the wrong form, expected the name of a segment, such as internal'],
])('the segments %s are refused', (segments, problem) => {
  const result = parsePlan(text(segments, '[{ weight: 100, hold: 1s }]'), { file: 'p', language: testLanguage });
  const errors = result.ok ? [] : result.problems.map((found) => formatProblem(found).slice(2));
  expect(errors).toEqual([problem]);
});

test('an editor knows both forms of a rollout', () => {
  const schema = JSON.stringify(planJsonSchema(testLanguage));
  expect(schema).toContain('rollout by flag');
  expect(schema).toContain('"const":"flag"');
});
