const firstMs = 200;
const longestMs = 10_000;

/** Milliseconds to wait before the next start: 0.2 s after the first end in a row, then double, at most 10 s. */
export const backOffMs = (endsInARow: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.min(endsInARow - 1, 30));

/** An instance that ran for so long, milliseconds, has recovered: its next end counts as the first. */
export const recoveredAfterMs = longestMs;
