import type { Clock } from '../../ports/clock.ts';

/** Milliseconds for which changes are gathered before they are told. */
const GATHER = 10;

/** Changes on their way to be told, those of a few milliseconds at a time and the newest of each launch. */
export class GatheredChanges {
  readonly #clock: Clock;
  readonly #tell: (payloads: readonly string[]) => Promise<void>;
  readonly #waiting = new Map<string, number | null>();
  #telling: Promise<void> | null = null;

  /** `tell`: never rejects. */
  constructor(clock: Clock, tell: (payloads: readonly string[]) => Promise<void>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** `version`: null: nobody said. */
  add(launch: string, version: number | null): void {
    const waiting = this.#waiting.get(launch);
    const unsaid = version === null || waiting === null;
    this.#waiting.set(launch, unsaid ? null : Math.max(version, waiting ?? 0));
    this.#telling ??= this.#tellAll();
  }

  /** Resolves when nothing waits any more. */
  async told(): Promise<void> {
    await this.#telling;
  }

  async #tellAll(): Promise<void> {
    while (this.#waiting.size > 0) {
      await this.#clock.sleep(GATHER);
      const payloads = [...this.#waiting].map(([launch, version]) => `${version ?? ''} ${launch}`);
      this.#waiting.clear();
      await this.#tell(payloads);
    }
    this.#telling = null;
  }
}
