import type { Json } from '../json.ts';
import { RuleError } from '../logic/expression.ts';
import { createRuleCompiler } from '../logic/compile-rule.ts';
import type { RuleCompiler } from '../logic/compile-rule.ts';
import { checkTargeting } from './check-targeting.ts';
import type { FlagDefinition, FlagSetDefinition } from './flag-definition.ts';
import { MAX_PROBLEMS } from './flag-problem.ts';
import type { Finding, Path } from './flag-problem.ts';
import { flagSchema, flagSetSchema } from './flag-set-schema.ts';
import { namedVariants } from './named-variants.ts';
import { didYouMean, nearest, quote } from './nearest.ts';
import { referenceRing } from './reference-ring.ts';

interface Check {
  readonly evaluators: Readonly<Record<string, Json>>;
  readonly names: ReadonlySet<string>;
  /** Throws RuleError where the rule has no meaning. */
  readonly compile: (rule: Json) => void;
}

/** What the form alone does not say: that targeting makes sense, and that the names in it exist. */
export function checkFlagSet(set: FlagSetDefinition): readonly Finding[] {
  const evaluators = set.$evaluators ?? {};
  const names = Object.keys(evaluators);
  const shared = checkEvaluators(evaluators, names);
  // A broken evaluator would be told again of each flag that uses it.
  let compiler: RuleCompiler | null = null;
  const compile = (rule: Json): void => {
    compiler ??= createRuleCompiler(evaluators, { bucketing: 'v2' });
    compiler.compile(rule);
  };
  const check = { evaluators, names: new Set(names), compile };
  const flags: Finding[] = [];
  for (const [key, flag] of Object.entries(set.flags)) {
    // No more are told: looking for all that is wrong with a hostile text would take minutes.
    if (flags.length >= MAX_PROBLEMS) break;
    flags.push(...checkFlag(flag, ['flags', key], check, shared.length === 0));
    if (key === '') flags.push({ path: ['flags', key], atKey: true, message: 'the key of a flag cannot be empty' });
  }
  return [...unknownKeys(set, [], SET_KEYS), ...flags, ...shared];
}

const SET_KEYS: readonly string[] = Object.keys(flagSetSchema.shape);
const FLAG_KEYS: readonly string[] = Object.keys(flagSchema.shape);

/** flagd lets unknown keys pass; one that looks like a known key is a slip that would change what is served. */
function unknownKeys(map: object, path: Path, known: readonly string[]): readonly Finding[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key) && nearest(key, known) !== null)
    .map((key) => ({
      path: [...path, key],
      atKey: true,
      message: `there is no key ${quote(key)} here${didYouMean(key, known)}`,
    }));
}

function checkEvaluators(evaluators: Readonly<Record<string, Json>>, names: readonly string[]): readonly Finding[] {
  const known = new Set(names);
  const findings: Finding[] = [];
  for (const name of names) {
    if (findings.length >= MAX_PROBLEMS) break;
    findings.push(...checkTargeting(evaluators[name] ?? null, ['$evaluators', name], known));
  }
  const ring = referenceRing(evaluators);
  if (ring === null) return findings;
  const way = [...ring, ring[0] ?? ''].map(quote).join(' → ');
  return [
    ...findings,
    {
      path: ['$evaluators', ring[0] ?? ''],
      atKey: true,
      message: `rules may not refer to each other in a ring: ${way}`,
    },
  ];
}

function checkFlag(flag: FlagDefinition, path: Path, check: Check, compile: boolean): readonly Finding[] {
  const findings = [...unknownKeys(flag, path, FLAG_KEYS), ...checkVariants(flag, path)];
  const { targeting } = flag;
  if (targeting === undefined || targeting === null) return findings;
  const at = [...path, 'targeting'];
  const form = checkTargeting(targeting, at, check.names);
  const unknown = namedVariants(targeting, at, check.evaluators)
    .filter(({ variant }) => !Object.hasOwn(flag.variants, variant))
    .slice(0, MAX_PROBLEMS)
    .map(({ variant, path: place }) => ({ path: place, message: noVariant(flag, variant) }));
  const meaning =
    form.length === 0 && compile && Object.keys(targeting).length > 0 ? compiles(targeting, at, check) : [];
  return [...findings, ...form, ...unknown, ...meaning];
}

function compiles(targeting: Json, path: Path, check: Check): readonly Finding[] {
  try {
    check.compile(targeting);
    return [];
  } catch (error) {
    return [
      {
        path,
        message: `this rule has no meaning: ${error instanceof RuleError ? error.message : 'it cannot be compiled'}`,
      },
    ];
  }
}

function noVariant(flag: FlagDefinition, variant: string): string {
  const names = Object.keys(flag.variants);
  return `there is no variant ${quote(variant)}${didYouMean(variant, names) || `; the flag has ${names.slice(0, 10).map(quote).join(', ')}`}`;
}

function checkVariants(flag: FlagDefinition, path: Path): readonly Finding[] {
  const at = [...path, 'variants'];
  const entries = Object.entries(flag.variants);
  const [first] = entries;
  if (first === undefined) return [{ path: at, message: 'name at least one variant' }];
  const type = typeOf(first[1]);
  const findings: Finding[] = entries.flatMap(([name, value]): Finding[] => {
    if (name === '') return [{ path: [...at, name], atKey: true, message: 'the name of a variant cannot be empty' }];
    const own = typeOf(value);
    if (own === null) return [{ path: [...at, name], message: 'a variant is true/false, a text, a number or a map' }];
    if (type === null || own === type) return [];
    return [
      {
        path: [...at, name],
        message: `all variants of a flag are of one type: this is ${own}, ${quote(first[0])} is ${type}`,
      },
    ];
  });
  const { defaultVariant } = flag;
  if (typeof defaultVariant !== 'string' || Object.hasOwn(flag.variants, defaultVariant)) return findings;
  return [...findings, { path: [...path, 'defaultVariant'], message: noVariant(flag, defaultVariant) }];
}

function typeOf(value: Json): string | null {
  if (typeof value === 'boolean') return 'true/false';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return 'a number';
  return value === null || Array.isArray(value) ? null : 'a map';
}
