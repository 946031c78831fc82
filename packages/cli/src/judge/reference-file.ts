import { z } from 'zod';

/** Bounds of a file of reference cases: what is larger is a mistake, and would keep a person waiting for hours. */
const MOST_CASES = 10_000;
const MOST_SECONDS = 1_000_000;
const MOST_METRICS = 200;

const count = z.number().nonnegative();
const counts = z.array(count).max(MOST_SECONDS);
const histograms = z.array(z.array(count).refine((flat) => flat.length % 2 === 0)).max(MOST_SECONDS);
const share = z.number().gt(0).lt(1);
const byName = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string().max(200), value)
    .refine((record) => Object.keys(record).length > 0 && Object.keys(record).length <= MOST_METRICS);

const weighted = { weight: z.number().positive().optional(), minBad: count.optional() };

const metric = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('rate'),
    ...weighted,
    rho: z.number().min(1),
    delta: count.lt(1),
    promoteRho: z.number().min(1).optional(),
    promoteDelta: count.lt(1).optional(),
    dispersion: z.number().min(1).optional(),
    skew: z.int().min(0).max(60).optional(),
  }),
  z.object({ type: z.literal('slo'), ...weighted, threshold: share }),
  z.object({ type: z.literal('traffic'), ...weighted, floor: share.optional() }),
  z.object({
    type: z.literal('latency'),
    ...weighted,
    ratio: z.number().positive().optional(),
    addMs: count.optional(),
    levels: z.array(share).min(1).max(20).optional(),
    levelWeights: z.array(z.number().positive()).max(20).optional(),
    halfLife: z.number().positive().optional(),
    promoteLevel: share.optional(),
  }),
]);

const config = z.object({
  alpha: share.optional(),
  beta: share.optional(),
  holdAlpha: share.optional(),
  warmup: count.optional(),
  minSoak: count.optional(),
  minCanaryUnits: count.optional(),
  promote: z.boolean().optional(),
  metrics: byName(metric),
});

const stream = z.object({
  nc: counts.optional(),
  ec: counts.optional(),
  nt: counts.optional(),
  et: counts.optional(),
  share: counts.optional(),
  canary: histograms.optional(),
  control: histograms.optional(),
});

const referenceCase = z.object({
  id: z.string().max(200),
  name: z.string().max(500),
  config,
  ticks: z.int().positive().max(MOST_SECONDS),
  streams: byName(stream),
  expect: z.object({
    decision: z.enum(['abort', 'promote', 'hold', 'continue']),
    second: z.number().nullable(),
    culprit: z.string().optional(),
    logE: z.array(z.tuple([z.int().positive(), z.number().nullable(), z.number().nullable()])).optional(),
    window: z.tuple([z.number(), z.number().nullable()]).optional(),
  }),
});

const chance = z.object({
  p: z.number().min(0).max(1),
  from: z.object({ second: count, p: z.number().min(0).max(1) }).optional(),
  burst: z.object({ period: z.number().positive(), length: count, factor: count }).optional(),
});

const campaign = z.object({
  name: z.string().max(500),
  config,
  nc: z.int().nonnegative().max(1_000_000),
  nt: z.int().nonnegative().max(1_000_000),
  canary: chance,
  control: chance,
  ticks: z.int().positive().max(MOST_SECONDS),
  reps: z.int().positive().max(1_000_000),
  seed: z.int(),
  expect: z.object({ aborts: count, promotes: count }),
  target: z.object({ maxAborts: count.optional() }).optional(),
});

const dispersion = z.object({
  shares: z.array(share).min(2).max(1_000),
  bad: z.array(counts).max(MOST_SECONDS),
  phi: z.number(),
});

/** Recorded streams with what a judge is to make of them; format 1. */
export const referenceFile = z.object({
  format: z.literal(1),
  cases: z.array(referenceCase).max(MOST_CASES),
  dispersion: z.array(dispersion).max(MOST_CASES).default([]),
  aggregate: z.array(campaign).max(MOST_CASES).default([]),
});

export type ReferenceFile = z.infer<typeof referenceFile>;
