import type { Json } from '../json.ts';

/** The names of the first ring of references among evaluators, or null. */
export function referenceRing(evaluators: Readonly<Record<string, Json>>): readonly string[] | null {
  const done = new Set<string>();
  for (const name of Object.keys(evaluators)) {
    const ring = ringFrom(name, evaluators, done);
    if (ring !== null) return ring;
  }
  return null;
}

/** A list of its own, so that no chain of names can exhaust the stack. */
function ringFrom(
  start: string,
  evaluators: Readonly<Record<string, Json>>,
  done: Set<string>,
): readonly string[] | null {
  /** The way to where it is looked, each name with those it refers to that are not looked at yet. */
  const open = new Map([[start, [...references(evaluators[start])]]]);
  const way = [start];
  for (let name = way.at(-1); name !== undefined; name = way.at(-1)) {
    const next = open.get(name)?.pop();
    if (next === undefined) {
      open.delete(name);
      way.pop();
      done.add(name);
    } else if (open.has(next)) {
      return way.slice(way.indexOf(next));
    } else if (!done.has(next) && Object.hasOwn(evaluators, next)) {
      open.set(next, [...references(evaluators[next])]);
      way.push(next);
    }
  }
  return null;
}

function references(rule: Json | undefined): readonly string[] {
  if (typeof rule !== 'object' || rule === null) return [];
  if (Array.isArray(rule)) return (rule as readonly Json[]).flatMap(references);
  return Object.entries(rule).flatMap(([name, args]) =>
    name === '$ref' && typeof args === 'string' ? [args] : references(args),
  );
}
