import { expect } from 'vitest';
import { complaint, flyAll, type Seeds } from './campaign.ts';
import type { Coverage } from './coverage.ts';
import { LEAST_OF_A_THOUSAND } from './least.ts';

/** Fails with the first seed that breaks, and how to see it again. */
export function expectToHold(seeds: Seeds, coverage: Coverage): void {
  const broken = flyAll(seeds, coverage);
  expect(broken === null ? null : complaint(broken, 'core')).toBeNull();
}

/** Prints what the campaign met, and fails where it met too little of something. */
export function expectToHaveMetAll(coverage: Coverage, launches: number, least = LEAST_OF_A_THOUSAND): void {
  process.stdout.write(`\n${coverage.describe()}\n`);
  const tooFew = Object.entries(least)
    .map(([what, least]) => ({ what, wanted: Math.ceil((least * launches) / 1_000), met: coverage.of(what) }))
    .filter(({ wanted, met }) => met < wanted);
  expect(tooFew).toEqual([]);
}
