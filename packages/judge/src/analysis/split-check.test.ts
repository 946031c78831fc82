import { expect, it } from 'vitest';
import { binomialTail } from '../sequential/calibrate/binomial-tail.ts';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { randomWords } from '../sequential/reference/random-words.ts';
import { SplitCheck } from './split-check.ts';

const THRESHOLD = Math.log(100);
const RUNS = 150;
const VISIT = 20;

/** Visits of twenty requests each, two a look: all of one to one version. */
function standingsAfter(looks: number, { asked, real }: { readonly asked: number; readonly real: number }): number {
  let excess = 0;
  for (let seed = 0; seed < RUNS; seed += 1) {
    const next = randomWords(seed);
    const check = new SplitCheck(DEFAULT_DESIGN);
    let isFound = false;
    for (let look = 0; look < looks && !isFound; look += 1) {
      const fresh = [next(), next()].filter((word) => word / 2 ** 32 < real).length;
      check.look({ newUnits: VISIT * fresh, oldUnits: VISIT * (2 - fresh), share: asked });
      isFound = check.standing(THRESHOLD) === 'excess';
    }
    if (isFound) excess += 1;
  }
  return excess;
}

it.each([
  ['a twentieth', { asked: 0.05, real: 0.05 }],
  ['a twentieth, of which sticky visitors make four', { asked: 0.05, real: 0.2 }],
  ['half, of which they make four fifths', { asked: 0.5, real: 0.8 }],
])('takes visits as they come for no excess: %s', (_, split) => {
  // More than 7 of 150 have a chance of under 0.1 % where each is one by a chance of 1 %: exact.
  expect(binomialTail(8, RUNS, 0.01)).toBeLessThan(1e-3);
  expect(standingsAfter(600, split)).toBeLessThanOrEqual(7);
});

it.each([
  [60, { asked: 0.05, real: 0.5 }],
  [300, { asked: 0.05, real: 0.35 }],
  [300, { asked: 0.5, real: 0.99 }],
])('finds within %d looks nearly always what is far beyond it: %o', (looks, split) => {
  expect(standingsAfter(looks, split)).toBeGreaterThan(0.95 * RUNS);
});
