import { z } from 'zod';

const look = z.object({
  share: z.number().nullable(),
  metrics: z.record(z.string(), z.array(z.number()).max(1_000)),
});

/** What the next looks go on from. */
export const keptState = z.object({ state: z.unknown() });

/** Looks that were written down together. */
export const recordedLooks = z.object({ looks: z.array(look) });
export type RecordedLooks = z.infer<typeof keptState> & z.infer<typeof recordedLooks>;

/** null: it was not finite. */
const evidence = z.number().nullable();

/** Not there in a verdict from before it was kept. */
const times = z.object({
  is: z.enum(['between', 'moved']),
  low: evidence.optional(),
  high: evidence.optional(),
  estimate: evidence,
  confidence: z.number(),
});

export const recordedVerdict = z.object({
  decision: z.enum(['pass', 'fail', 'insufficient-data', 'telemetry-broken']),
  culprit: z.string().nullable(),
  findings: z.array(z.object({ holds: z.enum(['yes', 'no', 'unknown']) })),
  compared: z
    .object({
      harm: evidence,
      threshold: evidence,
      harmless: evidence,
      looks: z.number(),
      metrics: z.array(
        z.object({
          metric: z.string(),
          harm: evidence,
          harmless: evidence,
          part: evidence,
          times: times.nullable().default(null),
        }),
      ),
    })
    .optional(),
});
export type RecordedVerdict = z.infer<typeof recordedVerdict>;
