import type { Campaign } from './campaign.ts';
import type { Fate } from './fly.ts';
import { type KillPoint, POINT_KINDS } from './kill-points.ts';
import { PLAN_NAMES } from './plans.ts';

/** Deaths in a row, at most. */
const MOST_DEATHS = 4;
/** A recovering life passes fewer points than a whole one; beyond this it rarely gets. */
const LATE_POINT = 8;
/** One death in so many comes from outside, at any moment of this many milliseconds. */
const FROM_OUTSIDE = 5;
const LONGEST_LIFE = 1_500;

/** Fates without end, until `until` on the clock of `performance`; the same for the same seed. */
export async function* randomFates(campaign: Campaign, seed: number, until: number): AsyncGenerator<Fate> {
  const random = numbersFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  while (performance.now() < until) {
    const plan = pick(PLAN_NAMES);
    const { points } = await campaign.calm(plan);
    const deaths = Array.from({ length: 1 + Math.floor(random() * MOST_DEATHS) }, (_, life): KillPoint | number => {
      if (random() * FROM_OUTSIDE < 1) return Math.ceil(random() * LONGEST_LIFE);
      const kind = pick(POINT_KINDS);
      const n = 1 + Math.floor(random() * LATE_POINT);
      return life === 0 ? pick(points) : { kind, n };
    });
    yield { plan, deaths };
  }
}

/** Mulberry32: small, and good enough to choose with. From 0 to below 1. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
