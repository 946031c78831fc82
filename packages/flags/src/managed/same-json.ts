/** Whether two JSON values say the same; the order of keys does not count, undefined is as absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    const right: readonly unknown[] = b;
    return a.length === b.length && a.every((each: unknown, index) => sameJson(each, right[index]));
  }
  if (Array.isArray(a) || Array.isArray(b)) return false;
  const left = present(a);
  return left.length === present(b).length && left.every((key) => sameJson(valueOf(a, key), valueOf(b, key)));
}

function present(value: object): readonly string[] {
  return Object.keys(value).filter((key) => valueOf(value, key) !== undefined);
}

function valueOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
