/** The chance of so many successes or more in `trials`, each with `chance`, above 0 and below 1. */
export function binomialTail(successes: number, trials: number, chance: number): number {
  let log = trials * Math.log1p(-chance);
  let below = 0;
  for (let count = 0; count < successes; count += 1) {
    below += Math.exp(log);
    log += Math.log((trials - count) / (count + 1)) + Math.log(chance) - Math.log1p(-chance);
  }
  return Math.max(0, 1 - below);
}
