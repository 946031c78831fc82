import { RULES } from '../driver/rules.ts';
import { strictRules } from '../driver/strict-rules.ts';
import type { Coverage } from './coverage.ts';
import { type Flown, simulate } from './simulate.ts';

export interface Seeds {
  readonly first: number;
  readonly count: number;
}

/** Every so many launches one is flown with frozen states, which is slow. */
const STRICT = 20;

/** Flies one launch a seed; stops at the first that breaks. Counts what happened into `coverage`. */
export function flyAll({ first, count }: Seeds, coverage: Coverage): Flown | null {
  for (let seed = first; seed < first + count; seed += 1) {
    const flown = simulate(seed, seed % STRICT === 0 ? strictRules(RULES) : RULES);
    coverage.add(flown.coverage);
    if (flown.broken !== null) return flown;
  }
  return null;
}

/** What broke, and how to see it again. */
export function complaint({ seed, broken }: Flown, through: 'core' | 'engine'): string {
  const flag = through === 'engine' ? '--engine ' : '';
  return `${broken?.message ?? 'nothing broke'}\nSee all of it with: npm run simulate -- ${flag}--seed ${seed}`;
}
