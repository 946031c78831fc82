const known = new WeakMap<object, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/** Names of the segments that a rule uses as {"$ref": name}. Remembered by object. */
export function referencesOf(rule: unknown): ReadonlySet<string> {
  if (typeof rule !== 'object' || rule === null) return NONE;
  const before = known.get(rule);
  if (before !== undefined) return before;
  const names = new Set<string>();
  // A list of its own, so that no depth of a rule can exhaust the stack.
  const left: object[] = [rule];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const [key, value] of Object.entries(next)) {
      if (key === '$ref' && typeof value === 'string') names.add(value);
      if (typeof value === 'object' && value !== null) left.push(value as object);
    }
  }
  const found = names.size === 0 ? NONE : names;
  known.set(rule, found);
  return found;
}
