/** How deep a document may be nested, and how many values it may hold. */
const DEEPEST = 30;
const MOST_VALUES = 50_000;

/** Whether a value may be walked through to its end: not too deep, not too much, no loop. Aliases of YAML can be all of that. */
export function isBounded(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > DEEPEST || seen > MOST_VALUES) return false;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const below of Object.values(one)) next.push(below);
      if (next.length > MOST_VALUES) return false;
    }
    level = next;
  }
  return true;
}
