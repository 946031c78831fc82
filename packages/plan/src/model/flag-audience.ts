import type { PlanJson } from './provider-use.ts';

/** People by what the evaluation context says of them. */
export type FlagGroup =
  /** Those of a segment of the server's flag set, by its name. */
  | { readonly kind: 'segment'; readonly segment: string }
  /** Those for whom a rule (JSONLogic) is true: a segment that the plan itself defines. */
  | { readonly kind: 'rule'; readonly name: string; readonly rule: PlanJson };

/** Who gets the variant of a flag. */
export type FlagAudience =
  | FlagGroup
  /** So many per cent, 0..100 with at most 3 decimals, of everybody or of a group, chosen by a hash of their targeting key. */
  | { readonly kind: 'share'; readonly percent: number; readonly of: FlagGroup | null };
