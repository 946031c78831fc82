import type { ArmValues, JudgedCondition, JudgeInput, MetricWindow } from '../judge.ts';
import type { LatencyHistogram } from '../histogram.ts';
import type { Measurement } from '../measurement.ts';

export const MISSING: Measurement = { kind: 'missing', reason: 'the source did not answer' };

export function ratio(bad: number, total: number): Measurement {
  return { kind: 'ratio', bad, total };
}

export function latency(histogram: LatencyHistogram, quantile = 0.5): Measurement {
  return { kind: 'latency', histogram, quantile };
}

export function gauge(value: number): Measurement {
  return { kind: 'gauge', value };
}

/** The bucket of a latency in milliseconds, found by its edges. */
export function bucketHolding(milliseconds: number): number {
  let bucket = 0;
  while (2 ** ((bucket + 1) / 32) < milliseconds) bucket += 1;
  return bucket;
}

/** A condition that answers as the plan's language does: `ok: false` where a side that it reads is not finite. */
export function condition(
  text: string,
  sides: Readonly<Record<string, 'new' | 'both'>>,
  holds: (values: Readonly<Record<string, ArmValues>>) => boolean,
): JudgedCondition {
  return {
    text,
    metrics: Object.keys(sides),
    evaluate: (values) => {
      const gap = Object.entries(sides).find(([metric, side]) => {
        const value = values[metric];
        return !Number.isFinite(value?.new) || (side === 'both' && !Number.isFinite(value?.old));
      });
      return gap === undefined
        ? { ok: true, value: holds(values) }
        : { ok: false, reason: `there is no value of ${gap[0]}` };
    },
  };
}

export const FEW_ERRORS = condition('errors.new < 0.01', { errors: 'new' }, ({ errors }) => (errors?.new ?? 1) < 0.01);

export const NOT_WORSE = condition(
  'errors.new <= errors.old * 2.0',
  { errors: 'both' },
  ({ errors }) => (errors?.new ?? 1) <= (errors?.old ?? 0) * 2,
);

export const FAST = condition(
  'latency.new < 300.0',
  { latency: 'new' },
  ({ latency: value }) => (value?.new ?? 1e9) < 300,
);

export const LEAN = condition(
  'memory.new < 1.5 * memory.old',
  { memory: 'both' },
  ({ memory }) => (memory?.new ?? 1e9) < 1.5 * (memory?.old ?? 0),
);

/** A minute of a canary in its tenth second, healthy so far. */
export function input(window: Readonly<Record<string, MetricWindow>>, changes: Partial<JudgeInput> = {}): JudgeInput {
  return {
    conditions: [FEW_ERRORS],
    window,
    versions: { new: '2.1.0', old: '1.0.0' },
    minSamples: 50,
    samples: null,
    elapsed: 10_000,
    hold: 60_000,
    silentFor: 500,
    silence: 30_000,
    ...changes,
  };
}
