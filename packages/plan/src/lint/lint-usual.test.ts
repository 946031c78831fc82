import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const rollout = (judge: string): string =>
  `- rollout: production\n  strategy: canary\n  judge: ${judge}\n  steps: [{ weight: 100, hold: 1s }]`;

test.each([
  '{ errors: { usual: 0.3%, traffic: 120/h } }',
  '{ errors: { usual: 0% } }',
  '{ errors: { usual: 3%, better: higher } }',
  '{ errors: { usual: 0.3%, limit: 1% } }',
  '{ latency: { usual: 300ms } }',
  '{ latency: { usual: 300ms, usual-median: 60ms, limit: 1s } }',
])('what is usual may be told as %s', (judge) => {
  expect(problemsIn(withSteps(rollout(judge)))).toEqual([]);
});

test.each([
  ['{ errors: { usual: 30ms } }', '15:35: "usual" is 30ms, but this metric is a share, expected such as 0.5%'],
  ['{ latency: { usual: 1% } }', '15:36: "usual" is 1%, but this metric is a latency, expected such as 300ms'],
  [
    '{ errors: { usual: 3 } }',
    '15:35: "usual" is 3, expected a share such as 0.3%, or for a latency a time such as 300ms',
  ],
  ['{ errors: { usual: 0%, better: higher } }', '15:35: what is better when it is higher cannot become less than 0%'],
  [
    '{ errors: { usual: 1%, usual-median: 60ms } }',
    '15:39: a share has no median: "usual-median" is about latencies, expected "usual"',
  ],
  ['{ latency: { usual-median: 60ms } }', '15:29: "usual-median" says nothing alone, expected "usual" beside it'],
  [
    '{ latency: { usual: 60ms, usual-median: 60ms } }',
    '15:56: "usual-median" is 60ms, expected above 0ms and below 60ms',
  ],
  ['{ latency: { usual: 0ms } }', '15:36: no answer takes 0ms, expected at least 1ms'],
  [
    '{ errors: { traffic: 120 } }',
    '15:37: "traffic" is 120, expected how many requests come in a time, such as 50/s, 3000/min or 1800/h',
  ],
  [
    '{ errors: { usual: 1%, limit: 1% } }',
    '15:46: warning: the old version usually shows 1%, which is not below the limit of 1%, expected more than 1%',
  ],
])('what is usual may not be told as %s', (judge, problem) => {
  expect(problemsIn(withSteps(rollout(judge)))).toEqual([problem]);
});

test('a latency that is judged at its median has no other one', () => {
  const text = withSteps(rollout('{ latency: { usual: 300ms, usual-median: 60ms } }')).replace('0.99', '0.5');
  expect(problemsIn(text)).toEqual(['15:43: the metric is its own median at quantile 0.5, expected "usual" alone']);
});

test('a soak reads none of it', () => {
  const soak = '- soak: staging\n  for: 1h\n  judge: { errors: { limit: 1%, usual: 0.3%, traffic: 5/s } }';
  expect(problemsIn(withSteps(soak))).toEqual([
    '15:39: "usual" tells what a rollout can find, and this is a soak',
    '15:52: "traffic" tells what a rollout can find, and this is a soak',
  ]);
});
