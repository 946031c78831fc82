import type { z } from 'zod';

/** What the language needs to know of one provider. */
export interface ProviderEntry {
  readonly schema: z.ZodType;
  readonly summary?: string;
  /** Of a target: there where it can run a part of a version, as a rolling rollout needs it. */
  readonly scaling?: object;
  /** Of a router: whether it can send copies of requests to a version, as a dark launch needs it. */
  readonly mirrors?: boolean;
  /** Of a router: whether it can count by visitor where its clients are recognised by a cookie. */
  readonly tellsVisitors?: boolean;
  /** Of a router: whether it counts what each instance of a version answered. */
  readonly tellsInstances?: boolean;
  /** Of a metric source: how it tells the instances of a version apart, as they stand now or over a time that is over; absent: it cannot. */
  readonly shards?: { readonly kind: 'live' | 'past' };
}

/** The providers a plan may name, one table a kind. */
export interface ProviderCatalogue {
  readonly checks: Readonly<Record<string, ProviderEntry>>;
  readonly targets: Readonly<Record<string, ProviderEntry>>;
  readonly routers: Readonly<Record<string, ProviderEntry>>;
  readonly metricSources: Readonly<Record<string, ProviderEntry>>;
  readonly channels: Readonly<Record<string, ProviderEntry>>;
}

/** The kinds of provider that a plan names by a key, with the word for one of them. */
export const PROVIDER_WORDS = {
  checks: 'check',
  targets: 'target',
  routers: 'router',
  metricSources: 'metric source',
  channels: 'channel',
} as const;

export type ProviderTable = keyof typeof PROVIDER_WORDS;
