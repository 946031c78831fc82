import { MAX_WEIGHT } from './bucketing/bucket.ts';
import { ARITY } from './definition/arity.ts';
import type { Arity } from './definition/arity.ts';
import { FLAGD_VALUES } from './definition/check-targeting.ts';
import { MAX_PROBLEMS } from './definition/flag-problem.ts';
import { flagSchema, flagSetSchema } from './definition/flag-set-schema.ts';
import { TEXT_LIMITS } from './definition/limits.ts';
import type { Bucketing } from './evaluate/flag-evaluator.ts';
import { MAX_RULE_DEPTH, MAX_RULES } from './logic/compile-rule.ts';
import { OPERATORS } from './logic/operators.ts';
import { ABOUT_KEYS } from './managed/about-keys.ts';
import { LIMITS } from './managed/limits.ts';

const BUCKETING: Readonly<Record<Bucketing, string>> = {
  v2: "Hashes a text in UTF-8: the one in front, or the flag's key followed by the targeting key. What flagd does now, and what a set is made with where nobody says otherwise.",
  v3: 'Hashes a value of any type in CBOR: the one in front, or the list of the flag\'s key and the targeting key. The number 1 and the text "1" differ.',
};

const LIMITS_TOLD: readonly (readonly [what: string, most: number])[] = [
  ['Bytes of a file', TEXT_LIMITS.bytes],
  ['Characters of a file in YAML', TEXT_LIMITS.yaml],
  ['Maps and lists within each other, in a file', TEXT_LIMITS.depth],
  ['Problems told of a file', MAX_PROBLEMS],
  ['Rules within each other, with what they refer to', MAX_RULE_DEPTH],
  ['Rules and values of one targeting, lists of plain values not counted', MAX_RULES],
  ['Sum of the weights of a fractional', MAX_WEIGHT],
  ['Flags of a set', LIMITS.flags],
  ['Segments of a set', LIMITS.segments],
  ['Characters of the definition of one flag, as JSON', LIMITS.definition],
  ['Characters of the rule of one segment, as JSON', LIMITS.segment],
  ['Characters of a whole set, as JSON', LIMITS.total],
  ['Characters of a flag with the flags it requires worked in, as JSON', LIMITS.workedIn],
  ['Characters of the key of a flag, or of the name of a variant', LIMITS.name],
  ['Characters of the name of a segment', LIMITS.id],
  ['Flags that one flag requires', LIMITS.requires],
  ['Flags that require each other in a row', LIMITS.chain],
];

/** What the reference page of flag files is made from: the tables that files are read, checked and evaluated by. */
export const flagFileReference = {
  set: flagSetSchema,
  flag: flagSchema,
  about: ABOUT_KEYS,
  operators: Object.entries(OPERATORS).map(([name, { what, example }]) => {
    return { name, what, example, takes: arityWords(ARITY[name]) };
  }),
  values: FLAGD_VALUES,
  bucketing: BUCKETING,
  limits: LIMITS_TOLD,
} as const;

function arityWords(arity: Arity | undefined): string {
  if (arity === undefined) return '';
  const { least, most } = arity;
  if (most === Infinity) return least === 0 ? 'any number' : `${least} or more`;
  return least === most ? `${least}` : `${least} to ${most}`;
}
