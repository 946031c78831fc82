/** Whether two JSON values say the same; the order of keys does not count, undefined is as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = present(a);
  const right = new Map(present(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)));
}

function present(value: object): readonly [string, unknown][] {
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}
