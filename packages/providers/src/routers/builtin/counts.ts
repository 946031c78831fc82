import type { RouterCounts, VersionCounts } from '@slipway/provider-kit';
import { Histogram } from './histogram.ts';

/** How one request comes out. Exactly one of `answered` and `failed` is called, or neither (the client left); then `left`. */
export interface Tally {
  /** The version answered, whole at `at` (epoch ms). `milliseconds` run from the request's arrival to the answer's headers. */
  answered(status: number, milliseconds: number, at: number): void;
  /** The version gave no (whole) answer. */
  failed(at: number): void;
  /** The request is no longer in flight. */
  left(): void;
}

type AnswerClass = Exclude<keyof VersionCounts['answers'], 'failed'>;

/** Versions kept at most, beside those that carry traffic: a router lives through many launches. */
export const maxVersions = 20;

/**
 * Counts by version since the router started. A request counts at its arrival (the client met the version), its answer when it is
 * complete; so requests - answers - inFlight is the number of clients that left before an answer, which is nobody's failure.
 */
export class TrafficCounts {
  readonly #boot: string;
  readonly #versions = new Map<string, VersionTally>();
  #routed: ReadonlySet<string> = new Set();

  /** `boot` differs from every earlier one. */
  constructor(boot: string) {
    this.#boot = boot;
  }

  /** These versions are routed to from now on: they count from zero, in plain sight, and are not forgotten. */
  route(versions: Iterable<string>): void {
    this.#routed = new Set(versions);
    for (const version of this.#routed) this.#of(version);
    this.#forget();
  }

  /** A request for `version` came in. `at` is in epoch milliseconds. */
  begin(version: string, at: number): Tally {
    const tally = this.#of(version);
    tally.begin(at);
    return tally;
  }

  read(at: number): RouterCounts {
    const versions = [...this.#versions].map(([version, tally]) => [version, tally.read()] as const);
    return { boot: this.#boot, at, versions: Object.fromEntries(versions) };
  }

  #of(version: string): VersionTally {
    const known = this.#versions.get(version);
    if (known !== undefined) return known;
    const fresh = new VersionTally();
    this.#versions.set(version, fresh);
    return fresh;
  }

  /** Drops the versions that were quiet for longest. */
  #forget(): void {
    const excess = this.#versions.size - maxVersions;
    const idle = [...this.#versions].filter(([version, tally]) => !this.#routed.has(version) && tally.idle);
    idle.sort(([, one], [, other]) => one.lastRequestAt - other.lastRequestAt);
    for (const [version] of idle.slice(0, Math.max(0, excess))) this.#versions.delete(version);
  }
}

class VersionTally implements Tally {
  readonly #answers = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };
  readonly #latency = new Histogram();
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

/** A status outside 100..599, which HTTP does not define, is an answer nobody can rely on. */
function classOf(status: number): AnswerClass {
  if (status >= 100 && status < 200) return '1xx';
  if (status >= 200 && status < 300) return '2xx';
  if (status >= 300 && status < 400) return '3xx';
  if (status >= 400 && status < 500) return '4xx';
  return '5xx';
}
