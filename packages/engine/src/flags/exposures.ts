import type { CountRow } from './count-table.ts';

/** Who met what since it was last taken, counted in memory. Called for every evaluation: three look-ups and an addition. */
export class Exposures {
  #counts = new Map<string, Map<string, Map<string, { count: number }>>>();
  readonly #mayBegin: (set: string, flag: string, variant: string) => boolean;

  /** `mayBegin`: whether there is room for a row that is not there yet. */
  constructor(mayBegin: (set: string, flag: string, variant: string) => boolean) {
    this.#mayBegin = mayBegin;
  }

  /** true: the first since it was last taken. */
  add(set: string, flag: string, variant: string): boolean {
    const known = this.#counts.get(set)?.get(flag)?.get(variant);
    if (known !== undefined) {
      known.count += 1;
      return false;
    }
    return this.#mayBegin(set, flag, variant) && this.#begin(set, flag, variant);
  }

  take(): readonly CountRow[] {
    const taken = this.#counts;
    this.#counts = new Map();
    return [...taken].flatMap(([set, flags]) =>
      [...flags].flatMap(([flag, variants]) =>
        [...variants].map(([variant, { count }]) => {
          return { set, flag, outcome: '', variant, good: count, bad: 0, firstBadAt: null };
        }),
      ),
    );
  }

  #begin(set: string, flag: string, variant: string): boolean {
    const isFirst = this.#counts.size === 0;
    const flags = this.#counts.get(set) ?? new Map<string, Map<string, { count: number }>>();
    const variants = flags.get(flag) ?? new Map<string, { count: number }>();
    this.#counts.set(set, flags.set(flag, variants.set(variant, { count: 1 })));
    return isFirst;
  }
}
