import type { Random } from '../random/random.ts';

/** How much goes wrong in one launch; probabilities. */
export interface Weather {
  /** Of an effect on the way there. */
  readonly trouble: number;
  /** Of an effect on the way back. */
  readonly backTrouble: number;
  /** Of the host's death, at each of the points where it matters most. */
  readonly crash: number;
  /** Of an append that the database refuses, or takes and does not say so. */
  readonly stumble: number;
}

/** A third of the launches meet a calm day: without it hardly any would complete. */
export function randomWeather(random: Random): Weather {
  switch (random.weighted({ calm: 4, fresh: 4, stormy: 2, treacherous: 2 })) {
    case 'calm':
      return { trouble: 0, backTrouble: 0.05, crash: 0, stumble: 0 };
    case 'fresh':
      return { trouble: 0.06, backTrouble: 0.08, crash: 0.01, stumble: 0.01 };
    case 'stormy':
      return { trouble: 0.25, backTrouble: 0.2, crash: 0.04, stumble: 0.03 };
    case 'treacherous':
      return { trouble: 0.08, backTrouble: 0.35, crash: 0.1, stumble: 0.02 };
  }
}
