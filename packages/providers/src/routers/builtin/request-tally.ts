import { classOf } from './answer-class.ts';
import type { InstanceTallies } from './instance-tallies.ts';
import type { Outcomes, Tally } from './version-tally.ts';

/** How one request comes out, for its version and for the instance that it went to last: one that was not reached has answered nothing. */
export class RequestTally implements Tally {
  readonly #outcomes: Outcomes;
  readonly #instances: InstanceTallies;
  #address = '';

  constructor(outcomes: Outcomes, instances: InstanceTallies) {
    this.#outcomes = outcomes;
    this.#instances = instances;
  }

  sentTo(address: string): void {
    this.#address = address;
  }

  answered(status: number, milliseconds: number, at: number): void {
    this.#outcomes.answered(status, milliseconds, at);
    this.#instances.count(this.#address, classOf(status));
  }

  failed(at: number): void {
    this.#outcomes.failed(at);
    this.#instances.count(this.#address, 'failed');
  }

  left(): void {
    this.#outcomes.left();
  }
}
