import { expect, test } from 'vitest';
import { DEFAULT_DESIGN, type Design, REFERENCE_DESIGN } from './kernel/design.ts';
import { runReplicate } from './reference/run-replicate.ts';

const LAUNCHES = 200;
const SEED = 72_000;
const BASE = 0.003;
/** Of 200 launches, each stopped in time with a chance of one half, fewer are once in 1,400 times. */
const LEAST = 78;

/** Launches with 25 requests a second of the new version and 475 of the old one that are stopped within so many seconds. */
function stoppedWithin(seconds: number, p: number, design: Design): number {
  const metrics = { errors: { type: 'rate', rho: 1, delta: 0 } } as const;
  const rates = { nc: 25, nt: 475, canary: { p }, control: { p: BASE } };
  const launches = { config: { metrics }, ...rates, ticks: seconds, seed: SEED };
  const stops = Array.from({ length: LAUNCHES }, (_, launch) => runReplicate(launches, launch, design));
  return stops.filter(({ decision }) => decision === 'abort').length;
}

// The published medians, and 15 % on top where that is a second or more.
test.each([
  ['twice as many bad answers', 2 * BASE, 274],
  ['five times as many', 5 * BASE, 30],
  ['five percentage points more', BASE + 0.05, 5],
  ['nothing but bad answers', 1, 1],
])('%s are found as soon as is said of it', (_, p, seconds) => {
  for (const design of [REFERENCE_DESIGN, DEFAULT_DESIGN])
    expect(stoppedWithin(seconds, p, design)).toBeGreaterThanOrEqual(LEAST);
});

test('what is as good as the old version is not', () => {
  expect(stoppedWithin(300, BASE, REFERENCE_DESIGN)).toBeLessThan(LEAST);
});
