/** ln(e^a + e^b), without overflow; -Infinity is ln 0. */
export function logAdd(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}

/** ln of the sum of e^each; -Infinity for none, NaN where one is: what is unknown must not be left out. */
export function logSum(logs: Float64Array | readonly number[]): number {
  let high = -Infinity;
  for (const log of logs) high = Math.max(high, log);
  if (high === -Infinity || high === Infinity) return high;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - high);
  return high + Math.log(sum);
}
