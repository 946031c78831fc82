/** What serving comes to, for the metrics. It counts in plain numbers: an instrument's call costs more than an evaluation. */
export class FlagTally {
  #evaluations = 0;
  readonly #refusals = new Map<number, number>();

  /** Flags evaluated, also where the answer is that nothing was modified. */
  evaluated(flags: number): void {
    this.#evaluations += flags;
  }

  refused(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1);
  }

  get evaluations(): number {
    return this.#evaluations;
  }

  /** By HTTP status. */
  get refusals(): ReadonlyMap<number, number> {
    return this.#refusals;
  }
}
