import type { Json } from '../json.ts';
import { audienceRule } from './audience-rule.ts';
import { equalsVariant } from './equals-variant.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { withOwnKey } from './own-key.ts';

/** What a flag comes to with its kill, its prerequisites and its ramp worked in. */
export type InForce =
  /** Everybody gets it; null: the default of the caller's code. */
  | { readonly kind: 'same'; readonly variant: string | null }
  /** `otherwise`: where the targeting gives null. */
  | { readonly kind: 'rule'; readonly targeting: Json; readonly otherwise: string | null }
  | { readonly kind: 'disabled' };

/** What the flags that one requires come to. */
export type Lookup = (flag: string) => InForce | null;

/** Precedence: kill, prerequisites, ramp, the definition's own targeting, its default. */
export function inForce(record: FlagRecord, set: FlagSet, lookup: Lookup): InForce {
  const { about, definition, kill } = record;
  if (kill !== null) return { kind: 'same', variant: about.off };
  if (definition.state === 'DISABLED') return { kind: 'disabled' };
  return withRequirements(record, withRamp(record, ownRule(record, set)), lookup);
}

function ownRule({ key, definition }: FlagRecord, { bucketing, segments }: FlagSet): InForce {
  const { targeting = null, defaultVariant = null } = definition;
  const none = targeting === null || (typeof targeting === 'object' && Object.keys(targeting).length === 0);
  if (none) return { kind: 'same', variant: defaultVariant };
  // What v3 hashes in the shorthand cannot be written out for another flag: so it is written out for the flag itself too.
  const rule = bucketing === 'v3' ? withOwnKey(targeting, key, segments) : targeting;
  return { kind: 'rule', targeting: rule, otherwise: defaultVariant };
}

function withRamp({ ramp }: FlagRecord, own: InForce): InForce {
  const reached = ramp === null ? false : audienceRule(ramp);
  if (ramp === null || reached === false) return own;
  if (reached === true) return { kind: 'same', variant: ramp.variant };
  const targeting = { if: [reached, ramp.variant, resultOf(own)] };
  return { kind: 'rule', targeting, otherwise: defaultOf(own) };
}

function withRequirements({ about }: FlagRecord, inner: InForce, lookup: Lookup): InForce {
  const met = about.requires.map(({ flag, variant }) => servesRule(lookup(flag), variant));
  if (met.includes(false)) return { kind: 'same', variant: about.off };
  const open = met.filter((each) => each !== true);
  const [first] = open;
  if (first === undefined) return inner;
  const targeting = { if: [open.length === 1 ? first : { and: open }, resultOf(inner), about.off] };
  return { kind: 'rule', targeting, otherwise: defaultOf(inner) };
}

/** A flag that is gone or DISABLED serves no variant. */
function servesRule(other: InForce | null, variant: string): Json {
  if (other === null || other.kind === 'disabled') return false;
  if (other.kind === 'same') return other.variant === variant;
  return equalsVariant(other.targeting, other.otherwise, variant);
}

function resultOf(own: InForce): Json {
  if (own.kind === 'rule') return own.targeting;
  return own.kind === 'same' ? own.variant : null;
}

function defaultOf(own: InForce): string | null {
  if (own.kind === 'rule') return own.otherwise;
  return own.kind === 'same' ? own.variant : null;
}
