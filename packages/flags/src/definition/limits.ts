/** A flag set's text may not be larger. */
export const TEXT_LIMITS = {
  /** Bytes of UTF-8. */
  bytes: 8_000_000,
  /** Characters of one that is not JSON. */
  yaml: 500_000,
  /** Maps and lists within each other. */
  depth: 64,
} as const;
