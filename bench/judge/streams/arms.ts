import type { Counts } from '@slipway/judge';
import type { Cell } from '../grid.ts';
import type { Pattern } from './pattern.ts';
import { poisson } from './poisson.ts';
import type { Random } from './random.ts';
import type { Regression } from './regression.ts';

/** What both versions answer in a second, 1 the first. Seconds are asked for in turn. */
export type Stream = (second: number) => Counts;

export interface Scene {
  readonly cell: Cell;
  readonly pattern: Pattern;
  readonly regression: Regression;
}

/** Poisson arrivals, each bad by chance: then the bad and the good ones are Poisson too, and independent of each other. */
export function armsOf({ cell, pattern, regression }: Scene, random: Random): Stream {
  return (second) => {
    const { traffic, bad } = pattern.at(second);
    const base = cell.base * bad;
    const fresh = arm(cell.rate * cell.share * traffic, regression.rateAt(base, second), random);
    const old = arm(cell.rate * (1 - cell.share) * traffic, base, random);
    return { newUnits: fresh.units, newBad: fresh.bad, oldUnits: old.units, oldBad: old.bad };
  };
}

function arm(rate: number, chance: number, random: Random): { readonly units: number; readonly bad: number } {
  const bad = poisson(rate * chance, random);
  return { units: bad + poisson(rate * (1 - chance), random), bad };
}
