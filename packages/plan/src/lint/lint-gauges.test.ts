import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const METRICS = 'metrics: { memory: { from: prometheus, value: rss }, queue: { from: prometheus, value: jobs },';
const problemsOf = (step: string) => problemsIn(withSteps(step).replace('metrics: {', METRICS));

const LEAN = "'memory.new < 1.5 * memory.old'";
const rollout = (common: string, more = '', stage = ''): string =>
  `- rollout: production\n  strategy: canary\n  ${common}\n  steps: [{ weight: 50, hold: 1s${stage} }, { weight: 100, hold: 1s }]${more}`;
const UNCOUNTED =
  '13:9: gauges count no requests: nobody would know whether the new version answered the 100 that "min-samples" asks for, expected a condition or a judge on a metric that counts, or min-samples: 0';

test.each([
  ['with a condition on what counts', rollout(`while: [${LEAN}, 'errors.new < 0.1']`)],
  ['in one condition with what counts', rollout(`while: ['memory.new < 9.0 && errors.new < 0.1']`)],
  ['beside a judge', rollout(`while: [${LEAN}]\n  judge: [errors]`)],
  ['where no requests are asked for', rollout(`while: [${LEAN}]`, '\n  min-samples: 0')],
  ['in a stage', rollout(`while: ['errors.new < 0.1']`, '', `, while: [${LEAN}]`)],
  ['in a soak', `- soak: staging\n  for: 1s\n  min-samples: 0\n  while: [${LEAN}]`],
])('gauges may be read %s', (_, step) => {
  expect(problemsOf(step)).toEqual([]);
});

test.each([
  ['in a rollout', rollout(`while: [${LEAN}, 'queue.new < 100.0']`)],
  ['in a soak', `- soak: staging\n  for: 1s\n  while: [${LEAN}]`],
])('gauges alone do not answer for requests %s', (_, step) => {
  expect(problemsOf(step)).toEqual([UNCOUNTED]);
});

test.each([
  ['[errors, memory]', '15:25'],
  ['{ memory: { times: 1.5 } }', '15:18'],
])('a gauge is not judged as %s: no promise holds for it', (judge, place) => {
  const step = `- rollout: production\n  strategy: canary\n  judge: ${judge}\n  steps: [{ weight: 100, hold: 1s }]`;
  const message =
    '"memory" is a gauge, and what "judge" promises about false alarms does not hold for one, expected "gauges", or a condition on it in "while"';
  expect(problemsOf(step)).toEqual([`${place}: ${message}`]);
});
