import type { ComparedEvidence, ShareBand } from '@slipway/core';
import { type AnalysisLook, type Measurement, type MetricWindow, shareBand } from '@slipway/judge';

/** Chance that a band misses its share at some look. */
const MISS = 0.05;

/** What a comparison came to, as verdicts and screens show it; bands are of the counts since this share of the traffic was set. */
export function comparedEvidence(
  { harm, threshold, harmless, metrics, looks }: AnalysisLook,
  window: Readonly<Record<string, MetricWindow>>,
): ComparedEvidence {
  return {
    harm,
    threshold,
    harmless,
    looks,
    metrics: metrics.map((evidence) => {
      const both = window[evidence.metric];
      return { ...evidence, new: bandOf(both?.new), old: bandOf(both?.old) };
    }),
  };
}

function bandOf(measurement: Measurement | undefined): ShareBand | null {
  return measurement?.kind === 'ratio' ? shareBand(measurement.bad, measurement.total, MISS) : null;
}
