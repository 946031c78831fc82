/** The labels of a series as a text, the same whatever their order; `without` one of them. */
export function labelsKey(labels: Readonly<Record<string, string>>, without = ''): string {
  const pairs = Object.entries(labels).filter(([name]) => name !== without);
  return JSON.stringify(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
