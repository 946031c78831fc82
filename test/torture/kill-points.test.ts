import { expect, test } from 'vitest';
import { describeFate, parseFate } from './fly.ts';
import { everyPoint, KillSwitch, spread } from './kill-points.ts';
import { PLAN_NAMES } from './plans.ts';

const SPREADS: readonly [count: number, most: number, chosen: readonly number[]][] = [
  [0, 3, []],
  [2, 3, [0, 1]],
  [3, 3, [0, 1, 2]],
  [9, 3, [0, 4, 8]],
  [9, 1, [4]],
  [10, 4, [0, 3, 6, 9]],
];

test.each(SPREADS)('of %i points %i are spread evenly', (count, most, chosen) => {
  expect(spread([...Array(count).keys()], most)).toEqual(chosen);
});

test('every point that was passed is one to die at', () => {
  const life = new KillSwitch(null);
  life.reach('work-said');
  life.reach('work-said');
  life.reach('start-up');
  expect(everyPoint(life.counts())).toEqual([
    { kind: 'start-up', n: 1 },
    { kind: 'work-said', n: 1 },
    { kind: 'work-said', n: 2 },
  ]);
});

test.each(['there:', 'back:append-after#3', 'called-off:work-said#2,450ms,start-up#1'])('%s is read back', (text) => {
  const fate = parseFate(text, PLAN_NAMES);
  expect(fate === null ? null : describeFate(fate)).toBe(text);
});

test.each(['', 'nowhere:', 'back:nothing#3', 'back:start-up#0', 'back:start-up', 'back:ms'])(
  '"%s" is no fate',
  (text) => {
    expect(parseFate(text, PLAN_NAMES)).toBeNull();
  },
);
