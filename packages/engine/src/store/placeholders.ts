/** `(?1, ?2), (?3, ?4)`: the places of rows of values, numbered through. */
export function placeholders(rows: readonly (readonly unknown[])[]): string {
  let number = 0;
  return rows.map((row) => `(${row.map(() => `?${(number += 1)}`).join(', ')})`).join(', ');
}
