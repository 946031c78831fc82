import { describe, expect, it } from 'vitest';
import { countsReading } from './counts-reading.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const reading = (said: object) => countsReading({ bad: 1, total: 10, ...said }, { now: NOW, fresh: 60_000 });

describe('counts that a source says', () => {
  it.each<[object, string]>([
    [{}, 'unnamed'],
    [{ bad: 0, total: 0 }, 'unnamed'],
    [{ boot: 'a' }, 'a'],
    [{ boot: 17 }, '17'],
    [{ at: NOW }, 'unnamed'],
    [{ at: NOW - 60_000 }, 'unnamed'],
    [{ at: new Date(NOW) }, 'unnamed'],
    [{ at: '2026-03-01T12:59:30+01:00' }, 'unnamed'],
    [{ at: '2026-03-01T11:59:30.5Z' }, 'unnamed'],
  ])('are believed: %j', (said, boot) => {
    expect(reading(said)).toEqual({
      reading: { kind: 'ratio', bad: 1, total: 10, ...said, at: undefined, boot: undefined },
      boot,
    });
  });

  it.each<[object, RegExp]>([
    [{ bad: undefined }, /^bad is not there/],
    [{ total: null }, /^total is null: give 0/],
    [{ bad: '1' }, /^bad is a text, not a number/],
    [{ total: true }, /^total is a boolean/],
    [{ total: [10] }, /^total is a list/],
    [{ bad: Number.NaN }, /^bad is NaN/],
    [{ total: Infinity }, /^total is Infinity/],
    [{ bad: -1 }, /^bad is negative/],
    [{ bad: 0.5 }, /^bad is 0\.5, not a whole number: .* rate/],
    [{ total: 2 ** 53 }, /^total is .* not a whole number/],
    [{ bad: 11 }, /^bad is 11 and total is 10: bad must count a part/],
    [{ at: NOW - 61_000 }, /^the newest sample is 1m1s old, older than fresh: 1m$/],
    [{ at: '2026-03-01T10:00:00Z' }, /^the newest sample is 2h old/],
    [{ at: NOW + 61_000 }, /1m1s in the future: compare the clocks$/],
    [{ at: '2026-03-01T12:00:00' }, /^at is no time: give ISO 8601 with a zone/],
    [{ at: 'yesterday' }, /^at is no time/],
    [{ at: null }, /^at is no time/],
    [{ at: new Date(Number.NaN) }, /^at is no time/],
    [{ boot: null }, /^boot is neither/],
    [{ boot: '' }, /^boot is neither/],
    [{ boot: {} }, /^boot is neither/],
  ])('are missing: %j', (said, reason) => {
    expect(reading(said)).toEqual({
      reading: { kind: 'missing', reason: expect.stringMatching(reason) },
      boot: 'unnamed',
    });
  });
});
