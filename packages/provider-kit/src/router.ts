import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { Mirror, MirrorCounts } from './mirror.ts';

/** Counts by bucket of an exponential histogram, OpenTelemetry scale 5: bucket i holds (2^(i/32), 2^((i+1)/32)] ms, i in 0..543. */
export type LatencyHistogram = Readonly<Record<number, number>>;

/**
 * Outcomes by visitor: of each visitor the first bad answer counts, whichever version gave it, and none after it. So answers that have
 * one cause (a user who tries again, one for whom nothing works) are one; and each that is counted is one chance to fail.
 */
export interface VisitorCounts {
  /** Answers to visitors who had met no bad one before, and each visitor's first bad one. */
  readonly answered: number;
  /** Visitors whose first bad answer (5xx, or none) was this version's. */
  readonly bad: number;
}

/** Answers by status class; `failed` counts requests that got no answer from the version. */
export interface AnswerCounts {
  readonly '1xx': number;
  readonly '2xx': number;
  readonly '3xx': number;
  readonly '4xx': number;
  readonly '5xx': number;
  readonly failed: number;
}

/** Cumulative since `boot` last changed. */
export interface VersionCounts {
  readonly requests: number;
  readonly answers: AnswerCounts;
  readonly latency: LatencyHistogram;
  /** Null where the router does not know: it then counts requests when they end. */
  readonly inFlight: number | null;
  /** Epoch ms of the first request and of the first bad answer (5xx or failed); null while there was none, or where the router does not know. */
  readonly firstRequestAt: number | null;
  readonly firstBadAt: number | null;
  readonly lastRequestAt: number | null;
  /** Null for all versions while there are more visitors than the router can tell apart; absent where it does not tell them apart. */
  readonly visitors?: VisitorCounts | null;
  /** Answers by instance, of those that are routed to now, by address; absent where the router does not tell them apart. */
  readonly instances?: Readonly<Record<string, AnswerCounts>>;
}

export interface RouterCounts {
  /** Changes when the counters begin again at zero, as where the router restarts and forgets them. */
  readonly boot: string;
  /** Epoch ms of this reading. */
  readonly at: number;
  readonly versions: Readonly<Record<string, VersionCounts>>;
  /** Absent or null while nothing is mirrored. */
  readonly mirror?: MirrorCounts | null;
}

export interface RouterState {
  /** Per cent of traffic by version; empty while nothing is routed. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revision: number;
  /** Where clients connect, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
}

export interface Split {
  /** Grows with every change of a launch. A router refuses one that is lower than the last it saw: a late worker cannot undo a rollback. */
  readonly revision: number;
  /** Weights in per cent, 0..100, adding up to 100; addresses of the ready instances. */
  readonly backends: Readonly<Record<string, { readonly weight: number; readonly addresses: readonly string[] }>>;
  /** Only for a router that `mirrors`; absent or null ends what was mirrored. Its version is none of the backends. */
  readonly mirror?: Mirror | null;
}

/** Splits traffic between versions of one environment. */
export interface RouterProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'router';
  readonly name: string;
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  /** Whether it can send copies of requests to a version whose answers nobody sees. */
  readonly mirrors?: boolean;
  /** Whether it can count by visitor: where its configuration has visitors recognised by a cookie, as `sticky: { cookie }` does. */
  readonly tellsVisitors?: boolean;
  /** Whether it counts what each instance of a version answered. */
  readonly tellsInstances?: boolean;
  inspect(config: Config, environment: string, context: ProviderContext<Needs>): Promise<RouterState>;
  /** Sets the whole split. Acts on the next request and drops none in flight. Idempotent. */
  shift(config: Config, environment: string, split: Split, context: ProviderContext<Needs>): Promise<RouterState>;
  counts(config: Config, environment: string, context: ProviderContext<Needs>): Promise<RouterCounts>;
}
