/** Nanoseconds that a call of `work` took, on average over so many calls; one figure a round, the first ones not counted. */
export function nanosecondsOf(work: (call: number) => void, calls: number, rounds: number): readonly number[] {
  const figures = Array.from({ length: rounds + WARM_UP }, () => {
    const begun = performance.now();
    for (let call = 0; call < calls; call += 1) work(call);
    return ((performance.now() - begun) * 1_000_000) / calls;
  });
  return figures.slice(WARM_UP);
}

/** Rounds in which the code is compiled. */
const WARM_UP = 3;
