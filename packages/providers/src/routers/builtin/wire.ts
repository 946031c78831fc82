import type { RouterCounts, RouterState } from '@slipway/provider-kit';
import { z } from 'zod';

/** What the router's process answers, as its client reads it. */
export const routerState = z.strictObject({
  weights: z.record(z.string(), z.number()),
  revision: z.int(),
  address: z.string(),
}) satisfies z.ZodType<RouterState>;

const count = z.int().min(0);
const instant = z.number().nullable();

const versionCounts = z.strictObject({
  requests: count,
  answers: z.strictObject({ '1xx': count, '2xx': count, '3xx': count, '4xx': count, '5xx': count, failed: count }),
  latency: z.record(z.string(), count),
  inFlight: count,
  firstRequestAt: instant,
  firstBadAt: instant,
  lastRequestAt: instant,
});

export const routerCounts = z.strictObject({
  boot: z.string(),
  at: z.number(),
  versions: z.record(z.string(), versionCounts),
}) satisfies z.ZodType<RouterCounts>;
