import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const METRICS =
  'metrics: { memory: { from: prometheus, value: rss, unit: MB }, queue: { from: prometheus, value: jobs },';
const problemsOf = (step: string) => problemsIn(withSteps(step).replace('metrics: {', METRICS));

const canary = (gauges: string, more = '', hold = '10m'): string =>
  `- rollout: production\n  strategy: canary\n  gauges: ${gauges}\n  while: ['errors.new < 0.1']\n  steps: [{ weight: 50, hold: ${hold} }, { weight: 100, hold: 10m }]${more}`;
const soak = (gauges: string, length = '1h'): string =>
  `- soak: staging\n  for: ${length}\n  gauges: ${gauges}\n  min-samples: 0`;

test.each([
  ['by their names', canary('[memory, queue]')],
  ['by name how', canary('{ memory: { below: 1500, times: 1.5, rising: hold }, queue: { below: 1000 } }')],
  ['between limits', canary('{ memory: { below: 1500, above: 100, rising: ignore } }', '', '3s')],
  ['below nothing', canary('{ memory: { below: -3 } }')],
  ['by their limit alone', canary('{ memory: { below: 1500, rising: ignore } }', '', '3s')],
  ['in a soak, where nothing else judges', soak('[memory]')],
  [
    'in a rollout, where nothing else judges',
    '- rollout: production\n  strategy: canary\n  gauges: [memory]\n  min-samples: 0\n  steps: [{ weight: 100, hold: 10m }]',
  ],
  [
    'in a dark launch, against the old version',
    "- rollout: production\n  strategy: dark-launch\n  gauges: { memory: { times: 2 } }\n  while: ['errors.new < 0.1']\n  steps: [{ weight: 100, hold: 10m }]",
  ],
])('gauges may be watched %s', (_, step) => {
  expect(problemsOf(step)).toEqual([]);
});

test.each([
  ['[memory, memroy]', '15:26: there is no metric "memroy", did you mean "memory"?'],
  ['{ memroy: { below: 3 } }', '15:19: there is no metric "memroy", did you mean "memory"?'],
  ['[memory, memory]', '15:26: "memory" is listed twice'],
  ['[errors]', '15:18: "errors" is a share, not a gauge, expected "judge", or a metric with a "value"'],
  [
    '{ latency: { below: 300 } }',
    '15:19: "latency" is a latency, not a gauge, expected "judge", or a metric with a "value"',
  ],
  [
    '{ memory: { rising: ignore } }',
    '15:27: nothing is asked of "memory": its rise is ignored, and it has no limit, expected "below", "above" or "times"',
  ],
  ['{ memory: { times: 0.5 } }', '15:36: "times" is 0.5, expected at least 1'],
  ['{ memory: { over: 1500 } }', '15:29: unknown key "over", expected below, above, times or rising'],
  ['{ memory: { below: 5, above: 5 } }', '15:46: nothing is above 5 and below 5, expected less than 5'],
  ['{ memory: { below: 1500MB } }', '15:36: "below" is "1500MB", expected a number'],
  ['{}', '15:17: "gauges" is a map, expected 1 to 10 gauges'],
])('gauges may not be watched as %s', (gauges, problem) => {
  expect(problemsOf(canary(gauges))).toEqual([problem]);
});

test.each([
  ['what soaks is compared with nothing, so "times" means nothing', soak('{ memory: { times: 2 } }')],
  [
    'all traffic is on the new version at once, so "times" means nothing',
    "- rollout: production\n  strategy: blue-green\n  gauges: { memory: { times: 2 } }\n  while: ['errors.new < 0.1']\n  steps: [{ weight: 100, hold: 10m }]",
  ],
])('%s', (message, step) => {
  expect(problemsOf(step)).toEqual([`15:29: ${message}, expected "below" or "above"`]);
});

const SHORT = 'in 1m nobody can tell whether a gauge rises, expected at least 3m40s, or rising: ignore';

test('a soak is long enough for a slope', () => {
  expect(problemsOf(soak('[memory]', '3m40s'))).toEqual([]);
  expect(problemsOf(soak('[memory]', '1m'))).toEqual([`14:14: ${SHORT}`]);
  expect(problemsOf(`${soak('[memory]', '20m')}\n  every: 1m`)).toEqual([
    '14:14: in 20m nobody can tell whether a gauge rises, expected at least 22m, or rising: ignore',
  ]);
});

test('a share that is too short for a slope is worth a warning where another one is not', () => {
  expect(problemsOf(canary('[memory]', '', '1m'))).toEqual([`17:37: warning: ${SHORT}`]);
});

test('what is watched for less than three looks has no level', () => {
  expect(problemsOf(canary('{ memory: { below: 1500, rising: ignore } }', '', '2s'))).toEqual([
    '17:37: in 2s no gauge is read three times, expected at least 3s',
  ]);
});

test('gauges that are watched alone do not answer for requests', () => {
  const step = '- rollout: production\n  strategy: canary\n  gauges: [memory]\n  steps: [{ weight: 100, hold: 10m }]';
  expect(problemsOf(step)).toEqual([
    '13:9: gauges count no requests: nobody would know whether the new version answered the 100 that "min-samples" asks for, expected a condition or a judge on a metric that counts, or min-samples: 0',
  ]);
});
