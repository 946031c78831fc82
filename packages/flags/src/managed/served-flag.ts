import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Metadata } from '../json.ts';
import { ABOUT_KEYS } from './about-keys.ts';
import type { FlagRecord } from './flag-record.ts';
import type { FlagSet } from './flag-set.ts';
import { inForce } from './in-force.ts';
import type { InForce } from './in-force.ts';
import { LIMITS } from './limits.ts';
import { withOwnKey } from './own-key.ts';

/** What was worked out of a flag, with all that it was worked out of. */
interface Worked {
  readonly bucketing: FlagSet['bucketing'];
  /** null: no segment has a part in it. */
  readonly segments: FlagSet['segments'] | null;
  readonly requires: readonly (readonly [string, FlagRecord | undefined])[];
  readonly inForce: InForce;
  readonly served: FlagDefinition;
}

// A record never changes: of thousands of flags only those are worked out anew that changed, or that require one that did.
const known = new WeakMap<FlagRecord, Worked>();

/** A flag as plain flagd JSON, with all that is in force worked in. The same object as long as nothing of it changed. */
export function servedFlag(record: FlagRecord, set: FlagSet): FlagDefinition {
  return worked(record, set, 0).served;
}

function worked(record: FlagRecord, set: FlagSet, depth: number): Worked {
  const before = known.get(record);
  if (before !== undefined && isCurrent(before, set)) return before;
  const requires = new Map<string, FlagRecord | undefined>();
  const found = inForce(record, set, (flag) => {
    const other = set.flags.get(flag);
    requires.set(flag, other);
    // A ring, or a chain that no set may have: what cannot be known counts as not met.
    if (other === undefined || depth > LIMITS.chain) return null;
    const inner = worked(other, set, depth + 1);
    for (const [key, each] of inner.requires) requires.set(key, each);
    return elsewhere(inner.inForce, flag, set);
  });
  const result: Worked = {
    bucketing: set.bucketing,
    segments: requires.size > 0 || set.bucketing === 'v3' ? set.segments : null,
    requires: [...requires],
    inForce: found,
    served: served(record, found),
  };
  known.set(record, result);
  return result;
}

function isCurrent({ bucketing, segments, requires }: Worked, set: FlagSet): boolean {
  if (bucketing !== set.bucketing || (segments !== null && segments !== set.segments)) return false;
  return requires.every(([key, record]) => set.flags.get(key) === record);
}

/** As it is written inside of another flag. */
function elsewhere(found: InForce, key: string, { segments }: FlagSet): InForce {
  return found.kind === 'rule' ? { ...found, targeting: withOwnKey(found.targeting, key, segments) } : found;
}

function served({ definition, kill }: FlagRecord, found: InForce): FlagDefinition {
  const { state, variants } = definition;
  const metadata = ownMetadata(definition.metadata);
  const rest = metadata === null ? {} : { metadata };
  switch (found.kind) {
    case 'disabled':
      return { state, variants, ...defaultOf(definition.defaultVariant), ...rest };
    case 'same':
      return { state: kill === null ? state : 'ENABLED', variants, ...defaultOf(found.variant), ...rest };
    case 'rule':
      return { state, variants, ...defaultOf(found.otherwise), targeting: found.targeting, ...rest };
  }
}

function defaultOf(variant: string | null | undefined): { readonly defaultVariant?: string } {
  return variant === null || variant === undefined ? {} : { defaultVariant: variant };
}

/** What a team says besides, without what is Slipway's; null: nothing. */
function ownMetadata(metadata: Metadata = {}): Metadata | null {
  const kept = Object.entries(metadata).filter(([name]) => !Object.hasOwn(ABOUT_KEYS, name));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
