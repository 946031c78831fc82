import type { VersionCounts, VisitorCounts } from '@slipway/provider-kit';
import { classOf, noAnswers } from './answer-class.ts';
import { Histogram } from './histogram.ts';
import { InstanceTallies } from './instance-tallies.ts';

/** How requests come out. For each exactly one of `answered` and `failed` is called, or neither (the client left); then `left`. */
export interface Outcomes {
  /** The version answered, whole at `at` (epoch ms). `milliseconds` run from the request's arrival to the answer's headers. */
  answered(status: number, milliseconds: number, at: number): void;
  /** The version gave no (whole) answer. */
  failed(at: number): void;
  /** The request is no longer in flight. */
  left(): void;
}

/** How one request comes out. */
export interface Tally extends Outcomes {
  /** It goes to this instance now; where it was on its way to another, no longer to that one. */
  sentTo(address: string): void;
}

/** Counts of one version. */
export class VersionTally implements Outcomes {
  readonly instances = new InstanceTallies();
  readonly #answers = noAnswers();
  readonly #latency = new Histogram();
  readonly #visitors = { answered: 0, bad: 0 };
  #requests = 0;
  #inFlight = 0;
  #firstRequestAt: number | null = null;
  #firstBadAt: number | null = null;
  #lastRequestAt: number | null = null;

  get idle(): boolean {
    return this.#inFlight === 0;
  }

  get lastRequestAt(): number {
    return this.#lastRequestAt ?? 0;
  }

  get visitors(): VisitorCounts {
    return { ...this.#visitors };
  }

  begin(at: number): void {
    this.#requests += 1;
    this.#inFlight += 1;
    this.#firstRequestAt ??= at;
    this.#lastRequestAt = at;
  }

  answered(status: number, milliseconds: number, at: number): void {
    const answer = classOf(status);
    this.#answers[answer] += 1;
    this.#latency.record(milliseconds);
    if (answer === '5xx') this.#firstBadAt ??= at;
  }

  failed(at: number): void {
    this.#answers.failed += 1;
    this.#firstBadAt ??= at;
  }

  left(): void {
    this.#inFlight -= 1;
  }

  /** The answer just counted is one that counts by visitor. */
  countVisitor(bad: boolean): void {
    this.#visitors.answered += 1;
    if (bad) this.#visitors.bad += 1;
  }

  read(): VersionCounts {
    return {
      requests: this.#requests,
      answers: { ...this.#answers },
      latency: this.#latency.read(),
      inFlight: this.#inFlight,
      firstRequestAt: this.#firstRequestAt,
      firstBadAt: this.#firstBadAt,
      lastRequestAt: this.#lastRequestAt,
    };
  }
}

/** Whether an answer of this status is one that no visitor should meet. */
export const isBad = (status: number): boolean => classOf(status) === '5xx';
