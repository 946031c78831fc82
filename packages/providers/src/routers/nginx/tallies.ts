import type { VersionCounts } from '@slipway/provider-kit';
import { z } from 'zod';
import { maxVersions } from '../builtin/counts.ts';
import { bucketOf } from '../builtin/histogram.ts';
import type { LogLine } from './log-line.ts';
import type { Targets } from './stored-split.ts';

const count = z.int().min(0);
const moment = z.number().nullable();

/** What was counted of a version. */
const tally = z.strictObject({
  version: z.string(),
  requests: count,
  answers: z.strictObject({ '1xx': count, '2xx': count, '3xx': count, '4xx': count, '5xx': count, failed: count }),
  latency: z.record(z.string(), count),
  firstRequestAt: moment,
  firstBadAt: moment,
  lastRequestAt: moment,
});
export type Tally = z.infer<typeof tally>;

export const tallies = z.record(z.string(), tally);
export type Tallies = z.infer<typeof tallies>;

/** A connection whose answer broke off is remembered until its request's line comes; one line follows the other. */
export const maxBroken = 1_000;

/** Adds up lines, in the order in which they were written. */
export class Tallying {
  readonly #prefix: string;
  readonly #broken: Set<string>;
  readonly #tallies: Tallies;

  /** Only requests to versions in `before` and in `targets` count: to any other nobody was sent. */
  constructor(
    prefix: string,
    before: { readonly tallies: Tallies; readonly broken: readonly string[] },
    targets: Targets,
  ) {
    this.#prefix = `${prefix}_`;
    this.#broken = new Set(before.broken);
    this.#tallies = structuredClone(before.tallies);
    for (const [id, { version }] of Object.entries(targets)) this.#tallies[id] ??= emptyTally(version);
    this.#forget(targets);
  }

  add(line: LogLine): void {
    switch (line.kind) {
      case 'broken':
        this.#broken.add(line.connection);
        if (this.#broken.size > maxBroken)
          for (const oldest of [...this.#broken].slice(0, 1)) this.#broken.delete(oldest);
        return;
      case 'request': {
        const isBroken = this.#broken.delete(line.connection);
        if (!line.upstream.startsWith(this.#prefix)) return;
        const id = line.upstream.slice(this.#prefix.length);
        const found = Object.hasOwn(this.#tallies, id) ? this.#tallies[id] : undefined;
        if (found !== undefined) addTo(found, line, isBroken);
      }
    }
  }

  get result(): { readonly tallies: Tallies; readonly broken: string[] } {
    return { tallies: this.#tallies, broken: [...this.#broken] };
  }

  /** Drops the versions that were quiet for longest: an nginx lives through many launches. */
  #forget(targets: Targets): void {
    const idle = Object.entries(this.#tallies).filter(([id]) => !Object.hasOwn(targets, id));
    idle.sort(([, one], [, other]) => (one.lastRequestAt ?? 0) - (other.lastRequestAt ?? 0));
    for (const [id] of idle.slice(0, Math.max(0, idle.length - maxVersions))) delete this.#tallies[id];
  }
}

export function emptyTally(version: string): Tally {
  return {
    version,
    requests: 0,
    answers: { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 },
    latency: {},
    firstRequestAt: null,
    firstBadAt: null,
    lastRequestAt: null,
  };
}

/** Counts by version. What nginx has under way it tells nobody. */
export function countsOf(counted: Tallies): Readonly<Record<string, VersionCounts>> {
  return Object.fromEntries(
    Object.values(counted).map(({ version, ...rest }) => [version, { ...rest, inFlight: null }]),
  );
}

function addTo(found: Tally, line: LogLine & { kind: 'request' }, isBroken: boolean): void {
  const outcome = isBroken ? 'failed' : line.outcome;
  found.requests += 1;
  found.firstRequestAt = Math.min(found.firstRequestAt ?? Infinity, line.begunAt);
  found.lastRequestAt = Math.max(found.lastRequestAt ?? 0, line.begunAt);
  if (outcome === 'left') return;
  found.answers[outcome] += 1;
  if (outcome === 'failed' || outcome === '5xx') {
    found.firstBadAt = Math.min(found.firstBadAt ?? Infinity, line.endedAt);
  }
  if (outcome === 'failed' || line.latency === null) return;
  const bucket = bucketOf(line.latency);
  found.latency[bucket] = (found.latency[bucket] ?? 0) + 1;
}
