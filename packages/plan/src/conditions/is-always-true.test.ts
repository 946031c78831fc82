import { describe, expect, test } from 'vitest';
import type { MetricUnit } from '../model/plan.ts';
import { isAlwaysTrue } from './is-always-true.ts';

const UNITS = new Map<string, MetricUnit>([
  ['errors', 'ratio'],
  ['orders', 'ratio'],
  ['latency', 'milliseconds'],
  ['memory', { gauge: 'bytes' }],
]);

describe('whether a condition is always true', () => {
  test.each<readonly [cel: string, isAlways: boolean]>([
    ['errors.new < 0.01', false],
    ['errors.new <= 0.9', false],
    ['errors.new < 1', true],
    ['errors.new <= 1', true],
    ['errors.new >= 0', true],
    ['1 >= errors.new', true],
    ['errors.new <= errors.old + 0.01', false],
    ['errors.new <= errors.old + 1', true],
    ['errors.new <= errors.new', true],
    ['orders.new > 0.02', false],
    ['latency.new < 400', false],
    ['latency.new > 0 || latency.new <= 0', true],
    ['latency.new >= 0', true],
    ['memory.new >= 0', false],
    ['memory.new < 4000', false],
    ['errors.new < 0.01 || latency.new < 400', false],
    ['errors.new <= 1 && latency.new >= 0', true],
    ['errors.new <= 1 || latency.new < 400', true],
    // A division by zero is undecided, and what is undecided holds.
    ['errors.new / errors.old >= 0', false],
    // What cannot be read is reported elsewhere; of three metrics nobody can tell in time.
    ['errors.new <', false],
    ['errors.new <= 1 && orders.new <= 1 && latency.new >= 0', false],
  ])('%s: %s', (cel, isAlways) => {
    expect(isAlwaysTrue(cel, UNITS)).toBe(isAlways);
  });
});
