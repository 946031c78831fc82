import type { ShardCounts } from './shard-counts.ts';

/**
 * A place for each shard of one version, which it keeps. One that has gone leaves its place empty, with no units, until another takes it: what
 * comes and goes, as an instance that is started again, then changes nothing of how many are compared. Units are averaged over all
 * places, so empty ones only make the others look uneven, which speaks for nobody.
 */
export class ShardSlots {
  readonly #names: string[] = [];

  place({ names, units, bad }: ShardCounts & { readonly names: readonly string[] }): ShardCounts {
    const here = new Set(names);
    const known = new Set(this.#names);
    for (const name of names) {
      if (known.has(name)) continue;
      const empty = this.#names.findIndex((each) => !here.has(each));
      if (empty < 0) this.#names.push(name);
      else this.#names[empty] = name;
    }
    const at = new Map(names.map((name, index) => [name, index]));
    const of = (counts: readonly number[]) => this.#names.map((name) => counts[at.get(name) ?? -1] ?? 0);
    return { units: of(units), bad: of(bad) };
  }
}
