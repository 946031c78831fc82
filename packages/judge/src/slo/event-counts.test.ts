import { describe, expect, test } from 'vitest';
import { counterIncrease } from './counter-increase.ts';
import { readWindow, sumOfCounts, type WindowCounts } from './event-counts.ts';

const of = (bad: number, total: number) => ({ bad, total });
const { NaN: none, POSITIVE_INFINITY: endless } = Number;

describe('a window', () => {
  test.each([
    ['nobody counted', null, 'missing'],
    ['nothing happened', of(0, 0), 'empty'],
    ['no number of events', of(0, none), 'contradictory'],
    ['no number of bad events', of(none, 9), 'contradictory'],
    ['fewer than none bad', of(-1, 9), 'contradictory'],
    ['fewer than none', of(-2, -1), 'contradictory'],
    ['more bad ones than events', of(10, 9), 'contradictory'],
    ['without end', of(0, endless), 'contradictory'],
  ] satisfies [string, WindowCounts, string][])('in which there is %s says nothing', (_, counts, why) => {
    expect(readWindow(counts)).toEqual({ is: 'no-data', why });
  });

  test('says which share was bad', () => {
    expect(readWindow(of(1, 4))).toEqual({ is: 'known', counts: of(1, 4), errorRatio: 0.25 });
  });
});

describe('windows side by side', () => {
  test.each([
    ['are added up, and their ratios are not', [of(1, 1), of(0, 999)], of(1, 1000)],
    ['hold a quiet hour as what it is', [of(0, 0), of(2, 10)], of(2, 10)],
    ['that were all empty are empty', [of(0, 0), of(0, 0)], of(0, 0)],
    ['of which one is unknown are unknown', [of(1, 10), null], null],
    ['of which one contradicts itself are unknown', [of(1, 10), of(3, 2)], null],
    ['that are none are unknown', [], null],
    ['that go beyond every number are unknown', [of(0, 1e308), of(0, 1e308)], null],
  ] satisfies [string, WindowCounts[], WindowCounts][])('%s', (_, parts, sum) => {
    expect(sumOfCounts(parts)).toEqual(sum);
  });
});

describe('two counters', () => {
  test.each([
    ['that grow', [of(1, 10), of(2, 40), of(5, 100)], of(4, 90)],
    ['that stand still', [of(1, 10), of(1, 10)], of(0, 0)],
    ['that began again', [of(5, 100), of(1, 30), of(2, 50)], of(2, 50)],
    ['that began again with more bad events than before', [of(0, 100), of(7, 30)], of(7, 30)],
    ['that began again twice', [of(5, 100), of(1, 30), of(0, 10), of(1, 11)], of(2, 41)],
    ['with a gap', [of(1, 10), null, of(5, 100)], of(4, 90)],
    ['of which only the bad ones fell', [of(5, 100), of(1, 130)], null],
    ['whose bad events grew faster than all', [of(0, 100), of(9, 105)], null],
    ['of which one sample is none', [of(1, 10), of(none, 40), of(5, 100)], null],
    ['whose beginning is unknown', [null, of(2, 40)], null],
    ['whose end is unknown', [of(2, 40), null], null],
    ['seen once', [of(2, 40)], null],
    ['never seen', [], null],
  ] satisfies [string, WindowCounts[], WindowCounts][])('%s', (_, samples, increase) => {
    expect(counterIncrease(samples)).toEqual(increase);
  });
});
