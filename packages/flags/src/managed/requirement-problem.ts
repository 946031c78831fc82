import type { Json } from '../json.ts';
import { groupRule } from './audience-rule.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { jsonSize } from './json-size.ts';
import { LIMITS } from './limits.ts';
import { dependsOnKey } from './own-key.ts';
import { referencesOf } from './references-of.ts';
import { segmentSize, timesUsed } from './segment-rules.ts';
import type { Touched } from './set-problem.ts';

/** What is wrong with the prerequisites of changed flags and of all that hang on them; null: nothing. */
export function requirementProblem(set: FlagSet, touched: Touched): string | null {
  const chains = new Chains(set);
  for (const key of affected(set, touched.flags)) {
    const record = set.flags.get(key);
    const problem = record === undefined ? null : (missing(set, record) ?? chains.problem(record));
    if (problem !== null) return problem;
  }
  return chains.total() <= LIMITS.total ? null : 'The flags are too large with all that they require worked in.';
}

/** The flags that require this one. */
export function dependentsOf(set: FlagSet, flag: string): readonly string[] {
  return [...set.flags.values()]
    .filter(({ about }) => about.requires.some((each) => each.flag === flag))
    .map(({ key }) => key);
}

/** The changed flags and all that require them, by way of others too. */
function affected(set: FlagSet, changed: ReadonlySet<string>): ReadonlySet<string> {
  const dependents = new Map<string, string[]>();
  for (const { key, about } of set.flags.values()) {
    for (const { flag } of about.requires) {
      const known = dependents.get(flag);
      if (known === undefined) dependents.set(flag, [key]);
      else known.push(key);
    }
  }
  const found = new Set(changed);
  // A set may grow while it is walked: what is added is visited too.
  for (const key of found) for (const each of dependents.get(key) ?? []) found.add(each);
  return found;
}

function missing(set: FlagSet, { key, about }: FlagRecord): string | null {
  for (const { flag, variant } of about.requires) {
    const other = set.flags.get(flag);
    if (other === undefined) return `Flag ${key} requires ${flag}, which is not in this set: define it first.`;
    if (!Object.hasOwn(other.definition.variants, variant)) {
      return `Flag ${key} requires ${flag}=${variant}, but ${flag} has no such variant.`;
    }
  }
  return null;
}

interface Chain {
  /** Flags that require flags, this one not counted. */
  readonly depth: number;
  /** JSON characters of its targeting with all others worked in. */
  readonly size: number;
}

class Chains {
  readonly #set: FlagSet;
  readonly #known = new Map<string, Chain | 'open'>();

  constructor(set: FlagSet) {
    this.#set = set;
  }

  problem(record: FlagRecord): string | null {
    const chain = this.#of(record, 0);
    if (chain === 'ring')
      return `Flag ${record.key} requires itself by way of others: take one of the prerequisites out.`;
    if (chain.depth > LIMITS.chain)
      return `Flag ${record.key} requires flags that require flags, more than ${LIMITS.chain} deep.`;
    if (record.about.requires.length === 0 || chain.size <= LIMITS.workedIn) return null;
    return `Flag ${record.key} is too large with all that it requires: put long lists into segments.`;
  }

  /** Of all flags that require others. */
  total(): number {
    let total = 0;
    for (const record of this.#set.flags.values()) {
      const chain = record.about.requires.length === 0 ? 'ring' : this.#of(record, 0);
      if (chain !== 'ring') total += chain.size;
    }
    return total;
  }

  #of(record: FlagRecord, level: number): Chain | 'ring' {
    const known = this.#known.get(record.key);
    if (known === 'open') return 'ring';
    if (known !== undefined) return known;
    // Deep enough to be refused; no deeper, so that no chain can exhaust the stack.
    if (level > LIMITS.chain) return { depth: 1, size: 0 };
    this.#known.set(record.key, 'open');
    let depth = 0;
    let size = ownSize(record, this.#set);
    for (const { flag } of record.about.requires) {
      const other = this.#set.flags.get(flag);
      const chain = other === undefined ? { depth: 0, size: 0 } : this.#of(other, level + 1);
      if (chain === 'ring') return 'ring';
      depth = Math.max(depth, chain.depth + 1);
      size += chain.size;
    }
    const found = { depth, size };
    this.#known.set(record.key, found);
    return found;
  }
}

/** A segment that depends on the flag that is evaluated is written out where its flag is worked into another one. */
function ownSize({ definition, ramp }: FlagRecord, { segments }: FlagSet): number {
  const { targeting = null } = definition;
  const rules: readonly Json[] = [targeting, ...(ramp?.audience ?? []).map(groupRule)];
  let size = jsonSize(targeting).characters + jsonSize(ramp).characters;
  for (const rule of rules) {
    for (const name of referencesOf(rule)) {
      if (dependsOnKey({ $ref: name }, segments)) size += timesUsed(rule, name) * segmentSize(name, segments);
    }
  }
  return size;
}
