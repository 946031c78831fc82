import { describe, expect, it } from 'vitest';
import { gaugeReading } from './gauge-reading.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const reading = (value: unknown, at?: unknown) =>
  gaugeReading({ name: 'memory', value, at }, { now: NOW, fresh: 60_000 });

describe('a gauge that a source says', () => {
  it.each([0, -3.5, 0.25, 7e8, 2 ** 60])('is believed: %d', (value) => {
    expect(reading(value)).toEqual({ kind: 'gauge', value });
    expect(reading(value, NOW - 60_000)).toEqual({ kind: 'gauge', value });
  });

  it.each<[unknown, unknown, RegExp]>([
    [undefined, undefined, /^memory is not there: give a number$/],
    [null, undefined, /^memory is null/],
    ['7', undefined, /^memory is a text, not a number/],
    [true, undefined, /^memory is a boolean/],
    [[7], undefined, /^memory is a list/],
    [Number.NaN, undefined, /^memory is NaN: give a finite number$/],
    [Infinity, undefined, /^memory is Infinity/],
    [-Infinity, undefined, /^memory is -Infinity/],
    [7, NOW - 61_000, /^the newest sample is 1m1s old, older than fresh: 1m$/],
    [7, NOW + 61_000, /in the future: compare the clocks$/],
    [7, '2026-03-01T12:00:00', /^at is no time/],
    [7, null, /^at is no time/],
  ])('is missing: %j at %j', (value, at, reason) => {
    expect(reading(value, at)).toEqual({ kind: 'missing', reason: expect.stringMatching(reason) });
  });
});
