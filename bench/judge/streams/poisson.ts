import type { Random } from './random.ts';

/** Below this mean a walk along the distribution is faster than rejection. */
const WALK = 10;
/** Logarithms of factorials that are looked up; beyond, Stirling's series with two terms is exact to 1e-12. */
const KNOWN = 1_024;
const LOG_FACTORIALS = logFactorials();
const HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

/** How many of what comes at random, `mean` of them on average (0 or more). Both ways are exact but for rounding. */
export function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  return mean < WALK ? walked(mean, random) : rejected(mean, random);
}

/** Inversion: the first number whose cumulative chance exceeds a uniform one. */
function walked(mean: number, random: Random): number {
  let left = random();
  let chance = Math.exp(-mean);
  let count = 0;
  // A chance of 0 ends it: the uniform number was above all that doubles can tell.
  while (left >= chance && chance > 0) {
    left -= chance;
    count += 1;
    chance *= mean / count;
  }
  return count;
}

/** Transformed rejection with squeeze: Hörmann, Insurance: Mathematics and Economics 12 (1993), algorithm PTRS. */
function rejected(mean: number, random: Random): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const scale = 1.1239 + 1.1328 / (b - 3.4);
  const sure = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= sure) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * scale) / (a / (us * us) + b)) <= count * logMean - mean - logFactorial(count)) return count;
  }
}

function logFactorial(n: number): number {
  const known = LOG_FACTORIALS[n];
  if (known !== undefined) return known;
  return (n + 0.5) * Math.log(n) - n + HALF_LOG_2_PI + 1 / (12 * n) - 1 / (360 * n ** 3);
}

function logFactorials(): Float64Array {
  const logs = new Float64Array(KNOWN);
  for (let n = 1; n < KNOWN; n += 1) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}
