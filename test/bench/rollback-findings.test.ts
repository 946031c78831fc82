import { expect, test } from 'vitest';
import { findingsOf, type Flight, type Flown } from '../../bench/rollback/findings.ts';
import { isMet } from '../../bench/report/result.ts';

const met = { requests: 60, bad: 30, firstBadAt: 0, lastAt: 9_000, enoughAt: 5_000 };
const caught = (look: number): Flight => {
  return { met, split: { total: 5_000 + look + 40, data: 5_000, look, decision: 10, router: 30 } };
};
const flown = (...flights: readonly Flight[]): Flown => ({ rate: 50, errors: 0.5, runs: flights.length, flights });

const figureOf = (each: Flown, column: string): number | null | undefined => {
  const [table] = findingsOf([each]).tables;
  return table?.rows[0]?.figures[table.columns.indexOf(column)];
};

test('the goal is from evidence to all traffic back; the total stands beside it', () => {
  const each = flown(...[200, 400, 600].map(caught));
  expect(findingsOf([each]).goals).toMatchObject([{ unit: 's', limit: 2, measured: 0.64 }]);
  expect(figureOf(each, 'evidence to back p50 s')).toBe(0.44);
  expect(figureOf(each, 'evidence to back p95 s')).toBe(0.64);
  expect(figureOf(each, 'total p50 s')).toBe(5.44);
  expect(figureOf(each, 'total p95 s')).toBe(5.64);
});

test('the shares are of the whole total', () => {
  const each = flown(caught(4_960));
  const shares = ['data %', 'look %', 'decision %', 'router %'].map((column) => figureOf(each, column));
  expect(shares.map((share) => Math.round((share ?? 0) * 10) / 10)).toEqual([50, 49.6, 0.1, 0.3]);
});

test('a version that was not caught is counted and said', () => {
  const each = flown(caught(200), { met: { ...met, enoughAt: null }, split: null });
  expect(figureOf(each, 'not caught')).toBe(1);
  expect(findingsOf([each]).tables[0]?.notes.join()).toContain('not caught: 1 of 2');
  expect(findingsOf([each]).goals.map(isMet)).toEqual([true]);
});

test('one that was not caught though there was enough breaks the goal', () => {
  const each = flown(caught(200), { met, split: null });
  expect(findingsOf([each]).goals).toMatchObject([{ measured: Infinity }]);
  expect(findingsOf([each]).goals.map(isMet)).toEqual([false]);
});

test('with none caught there is no time, and the goal is not met', () => {
  const each = flown({ met: { ...met, enoughAt: null }, split: null });
  expect(figureOf(each, 'evidence to back p50 s')).toBeNaN();
  expect(findingsOf([each]).goals.map(isMet)).toEqual([false]);
});
