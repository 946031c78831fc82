/** Id to the ids it waits for directly. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Id to everything that is done before it. A cycle ends the walk, so the result is usable for the rest of the plan. */
export function allNeeds(graph: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const done = new Map<string, ReadonlySet<string>>();
  const open = new Set<string>();
  const visit = (id: string): ReadonlySet<string> => {
    const known = done.get(id);
    if (known !== undefined || open.has(id)) return known ?? new Set();
    open.add(id);
    const before = new Set<string>();
    for (const need of graph.get(id) ?? []) {
      before.add(need);
      for (const earlier of visit(need)) before.add(earlier);
    }
    open.delete(id);
    done.set(id, before);
    return before;
  };
  for (const id of graph.keys()) visit(id);
  return done;
}

/**
 * Cycles as the ids along them, each once, beginning with the id that comes first in the graph. Empty where there is none; of
 * cycles that share steps some may be left out: they are found once the others are mended.
 */
export function cyclesOf(graph: Graph): readonly (readonly string[])[] {
  const order = new Map([...graph.keys()].map((id, index) => [id, index]));
  const cycles: (readonly string[])[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const visit = (id: string): void => {
    const start = trail.indexOf(id);
    if (start >= 0) {
      cycles.push(fromFirst(trail.slice(start), order));
      return;
    }
    if (finished.has(id)) return;
    trail.push(id);
    for (const need of graph.get(id) ?? []) visit(need);
    trail.pop();
    finished.add(id);
  };
  for (const id of graph.keys()) visit(id);
  return cycles;
}

function fromFirst(cycle: readonly string[], order: ReadonlyMap<string, number>): readonly string[] {
  const places = cycle.map((id) => order.get(id) ?? Number.POSITIVE_INFINITY);
  const first = places.indexOf(Math.min(...places));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
