import type { MirrorCounts, RouterCounts, RouterState } from '@slipway/provider-kit';
import { z } from 'zod';

/** What the router's process answers, as its client reads it. */
export const routerState = z.strictObject({
  weights: z.record(z.string(), z.number()),
  revision: z.int(),
  address: z.string(),
}) satisfies z.ZodType<RouterState>;

const count = z.int().min(0);
const instant = z.number().nullable();

const answerCounts = z.strictObject({
  '1xx': count,
  '2xx': count,
  '3xx': count,
  '4xx': count,
  '5xx': count,
  failed: count,
});

const versionCounts = z.strictObject({
  requests: count,
  answers: answerCounts,
  latency: z.record(z.string(), count),
  inFlight: count,
  firstRequestAt: instant,
  firstBadAt: instant,
  lastRequestAt: instant,
  // Absent from a router that an earlier Slipway started, too: it goes on when its server is renewed.
  visitors: z.strictObject({ answered: count, bad: count }).nullable().exactOptional(),
  instances: z.record(z.string(), answerCounts).exactOptional(),
});

const what = z.enum(['status', 'body']);

const mirrorCounts = z.strictObject({
  boot: z.string(),
  version: z.string(),
  counts: versionCounts,
  given: z.record(z.string(), count),
  compared: count,
  different: count,
  differences: z.strictObject({ status: count, body: count }),
  // A router goes on when its server is renewed, and one of before does not count what is not selected.
  leftOut: z.strictObject({ busy: count, tooLarge: count, brokenOff: count, unselected: count.default(0) }),
  samples: z.array(z.strictObject({ at: z.number(), method: z.string(), path: z.string(), what, detail: z.json() })),
}) satisfies z.ZodType<MirrorCounts>;

export const routerCounts = z.strictObject({
  boot: z.string(),
  at: z.number(),
  versions: z.record(z.string(), versionCounts),
  mirror: mirrorCounts.nullable(),
}) satisfies z.ZodType<RouterCounts>;
