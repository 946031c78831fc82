/** A part of the launch that runs beside others, with the roles that have a part in it. */
export interface Track {
  /** Who does it, and answers for it. */
  readonly owner: string;
  /** Who decides. */
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}
