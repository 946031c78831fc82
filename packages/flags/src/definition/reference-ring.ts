import type { Json } from '../json.ts';

/** The names of the first ring of references among evaluators, or null. */
export function referenceRing(evaluators: Readonly<Record<string, Json>>): readonly string[] | null {
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (name: string): readonly string[] | null => {
    if (open.includes(name)) return open.slice(open.indexOf(name));
    if (done.has(name) || !Object.hasOwn(evaluators, name)) return null;
    open.push(name);
    for (const next of references(evaluators[name])) {
      const ring = visit(next);
      if (ring !== null) return ring;
    }
    open.pop();
    done.add(name);
    return null;
  };
  for (const name of Object.keys(evaluators)) {
    const ring = visit(name);
    if (ring !== null) return ring;
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
