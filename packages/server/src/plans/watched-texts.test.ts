import type { Judging } from '@slipway/plan';
import { expect, test } from 'vitest';
import { watchedTexts } from './watched-texts.ts';

const share = (gauges: Judging['gauges'] = []): Judging => ({
  conditions: [{ cel: 'errors.new < 0.01', metrics: ['errors'] }],
  gauges,
  minSamples: 0,
  every: 1_000,
  silence: 30_000,
});
const memory = { metric: 'memory', unit: 'MB', below: 1_500, times: 1.5, rising: 'hold' } as const;
const queue = { metric: 'queue', unit: '', below: 3, times: null, rising: 'ignore' } as const;

test('conditions and gauges of all shares are told once', () => {
  expect(watchedTexts([share([{ ...memory, rising: 'ignore' }, queue]), share([memory, queue])])).toEqual([
    'while errors.new < 0.01',
    'while memory stays below 1500 MB',
    "while memory is at most 1.5 times the old version's",
    'while queue stays below 3',
    'while memory does not rise by itself',
  ]);
});

test('a plan without gauges has its conditions', () => {
  const { gauges: _none, ...plain } = share();
  expect(watchedTexts([plain])).toEqual(['while errors.new < 0.01']);
});
