import type { RampWork } from '@slipway/core';
import { SplitRefused } from './environment.ts';

type Audience = RampWork['audience'];

/** A flag of the simulated world: what it serves by default, to whom it serves another variant, and whether it is off for everybody. */
export class SimulatedFlag {
  readonly served: string;
  #audience: Audience = [];
  #isKilled = false;
  #lostAt: number | null = null;

  constructor(served: string) {
    this.served = served;
  }

  /** Exactly these from then on. Idempotent. Throws SplitRefused, changing nothing, where the flag was killed. */
  ramp({ audience }: Pick<RampWork, 'audience'>): void {
    if (this.#isKilled) throw new SplitRefused('it was killed');
    this.#audience = audience;
    this.#lostAt = null;
  }

  /** Idempotent. */
  kill(): void {
    this.#isKilled = true;
  }

  /** A person's, at a moment of time as it really passes. */
  killAt(time: number): void {
    this.#lostAt ??= time;
    this.kill();
  }

  /** A person lifts a kill: nobody finds the variant back by that. */
  lift(): void {
    this.#isKilled = false;
    this.#audience = [];
  }

  /** When a person took it from whoever ramped it; null: it was not, or was ramped anew since. */
  get lostAt(): number | null {
    return this.#lostAt;
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  get audience(): Audience {
    return this.#audience;
  }

  /** Whether everybody of this audience gets the variant. */
  has(audience: Audience): boolean {
    return !this.#isKilled && audience.every((one) => isIn(one, this.#audience));
  }
}

/** Shares of the same people lie in each other, for they are chosen by one hash. */
function isIn(one: Audience[number], audience: Audience): boolean {
  return audience.some((other) => {
    if (other.kind !== 'share') return groupOf(one) === groupOf(other);
    const isWhole = other.of === null || groupOf(one) === groupOf(other);
    return isWhole && other.percent >= (one.kind === 'share' && groupOf(one) === groupOf(other) ? one.percent : 100);
  });
}

function groupOf(one: Audience[number]): string | null {
  const group = one.kind === 'share' ? one.of : one;
  if (group === null) return null;
  return group.kind === 'segment' ? group.segment : group.name;
}
