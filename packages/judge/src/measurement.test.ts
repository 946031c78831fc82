import { describe, expect, it } from 'vitest';
import { upperEdge } from './histogram.ts';
import { isUnknown, measure, type Measurement, samplesNeeded, totalOf } from './measurement.ts';
import { gauge, latency, MISSING, ratio } from './testing/inputs.ts';

describe('measure', () => {
  it.each<[string, Measurement, number | null, number | null]>([
    ['a ratio', ratio(3, 12), 0.25, 12],
    ['no bad answer', ratio(0, 12), 0, 12],
    ['nothing but bad answers', ratio(12, 12), 1, 12],
    ['no answer', ratio(0, 0), null, 0],
    ['more bad answers than answers', ratio(2, 1), null, null],
    ['a negative count', ratio(-1, 5), null, null],
    ['bad answers that are not a number', ratio(Number.NaN, 5), null, null],
    ['a total that is not a number', ratio(0, Number.NaN), null, null],
    ['a total without end', ratio(0, Number.POSITIVE_INFINITY), null, null],
    ['a latency', latency({ 31: 9, 63: 1 }, 0.5), upperEdge(31), 10],
    ['no latency', latency({}), null, 0],
    ['a broken latency', latency({ 31: Number.NaN }), null, null],
    ['a gauge', gauge(-2.5), -2.5, null],
    ['a gauge that is not a number', gauge(Number.NaN), null, null],
    ['a gauge without end', gauge(Number.NEGATIVE_INFINITY), null, null],
    ['nothing read', MISSING, null, null],
  ])('%s', (_, measurement, value, total) => {
    expect(measure(measurement)).toBe(value);
    expect(totalOf(measurement)).toBe(total);
  });
});

describe('isUnknown', () => {
  it.each<[Measurement, boolean]>([
    [ratio(0, 0), false],
    [ratio(2, 1), true],
    [latency({}), false],
    [gauge(0), false],
    [gauge(Number.NaN), true],
    [MISSING, true],
  ])('%o: %s', (measurement, expected) => {
    expect(isUnknown(measurement)).toBe(expected);
  });
});

describe('samplesNeeded', () => {
  it.each<[Measurement, number, number]>([
    [ratio(0, 1), 50, 50],
    [latency({}, 0.5), 50, 50],
    [latency({}, 0.5), 0, 6],
    [latency({}, 0.9), 0, 30],
    [latency({}, 0.95), 0, 60],
    [latency({}, 0.99), 50, 300],
    [latency({}, 0.99), 1000, 1000],
    [latency({}, 0.999), 50, 3000],
    [gauge(3), 50, 0],
    [latency({}, 1), 50, Number.POSITIVE_INFINITY],
  ])('%o with a minimum of %i takes %d', (measurement, minSamples, needed) => {
    expect(samplesNeeded(measurement, minSamples)).toBe(needed);
  });
});
