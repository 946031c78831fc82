import { expect, test } from 'vitest';
import { planOf, withSteps } from '../testing/problems.ts';

const METRICS =
  'metrics: { memory: { from: prometheus, value: rss, unit: MB }, queue: { from: prometheus, value: jobs },';

function judgingOf(gauges: string, hold = '10m') {
  const step = `- rollout: production\n  id: r\n  strategy: canary\n  while: ['errors.new < 0.1']\n  ${gauges}\n  steps: [{ weight: 50, hold: ${hold} }, { weight: 100, hold: 10m }]`;
  const { r } = planOf(withSteps(step).replace('metrics: {', METRICS)).steps;
  return r?.kind === 'rollout' ? r.stages.map(({ judging }) => judging) : [];
}

test('gauges by their names rise for nobody', () => {
  const watched = { below: null, times: null, rising: 'hold' };
  expect(judgingOf('gauges: [memory, queue]')[0]?.gauges).toEqual([
    { metric: 'memory', unit: 'MB', ...watched },
    { metric: 'queue', unit: '', ...watched },
  ]);
});

test('gauges by name have what the plan says', () => {
  const [judging] = judgingOf(
    'gauges: { memory: { below: 1500, times: 1.5, rising: ignore }, queue: { below: 3, above: 1 } }',
  );
  expect(judging?.gauges).toEqual([
    { metric: 'memory', unit: 'MB', below: 1_500, times: 1.5, rising: 'ignore' },
    { metric: 'queue', unit: '', below: 3, above: 1, times: null, rising: 'hold' },
  ]);
});

test('a share that is too short for a slope does not ask for one', () => {
  const rising = judgingOf('gauges: [memory]', '3m39s').map(({ gauges }) => gauges?.map((gauge) => gauge.rising));
  expect(rising).toEqual([['ignore'], ['hold']]);
});

test('a plan without gauges says nothing of them, so that its digest stays', () => {
  expect(judgingOf('min-samples: 5').map((judging) => 'gauges' in judging)).toEqual([false, false]);
});
