import { expect, test } from 'vitest';
import { check } from '../testing/steps.ts';
import { planOf } from '../testing/plans.ts';
import { stepsBehind, stepsInFront, stepsInOrder, waitingSteps } from './steps.ts';

/** a <- b <- d, a <- c <- d, e alone. */
const plan = planOf([
  check('a'),
  check('b', { needs: ['a'] }),
  check('c', { needs: ['a'] }),
  check('d', { needs: ['b', 'c'] }),
  check('e'),
]);

test.each([
  ['a', [], ['b', 'c', 'd']],
  ['b', ['a'], ['d']],
  ['d', ['a', 'b', 'c'], []],
  ['e', [], []],
  ['nobody', [], []],
])('in front of and behind %s', (step, front, behind) => {
  expect([...stepsInFront(plan, step)].toSorted()).toEqual(front);
  expect([...stepsBehind(plan, step)].toSorted()).toEqual(behind);
});

test('a circle of needs is walked once', () => {
  const circle = planOf([check('a', { needs: ['b'] }), check('b', { needs: ['a'] })]);
  expect([...stepsInFront(circle, 'a')].toSorted()).toEqual(['a', 'b']);
});

test('steps come in the order of the phases, not of the record', () => {
  const phases = [
    { name: 'first', steps: ['e', 'b'] },
    { name: 'second', steps: ['a', 'd', 'c'] },
  ];
  expect(stepsInOrder({ ...plan, phases }).map((step) => step.id)).toEqual(['e', 'b', 'a', 'd', 'c']);
});

test('every step begins by waiting', () => {
  expect(Object.values(waitingSteps(plan))).toEqual(Array.from({ length: 5 }, () => ({ is: 'waiting' })));
});
