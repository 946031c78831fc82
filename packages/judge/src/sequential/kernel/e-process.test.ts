import { expect, test } from 'vitest';
import { REFERENCE_DESIGN } from './design.ts';
import { EProcess } from './e-process.ts';
import { LimitBets } from './limit-bets.ts';

const { up } = REFERENCE_DESIGN;
const bets = new LimitBets(up);
const growthOf = (bad: number) => bets.on(20, bad, 0.01);

test('is 1 for as long as nothing is bet', () => {
  const process = new EProcess(up, REFERENCE_DESIGN);
  for (let second = 1; second <= 1_000; second += 1) expect(process.look(null)).toBeCloseTo(0, 12);
});

test('grows without end where harm goes on, and shrinks where there is none', () => {
  const [harmed, sound] = [new EProcess(up, REFERENCE_DESIGN), new EProcess(up, REFERENCE_DESIGN)];
  const values = Array.from({ length: 60 }, () => [harmed.look(growthOf(2)), sound.look(growthOf(0))] as const);
  expect(values.at(-1)?.[0]).toBeGreaterThan(Math.log(1e6));
  expect(values.at(-1)?.[1]).toBeLessThan(0);
});

test('goes on from its state to the last digit, through JSON', () => {
  const [whole, first] = [new EProcess(up, REFERENCE_DESIGN), new EProcess(up, REFERENCE_DESIGN)];
  for (const process of [whole, first])
    for (let second = 0; second < 30; second += 1) process.look(growthOf(second % 2));
  const second = new EProcess(up, REFERENCE_DESIGN);
  second.restore(JSON.parse(JSON.stringify(first.state())) as ReturnType<EProcess['state']>);
  for (let time = 0; time < 30; time += 1) expect(second.look(growthOf(1))).toBe(whole.look(growthOf(1)));
});

test('refuses the state of another grid', () => {
  const process = new EProcess(up, REFERENCE_DESIGN);
  expect(() => process.restore({ seconds: 1, reserve: 0, points: [0] })).toThrow(RangeError);
});

test('has nothing in reserve where everything is bet from the first second on', () => {
  const process = new EProcess(up, { ...REFERENCE_DESIGN, early: 1 });
  process.look(growthOf(1));
  expect(process.state().reserve).toBe(null);
});
