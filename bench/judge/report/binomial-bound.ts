/**
 * Chance of `least` or more successes among `trials`, each with `chance` (above 0, below 1): the upper tail of the binomial distribution,
 * summed term by term.
 */
export function tailOf(least: number, trials: number, chance: number): number {
  if (least <= 0) return 1;
  const odds = Math.log(chance) - Math.log1p(-chance);
  let log = trials * Math.log1p(-chance);
  let below = 0;
  for (let k = 0; k < least; k += 1) {
    below += Math.exp(log);
    log += Math.log((trials - k) / (k + 1)) + odds;
  }
  // Where most of it is below, the difference to 1 would be rounding.
  if (below < 0.999_999) return 1 - below;
  let tail = 0;
  for (let k = least; k <= trials; k += 1) {
    tail += Math.exp(log);
    log += Math.log((trials - k) / (k + 1)) + odds;
  }
  return tail;
}

/** The largest chance with which so few successes are not yet rarer than `doubt` (Clopper and Pearson, Biometrika 26, 1934); 1 without trials. */
export function upperBound(successes: number, trials: number, doubt: number): number {
  if (successes >= trials) return 1;
  let [low, high] = [0, 1];
  // Sixty halvings are more than a double can tell.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (1 - tailOf(successes + 1, trials, middle) > doubt) low = middle;
    else high = middle;
  }
  return high;
}
