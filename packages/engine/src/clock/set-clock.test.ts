import { expect, test } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { SetClock } from './set-clock.ts';

const HOUR = 3_600_000;

test.each([
  ['set forward', HOUR, true],
  ['set back', -HOUR, true],
  ['slewed', 900, false],
  ['left alone', 0, false],
])('whether the clock was %s', async (_, by, was) => {
  const clock = createManualClock();
  const wall = new SetClock(clock);
  await clock.advance(15_000);
  clock.set(by);
  expect([wall.wasSet(), wall.wasSet()]).toEqual([was, false]);
});

test.each([HOUR, -HOUR, 0])('what comes after a while comes then, though the clock is set by %d', async (by) => {
  const clock = createManualClock();
  const calls: number[] = [];
  clock.after(1_000, () => calls.push(clock.running()));
  clock.set(by);
  await clock.advance(999);
  expect(calls).toEqual([]);
  await clock.advance(2);
  expect(calls).toEqual([1_000]);
});

test('what is cancelled does not come', async () => {
  const clock = createManualClock();
  let called = false;
  const cancel = clock.after(1_000, () => (called = true));
  cancel();
  await clock.advance(2_000);
  expect([called, clock.waiting()]).toEqual([false, []]);
});
