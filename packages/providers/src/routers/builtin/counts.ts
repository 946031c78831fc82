import type { RouterCounts, VersionCounts } from '@slipway/provider-kit';
import { RequestTally } from './request-tally.ts';
import type { Tally } from './version-tally.ts';
import { VersionTally } from './version-tally.ts';
import { maxVisitors, Visitors } from './visitors/visitors.ts';

/** Versions kept at most, beside those that carry traffic: a router lives through many launches. */
export const maxVersions = 20;

/**
 * Counts by version since the router started. A request counts at its arrival (the client met the version), its answer when it is
 * complete; so requests - answers - inFlight is the number of clients that left before an answer, which is nobody's failure.
 */
export class TrafficCounts {
  readonly #boot: string;
  readonly #versions = new Map<string, VersionTally>();
  readonly #visitors: Visitors;
  #routed: ReadonlySet<string> = new Set();

  /** `boot` differs from every earlier one; `capacity`: visitors that are remembered for a bad answer. */
  constructor(boot: string, capacity = maxVisitors) {
    this.#boot = boot;
    this.#visitors = new Visitors(capacity);
  }

  /** These versions, with their addresses, are routed to from now on: they count from zero, in plain sight, and are not forgotten. */
  route(versions: ReadonlyMap<string, readonly string[]>): void {
    this.#routed = new Set(versions.keys());
    for (const [version, tally] of this.#versions) if (!this.#routed.has(version)) tally.instances.keep([]);
    for (const [version, addresses] of versions) this.#of(version).instances.keep(addresses);
    this.#forget();
  }

  /** Visitors are recognised by this cookie from now on, by none where it is null; `carrying`: the versions that have traffic. */
  recognise(cookie: string | null, carrying: Iterable<string>): void {
    this.#visitors.arrive(cookie, carrying);
  }

  /** A request for `version` came in. `at` is in epoch milliseconds, `visitor` the cookie's value, null for one who has none. */
  begin(version: string, at: number, visitor: string | null = null): Tally {
    const tally = this.#of(version);
    tally.begin(at);
    const outcomes = visitor === null ? tally : this.#visitors.tally(tally, visitor);
    return new RequestTally(outcomes, tally.instances);
  }

  read(at: number): RouterCounts {
    const versions = [...this.#versions].map(([version, tally]) => [version, this.#read(tally)] as const);
    return { boot: this.#boot, at, versions: Object.fromEntries(versions) };
  }

  /** Where visitors are not recognised it says nothing of them: zeros would be counts. */
  #read(tally: VersionTally): VersionCounts {
    const { known } = this.#visitors;
    const counts = { ...tally.read(), instances: tally.instances.read() };
    if (known === 'unrecognised') return counts;
    return { ...counts, visitors: known === 'known' ? tally.visitors : null };
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
