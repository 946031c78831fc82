import { describe, expect, test } from 'vitest';
import { Broken } from './invariants/invariant.ts';
import type { Mutant } from './mutants/mutant.ts';
import { MUTANTS_OF_THE_CLOCK } from './mutants/mutants-of-the-clock.ts';
import { MUTANTS_OF_THE_WAY_BACK } from './mutants/mutants-of-the-way-back.ts';
import { MUTANTS_OF_THE_WAY_THERE } from './mutants/mutants-of-the-way-there.ts';
import { simulate } from './run/simulate.ts';

/** A campaign of this size has to catch every mutant; most fall within the first fifty launches. */
const MOST_LAUNCHES = 3_000;

/** The invariant that broke first; null: none did. */
function firstBroken({ rules }: Mutant): string | null {
  for (let seed = 1; seed <= MOST_LAUNCHES; seed += 1) {
    const { broken } = simulate(seed, rules);
    if (broken !== null) return broken instanceof Broken ? broken.invariant : broken.message;
  }
  return null;
}

describe('the invariants catch', () => {
  const mutants = [...MUTANTS_OF_THE_WAY_THERE, ...MUTANTS_OF_THE_WAY_BACK, ...MUTANTS_OF_THE_CLOCK];
  test.each(mutants.map((mutant) => [mutant.bug, mutant] as const))('%s', (_bug, mutant) => {
    expect(mutant.caughtBy).toContain(firstBroken(mutant));
  });
});
