import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import type { Json } from '../json.ts';
import { MAX_WEIGHT, bucketOf } from '../bucketing/bucket.ts';
import { hashCbor } from '../bucketing/cbor.ts';
import { murmur3, murmur3After } from '../bucketing/murmur3.ts';
import { asList } from './coerce.ts';
import { constant } from './expression.ts';
import type { Expression, Run } from './expression.ts';
import type { Compiler, Operator } from './scope.ts';

/** Cumulative weights, and what each share gives. */
interface Shares {
  readonly upTo: readonly number[];
  readonly values: readonly unknown[];
  readonly total: number;
}

/** `fractional`: a share of the people each, by the hash of a value or of the flag's key and the targeting key. null where it has neither. */
export function fractional(bucketing: Bucketing): Operator {
  const hash = bucketing === 'v2' ? V2 : V3;
  return (args, compiler) => prepared(args, compiler, hash) ?? general(args, compiler, hash);
}

/** Without a targeting key. */
const NO_HASH = -1;

interface Hash {
  /** Whether the first argument decides, not the targeting key. */
  isSeed(first: unknown): boolean;
  ofSeed(first: unknown): number;
  ofKey(data: unknown, run: Run): number;
}

const V2: Hash = {
  isSeed: (first) => typeof first === 'string',
  ofSeed: (first) => murmur3(first as string),
  ofKey(data, run) {
    const key = targetingKey(data);
    return key === '' ? NO_HASH : murmur3After(run.keyHash, key);
  },
};

const V3: Hash = {
  isSeed: (first) => !Array.isArray(first) && first !== null && first !== undefined,
  ofSeed: hashCbor,
  ofKey(data, run) {
    const key = targetingKey(data);
    return key === '' ? NO_HASH : hashCbor([run.flagKey, key]);
  },
};

function targetingKey(data: unknown): string {
  const key = (data as { readonly targetingKey?: unknown } | null | undefined)?.targetingKey;
  return typeof key === 'string' ? key : '';
}

/** Where weights and what shares give are written down as such, only the hash is left to do. */
function prepared(args: Json, compiler: Compiler, hash: Hash): Expression | null {
  if (!Array.isArray(args) || args.length === 0) return null;
  const [first, ...others] = args as readonly Json[];
  const seeded = !Array.isArray(first);
  const written = compiler.compile(seeded ? others : [first, ...others]).constant?.value;
  if (!Array.isArray(written)) return null;
  const shares = sharesOf(written);
  const { inItem } = compiler.scope;
  // Items know neither flag nor targeting key.
  if (shares === null || (!seeded && inItem)) return constant(null);
  if (!seeded) {
    return {
      compute: (data, run) => {
        const hashed = hash.ofKey(data, run);
        return hashed === NO_HASH ? null : pick(shares, hashed);
      },
    };
  }
  const { compute } = compiler.compile(first);
  const listed = general(args, compiler, hash).compute;
  return {
    compute: (data, run) => {
      const given = compute(data, run);
      if (hash.isSeed(given)) return pick(shares, hash.ofSeed(given));
      // A rule in front may give a share too.
      return Array.isArray(given) ? listed(data, run) : null;
    },
  };
}

function general(args: Json, compiler: Compiler, hash: Hash): Expression {
  const given = compiler.compile(args);
  const { inItem } = compiler.scope;
  return {
    compute: (data, run) => {
      const list = asList(given.compute(data, run));
      const [first] = list;
      const seeded = hash.isSeed(first);
      if (!seeded && (inItem || !Array.isArray(first))) return null;
      const hashed = seeded ? hash.ofSeed(first) : hash.ofKey(data, run);
      const shares = hashed === NO_HASH ? null : sharesOf(seeded ? list.slice(1) : list);
      return shares === null ? null : pick(shares, hashed);
    },
  };
}

function pick({ upTo, values, total }: Shares, hash: number): unknown {
  const bucket = bucketOf(hash, total);
  for (let i = 0; i < upTo.length; i++) {
    if ((upTo[i] ?? 0) > bucket) return values[i];
  }
  return null;
}

/** null where something is no share. */
function sharesOf(list: readonly unknown[]): Shares | null {
  const upTo: number[] = [];
  const values: unknown[] = [];
  let total = 0;
  for (const entry of list) {
    if (!Array.isArray(entry) || entry.length === 0 || entry.length > 2) return null;
    const [value = null, weight = 1] = entry as readonly unknown[];
    if (typeof value === 'object' && value !== null) return null;
    if (typeof weight !== 'number' || !Number.isInteger(weight)) return null;
    // Weights that are worked out, as in a ramp over time, may fall below zero.
    total += Math.max(0, weight);
    upTo.push(total);
    values.push(value);
  }
  return total > MAX_WEIGHT ? null : { upTo, values, total };
}
