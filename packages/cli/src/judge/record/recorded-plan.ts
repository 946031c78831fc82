import { z } from 'zod';

const metric = z.object({
  metric: z.string().max(200),
  unit: z.enum(['ratio', 'milliseconds']),
  better: z.enum(['lower', 'higher']),
  times: z.number(),
  plus: z.number(),
  limit: z.number().nullable(),
  weight: z.number().positive(),
  dispersion: z.number().min(1),
  skew: z.number().nonnegative().max(600_000),
  compare: z.literal('instances').optional(),
});

const judging = z.object({
  comparing: z
    .object({
      metrics: z.array(metric).min(1).max(200),
      falseAlarms: z.number().gt(0).lt(1),
      wrongPromotions: z.number().gt(0).lt(1).nullable(),
    })
    .optional(),
  // Of a second or so: an analysis keeps two comparisons for each look that a skew takes.
  every: z.number().min(100),
  minSamples: z.number().nonnegative(),
});

const rollout = z.object({
  kind: z.literal('rollout'),
  // A step of a rollout by flag has no weight of the traffic.
  stages: z.array(z.object({ weight: z.number().optional(), judging })).max(1_000),
});
const soak = z.object({ kind: z.literal('soak'), judging });
/** Nothing is watched there. */
const other = z
  .object({ kind: z.string().refine((kind) => kind !== 'rollout' && kind !== 'soak') })
  .transform(() => ({ kind: 'other' as const }));
const step = z.union([rollout, soak, other]);

/** A launch's plan as its first event has it: what a comparison takes of it. */
export const recordedPlan = z.object({
  steps: z.record(z.string(), step),
  metrics: z.record(z.string(), z.object({ source: z.object({ config: z.unknown() }) })),
});
export type RecordedPlan = z.infer<typeof recordedPlan>;

/** One share of a rollout, or a soak, as it was to be watched. */
export interface RecordedStage {
  /** Per cent; null: a soak, or a step of a rollout by flag. */
  readonly weight: number | null;
  /** Whether there is an old version, or another variant, to compare with. */
  readonly isCompared: boolean;
  readonly judging: z.infer<typeof judging>;
}

/** The stages of a step that is watched; none of another one's. */
export function stagesOf(plan: RecordedPlan, id: string): readonly RecordedStage[] {
  const found = Object.hasOwn(plan.steps, id) ? plan.steps[id] : undefined;
  switch (found?.kind) {
    case 'rollout':
      return found.stages.map(({ weight = null, judging }) => ({ weight, judging, isCompared: true }));
    case 'soak':
      return [{ weight: null, judging: found.judging, isCompared: false }];
    case 'other':
    case undefined:
      return [];
  }
}
