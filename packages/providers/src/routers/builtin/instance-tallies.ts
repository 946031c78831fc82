import type { AnswerCounts } from '@slipway/provider-kit';
import { noAnswers } from './answer-class.ts';

/** Answers of one version by instance: of those alone that are routed to, so that they are no more than a split may have. */
export class InstanceTallies {
  #byAddress: ReadonlyMap<string, Record<keyof AnswerCounts, number>> = new Map();

  /** These are routed to from now on. One that was before counts on; one that is back begins at zero. */
  keep(addresses: Iterable<string>): void {
    this.#byAddress = new Map([...addresses].map((address) => [address, this.#byAddress.get(address) ?? noAnswers()]));
  }

  /** What an instance that is gone still answered is its version's alone. */
  count(address: string, answer: keyof AnswerCounts): void {
    const answers = this.#byAddress.get(address);
    if (answers !== undefined) answers[answer] += 1;
  }

  read(): Readonly<Record<string, AnswerCounts>> {
    return Object.fromEntries([...this.#byAddress].map(([address, answers]) => [address, { ...answers }]));
  }
}
