import type { Json } from '@slipway/core';
import { expect, test } from 'vitest';
import { baselineFrom, noteOf } from './baseline-note.ts';
import type { Baseline } from './window.ts';

const BASELINE: Baseline = {
  startedAt: 7,
  watched: 60_000,
  samples: {
    errors: {
      boot: 'one',
      at: 6,
      new: { kind: 'ratio', bad: 1, total: 9 },
      old: { kind: 'unseen', reason: 'never met' },
      exposure: 9,
      firstBadAt: null,
    },
    latency: {
      boot: 'one',
      at: 6,
      new: { kind: 'latency', histogram: { 12: 3 }, quantile: 0.99 },
      old: { kind: 'missing', reason: 'silent' },
      exposure: null,
      firstBadAt: 5,
    },
    memory: {
      boot: 'one',
      at: 6,
      new: { kind: 'gauge', value: -0.5 },
      old: { kind: 'gauge', value: 7e8 },
      exposure: null,
      firstBadAt: null,
    },
  },
};

test('comes back as it was, through a log', () => {
  expect(baselineFrom(JSON.parse(JSON.stringify(noteOf(BASELINE))))).toEqual(BASELINE);
});

test('a metric without a sample stays none', () => {
  expect(baselineFrom(noteOf({ startedAt: 7, watched: 1, samples: {} }))).toEqual({
    startedAt: 7,
    watched: 1,
    samples: {},
  });
});

test.each<[string, Json]>([
  ['it is not said', { startedAt: 7, samples: {} }],
  ['it is no length', { startedAt: 7, watched: -5, samples: {} }],
  ['it is no number', { startedAt: 7, watched: 'long', samples: {} }],
])('nothing was watched where %s', (_what, note) => {
  expect(baselineFrom(note)).toEqual({ startedAt: 7, watched: 0, samples: {} });
});

const sample = { boot: 'one', at: 6, new: { kind: 'ratio', bad: 1, total: 9 }, exposure: 9, firstBadAt: null };

test.each<[string, Json]>([
  ['nothing', null],
  ['a text', 'since 7'],
  ['a list', [7]],
  ['no time', { samples: {} }],
  ['no samples', { startedAt: 7, samples: null }],
  ['a list of samples', { startedAt: 7, samples: [] }],
  ['a sample that is none', { startedAt: 7, samples: { errors: null } }],
  ['a sample without its old arm', { startedAt: 7, samples: { errors: sample } }],
  ['a reading of another kind', { startedAt: 7, samples: { errors: { ...sample, old: { kind: 'omen', value: 1 } } } }],
  [
    'a gauge that is no number',
    { startedAt: 7, samples: { errors: { ...sample, old: { kind: 'gauge', value: '1' } } } },
  ],
  [
    'counts that are no numbers',
    { startedAt: 7, samples: { errors: { ...sample, old: { kind: 'ratio', bad: '1', total: 9 } } } },
  ],
])('%s is not gone on from', (_what, note) => {
  expect(baselineFrom(note)).toBeNull();
});
