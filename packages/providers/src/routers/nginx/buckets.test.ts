import { TerminalError } from '@slipway/provider-kit';
import { expect, it } from 'vitest';
import { apportion, layOut } from './buckets.ts';

const of = (weights: Readonly<Record<string, number>>) => ({
  backends: Object.fromEntries(
    Object.entries(weights).map(([version, weight]) => [version, { weight, addresses: [] }]),
  ),
});

it.each<[Readonly<Record<string, number>>, Readonly<Record<string, number>>]>([
  [{ v1: 100 }, { v1: 10_000 }],
  [
    { v1: 0, v2: 100 },
    { v1: 0, v2: 10_000 },
  ],
  [
    { v1: 95, v2: 5 },
    { v1: 9_500, v2: 500 },
  ],
  [
    { v1: 99.99, v2: 0.01 },
    { v1: 9_999, v2: 1 },
  ],
  [
    { v1: 99.995, v2: 0.005 },
    { v1: 9_999, v2: 1 },
  ],
  [
    { v1: 100 / 3, v2: 100 / 3, v3: 100 / 3 },
    { v1: 3_334, v2: 3_333, v3: 3_333 },
  ],
  [
    { v1: 70.1, v2: 29.9 },
    { v1: 7_010, v2: 2_990 },
  ],
  [
    { constructor: 60, toString: 40 },
    { constructor: 6_000, toString: 4_000 },
  ],
  [{}, {}],
])('%j takes %j of 10,000 buckets', (weights, expected) => {
  expect(Object.fromEntries(apportion(of(weights)))).toEqual(expected);
});

it.each([
  [{ v1: 99.999, v2: 0.001 }, /cannot give 0.001 % to v2: it splits in steps of 0.01 %/],
  [{ v1: 0.004, v2: 99.996 }, /cannot give 0.004 % to v1/],
])('%j is refused, not rounded to nothing', (weights, message) => {
  expect(() => apportion(of(weights))).toThrow(TerminalError);
  expect(() => apportion(of(weights))).toThrow(message);
});

it.each([
  [0, 5],
  [5, 25],
  [25, 25.01],
  [50, 99.99],
  [99.99, 100],
])('from %d to %d per cent buckets only move to the version that is raised', (from, to) => {
  const row = (young: number) => layOut(apportion(of({ v1: 100 - young, v2: young })));
  const before = row(from);
  const after = row(to);
  expect(after.filter((version) => version === 'v2')).toHaveLength(Math.round(to * 100));
  expect(before.filter((version, bucket) => version === 'v2' && after[bucket] === 'v1')).toEqual([]);
});

it('tries another new version on other clients', () => {
  const clients = (young: string) => {
    const row = layOut(apportion(of({ [young]: 5, '1.0.0': 95 })));
    return row.flatMap((version, bucket) => (version === young ? [bucket] : []));
  };
  const firsts = ['2.0.0', '2.0.1', '2.0.2', '2.0.3'].map((young) => clients(young)[0]);
  expect(new Set(firsts).size).toBeGreaterThan(1);
});

it('has no buckets where nothing is routed', () => {
  expect(layOut(apportion(of({})))).toEqual([]);
});
