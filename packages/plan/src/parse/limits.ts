/** What a plan may be at most. A plan comes from a repository that others write to: none of it may stall the server. */
export const PLAN_LIMITS = {
  /** UTF-8 bytes of text. */
  bytes: 1_000_000,
  /** Maps and lists inside each other. */
  depth: 32,
  /** Keys, items and scalars, aliases unfolded. */
  values: 20_000,
  steps: 500,
  /** Problems that are listed; more help nobody. At most half of them are warnings, so that errors have room. */
  problems: 200,
} as const;
