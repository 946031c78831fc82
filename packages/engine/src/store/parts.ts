/** Rows for one statement: databases bound the values that it may have. */
export const MOST_ROWS = 100;

/** The rows in order, as many at a time as go into one statement. */
export function* parts<T>(rows: readonly T[], most = MOST_ROWS): Generator<readonly T[]> {
  for (let first = 0; first < rows.length; first += most) yield rows.slice(first, first + most);
}
