/** A scenario that did not end as the plan wants. */
export interface RedScenario {
  readonly id: string;
  /** How it ended. */
  readonly end: string;
  /** Rules of every launch that it broke, and why it was held or went back; in words. */
  readonly why: readonly string[];
}

/** What came of a rehearsal of a whole plan. */
export interface PlanRehearsed {
  /** Digest of the plan that was rehearsed. */
  readonly planDigest: string;
  readonly ok: boolean;
  /** How many were walked. */
  readonly scenarios: number;
  /** The first of them; `redCount`: how many there are. */
  readonly red: readonly RedScenario[];
  readonly redCount: number;
  /** How many steps, messages, ways back and conditions no scenario reached. */
  readonly neverExercised: number;
  /** Milliseconds that it took. */
  readonly took: number;
  /** Epoch ms at which it ended: before the question where a green one of the same plan was there already. */
  readonly at: number;
  /** Of Slipway: what was rehearsed with. */
  readonly slipway: string;
}

/** Rehearses the plan of the launch that asks, in virtual time, apart from everything that is real. */
export interface PlanRehearsal {
  /** Digest of the plan that this launch runs. */
  readonly planDigest: string;
  /**
   * Rejects with RetryableError where it does not end within `timeoutMs`, with TerminalError where this server cannot rehearse, and
   * with the signal's reason.
   */
  run(limits: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<PlanRehearsed>;
}
