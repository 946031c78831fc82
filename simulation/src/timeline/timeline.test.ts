import { expect, test } from 'vitest';
import { Random } from '../random/random.ts';
import { Timeline } from '@slipway/rehearsal';

test('runs what is planned in the order of its times', () => {
  const random = new Random(3);
  const timeline = new Timeline(0);
  const seen: number[] = [];
  for (let i = 0; i < 500; i += 1) timeline.at(random.int(0, 100), () => seen.push(timeline.now));
  while (timeline.step());
  expect(seen).toHaveLength(500);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('runs what is planned for the same time in the order of planning', () => {
  const timeline = new Timeline(5);
  const seen: string[] = [];
  for (const name of 'abcdefgh') timeline.at(7, () => seen.push(name));
  while (timeline.step());
  expect(seen.join('')).toBe('abcdefgh');
});

test('never goes back: what is planned for the past runs now', () => {
  const timeline = new Timeline(10);
  let ran = 0;
  timeline.in(5, () => timeline.at(1, () => (ran = timeline.now)));
  while (timeline.step());
  expect(ran).toBe(15);
});

test('says when there is nothing left', () => {
  expect(new Timeline(0).step()).toBe(false);
});
