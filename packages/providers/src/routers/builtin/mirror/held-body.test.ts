import { expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.ts';
import { HeldBody } from './held-body.ts';

const bytes = (length: number, value = 7): Buffer => Buffer.alloc(length, value);

it('holds what it is given, as a copy', () => {
  const body = new HeldBody(new ByteBudget(10_000), 10_000);
  const piece = Buffer.from('one');
  body.append(piece);
  piece.fill('x');
  body.append(Buffer.from(' two'));
  expect([Buffer.from(body.bytes).toString(), body.problem]).toEqual(['one two', null]);
});

it.each([
  ['in one piece', [11]],
  ['in the last of many', [...Array.from({ length: 10 }, () => 1), 1]],
])('holds nothing any more when it is beyond its bound %s', (_what, pieces) => {
  const budget = new ByteBudget(1_000);
  const body = new HeldBody(budget, 10);
  for (const length of pieces) body.append(bytes(length));
  expect([body.problem, body.bytes.length, budget.left]).toEqual(['tooLarge', 0, 1_000]);
  body.append(bytes(1));
  expect(body.bytes.length).toBe(0);
});

it('holds a body of just its bound', () => {
  const body = new HeldBody(new ByteBudget(10), 10);
  body.append(bytes(10));
  expect([body.problem, body.bytes.length]).toEqual([null, 10]);
});

it('takes all that it holds from the budget, also what tiny pieces cost, and gives it back once', () => {
  const budget = new ByteBudget(100_000);
  const body = new HeldBody(budget, 50_000);
  for (let piece = 0; piece < 30_000; piece += 1) body.append(bytes(1));
  expect(body.bytes).toEqual(new Uint8Array(bytes(30_000)));
  expect(100_000 - budget.left).toBeGreaterThanOrEqual(30_000);
  expect(100_000 - budget.left).toBeLessThanOrEqual(50_000);
  body.release();
  body.release();
  expect(budget.left).toBe(100_000);
});

it('is busy where others hold the budget', () => {
  const budget = new ByteBudget(5_000);
  const first = new HeldBody(budget, 5_000);
  first.append(bytes(4_500));
  const second = new HeldBody(budget, 5_000);
  second.append(bytes(1_000));
  expect([first.problem, second.problem]).toEqual([null, 'busy']);
  first.release();
  expect(budget.left).toBe(5_000);
});
