/** Rows for one statement: databases bound the values that it may have. */
const MOST_ROWS = 100;

/** The rows in order, as many at a time as go into one statement. */
export function* parts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < rows.length; first += MOST_ROWS) yield rows.slice(first, first + MOST_ROWS);
}
