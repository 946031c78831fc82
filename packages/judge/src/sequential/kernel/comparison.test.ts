import { expect, it } from 'vitest';
import { Comparison } from './comparison.ts';
import { DEFAULT_DESIGN } from './design.ts';
import { ComparisonBets } from './growth.ts';

const { up } = DEFAULT_DESIGN;
const newBets = () => new ComparisonBets(up, { ratio: 1.1, points: 0.001, dispersion: 1 });
const countsOf = (newBad: number) => ({ newUnits: 50, newBad, oldUnits: 950, oldBad: 3 });

it('is the same to the last digit whether or not other comparisons share its bets', () => {
  const shared = newBets();
  const [first, second] = [new Comparison(shared, DEFAULT_DESIGN), new Comparison(shared, DEFAULT_DESIGN)];
  const [alone, other] = [new Comparison(newBets(), DEFAULT_DESIGN), new Comparison(newBets(), DEFAULT_DESIGN)];
  for (let time = 0; time < 40; time += 1) {
    expect(first.look(countsOf(time % 2))).toBe(alone.look(countsOf(time % 2)));
    expect(second.look(countsOf(2))).toBe(other.look(countsOf(2)));
  }
  expect(first.state()).toEqual(alone.state());
  expect(second.state()).toEqual(other.state());
  expect(first.state()).not.toEqual(second.state());
});
