import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const judged = (judge: string, more = ''): string =>
  `- rollout: production\n  strategy: canary\n  judge: ${judge}\n  steps: [{ weight: 100, hold: 1s }]${more}`;

test.each([
  '[errors]',
  '[errors, latency]',
  '{ errors: {} }',
  '{ errors: { times: 1.5, plus: 0.5%, limit: 1%, weight: 2, dispersion: 3, skew: 2s }, latency: { plus: 20ms, limit: 800ms } }',
  '{ errors: { better: higher, times: 1.05 } }',
])('metrics may be judged as %s', (judge) => {
  expect(problemsIn(withSteps(judged(judge)))).toEqual([]);
});

test.each([
  ['[errors, error]', '15:25: there is no metric "error", did you mean "errors"?'],
  ['{ error: {} }', '15:18: there is no metric "error", did you mean "errors"?'],
  ['[errors, errors]', '15:25: "errors" is listed twice'],
  ['{ errors: { plus: 20ms } }', '15:34: "plus" is 20ms, but this metric is a share, expected such as 0.5%'],
  ['{ latency: { limit: 1% } }', '15:36: "limit" is 1%, but this metric is a latency, expected such as 20ms'],
  [
    '{ errors: { better: higher, limit: 1% } }',
    '15:44: what is better when it is higher has no "limit": its margin is a factor alone, expected "times"',
  ],
  ['{ latency: { better: higher } }', '15:37: a latency is never better when it is higher'],
  ['{ errors: { skew: 11s } }', '15:34: "skew" is 11s, expected at most 10s'],
  ['{ errors: { times: 0.9 } }', '15:35: "times" is 0.9, expected at least 1'],
])('metrics may not be judged as %s', (judge, problem) => {
  expect(problemsIn(withSteps(judged(judge)))).toEqual([problem]);
});

test.each([
  ['early-promotion: true', '17:9: "early-promotion" is about metrics that are judged, expected "judge"'],
  ['warm-up: 30s', '17:9: "warm-up" is about metrics that are judged, expected "judge"'],
])('%s means nothing where no metric is judged', (key, problem) => {
  const step = `- soak: staging\n  for: 1h\n  while: ['errors.new < 1']\n  ${key}`;
  const line = problem.replace('17:', '16:');
  expect(problemsIn(withSteps(step))).toEqual([line]);
});

test('a soak is judged by something', () => {
  expect(problemsIn(withSteps('- soak: staging\n  for: 1h'))).toEqual([
    '13:9: nothing judges the version that soaks, expected "judge" with at least one metric, or "while" with at least one condition',
  ]);
});

test.each([
  ['{ errors: { limit: 1% } }', []],
  [
    '[errors]',
    [
      '15:17: what soaks is compared with nothing, so "errors" needs a "limit", expected such as { errors: { limit: 1% } }',
    ],
  ],
  [
    '{ errors: { times: 2 } }',
    [
      '15:26: what soaks is compared with nothing, so "errors" needs a "limit", expected such as { errors: { limit: 1% } }',
    ],
  ],
])('a soak may be held to limits: %s', (judge, problems) => {
  expect(problemsIn(withSteps(`- soak: staging\n  for: 1h\n  judge: ${judge}`))).toEqual(problems);
});

test('a warm-up ends before what is watched does', () => {
  expect(problemsIn(withSteps(judged('[errors]', '\n  warm-up: 999ms')))).toEqual([]);
  expect(problemsIn(withSteps(judged('[errors]', '\n  warm-up: 1s')))).toEqual([
    '17:18: the warm-up of 1s is as long as what is watched, so that nothing would be compared, expected less than 1s',
  ]);
});

test('silence that is shorter than two looks is refused where the looks follow from the length', () => {
  const soak = "- soak: staging\n  for: 7d\n  while: ['errors.new < 1']";
  expect(problemsIn(withSteps(soak))).toEqual([]);
  expect(problemsIn(withSteps(`${soak}\n  silence: 1m`))).toEqual([
    '16:18: silence is 1m, with a look every 1m24s: one late reading would count as broken telemetry, expected at least twice as long as every',
  ]);
});

test.each([
  ['', 1, 'instance'],
  [', instances: 2', 2, 'instances'],
])('fewer than three instances of a version are warned of: %j', (instances, count, word) => {
  const plan = withSteps(judged('[errors]')).replace(', instances: 3', instances);
  expect(problemsIn(plan)).toEqual([
    `13:18: warning: with ${count} ${word} of a version in "production" a bad machine cannot be told from a bad version, expected at least 3 "instances"`,
  ]);
});

test('nothing is said of instances where a target does not count them, or nothing is judged', () => {
  const plan = withSteps(judged('[errors]')).replace('process: { command: [a], instances: 3 }', 'static: {}');
  expect(problemsIn(plan)).toEqual([]);
  const conditions = withSteps(judged('[errors]')).replace('judge: [errors]', "while: ['errors.new < 1']");
  expect(problemsIn(conditions.replace(', instances: 3', ''))).toEqual([]);
});

test.each(['blue-green', 'big-bang'])('a %s rollout can be held to limits alone', (strategy) => {
  const plan = (judge: string) => withSteps(judged(judge).replace('canary', strategy));
  expect(problemsIn(plan('{ errors: { limit: 1% } }'))).toEqual([]);
  expect(problemsIn(plan('[errors]'))).toEqual([
    `15:17: a ${strategy} rollout is compared with nothing, so "errors" needs a "limit", expected such as { errors: { limit: 1% } }`,
  ]);
});

test('the clocks of a latency are one clock', () => {
  expect(problemsIn(withSteps(judged('{ latency: { skew: 2s } }')))).toEqual([
    '15:35: latencies are compared without a skew, expected one source that measures both versions',
  ]);
});
