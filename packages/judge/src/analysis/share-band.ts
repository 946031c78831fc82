/** A share with the band in which it lies, with the asked confidence at all looks together. Shares 0..1. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Halvings: far below what a screen shows. */
const STEPS = 40;

/**
 * Confidence sequence of a share from counts: those p against which a uniform mixture of likelihood ratios has not reached 1/`miss`.
 * It holds at all looks together with chance 1 - `miss` where the share stays as it is (Robbins 1970; the beta-binomial mixture of
 * Howard, Ramdas, McAuliffe, Sekhon, Annals of Statistics 2021). Wider than an interval for one look, as it must be.
 * null for counts that cannot be.
 */
export function shareBand(bad: number, units: number, miss: number): Band | null {
  if (!(Number.isFinite(units) && bad >= 0 && bad <= units)) return null;
  if (units === 0) return { low: 0, high: 1 };
  const good = units - bad;
  const evidence = logBeta(bad + 1, good + 1);
  const isOut = (p: number): boolean => evidence - xlogy(bad, p) - xlogy(good, 1 - p) >= -Math.log(miss);
  const estimate = bad / units;
  return {
    low: bad === 0 ? 0 : edge(isOut, 0, estimate),
    high: good === 0 ? 1 : edge(isOut, 1, estimate),
  };
}

/** Between a place that is out and one that is in. */
function edge(isOut: (p: number) => boolean, from: number, to: number): number {
  let [out, within] = [from, to];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (out + within) / 2;
    if (isOut(middle)) out = middle;
    else within = middle;
  }
  return out;
}

function xlogy(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(y);
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series after a few steps of the recurrence; for x of 1 or more better than 1e-10 (Abramowitz and Stegun 6.1.41). */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 8; z += 1) shift += Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
