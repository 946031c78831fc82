import { expect, it } from 'vitest';
import { idOf } from './identifiers.ts';
import { realWeights } from './real-weights.ts';
import type { StoredSplit } from './stored-split.ts';

const [a, b, c] = [idOf('v1'), idOf('v2'), idOf('v0')];
const stored: StoredSplit = {
  format: 1,
  split: { revision: 1, backends: { v1: { weight: 90, addresses: [] }, v2: { weight: 10, addresses: [] } } },
  mark: '',
  targets: { [c]: { version: 'v0', addresses: [] } },
};
const all = [a, b, c, 'dd'];

it.each<[string, readonly string[], Readonly<Record<string, number>>, Readonly<Record<string, number>>]>([
  ['as it was set', all, { [a]: 9_000, [b]: 1_000 }, { v1: 90, v2: 10 }],
  ['hundredths', all, { [a]: 9_999, [b]: 1 }, { v1: 99.99, v2: 0.01 }],
  ['nothing', all, {}, { v1: 0, v2: 0 }],
  ['to nobody', all, { none: 10_000 }, { v1: 0, v2: 0 }],
  ['one that nginx does not know', [a], { [a]: 9_000, [b]: 1_000 }, { v1: 90, v2: 0 }],
  ['an earlier version', all, { [c]: 10_000 }, { v1: 0, v2: 0, v0: 100 }],
  ['one of nobody', all, { dd: 10_000 }, { v1: 0, v2: 0, 'target dd': 100 }],
])('%s', (_what, knows, buckets, expected) => {
  expect(realWeights(stored, { knows: new Set(knows) }, new Map(Object.entries(buckets)))).toEqual(expected);
});
