/**
 * A bound on Pearson's chi-square statistic that a right split exceeds with a probability below `probability`: the tail bound
 * P(X >= d + 2 sqrt(d t) + 2 t) <= e^-t of Laurent and Massart, "Adaptive estimation of a quadratic functional by model selection"
 * (2000), Lemma 1, for d degrees of freedom. A little wider than the exact quantile, and in closed form.
 */
export function chiSquareBound(degreesOfFreedom: number, probability: number): number {
  const t = -Math.log(probability);
  return degreesOfFreedom + 2 * Math.sqrt(degreesOfFreedom * t) + 2 * t;
}

/** Pearson's statistic of `observed` counts against `weights` of any unit, all positive. */
export function chiSquare(observed: readonly number[], weights: readonly number[]): number {
  const total = sum(observed);
  const whole = sum(weights);
  return sum(
    weights.map((weight, index) => {
      const expected = (total * weight) / whole;
      return ((observed[index] ?? 0) - expected) ** 2 / expected;
    }),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
