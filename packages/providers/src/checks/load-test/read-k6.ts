import { z } from 'zod';
import type { LoadSummary, LoadThreshold } from './load-summary.ts';

const threshold = z.union([z.boolean(), z.object({ ok: z.boolean() })]);
const metric = z.looseObject({
  /** Only in what `handleSummary` is given: `--summary-export` writes the values beside the thresholds. */
  values: z.record(z.string(), z.number()).optional(),
  thresholds: z.record(z.string(), threshold).default({}),
});
const k6Form = z.object({ metrics: z.record(z.string(), metric) });

type Metric = z.infer<typeof metric>;

const PERCENTILE = /^p\((\d{1,2}(?:\.\d{1,3})?)\)$/;

/**
 * Null where the document is none of k6's, or of a test without HTTP requests. `http_req_failed` counts what the script does not take
 * for a good answer: by itself any status of 400 and more.
 */
export function readK6(json: unknown): LoadSummary | null {
  const { data, success } = k6Form.safeParse(json);
  if (!success) return null;
  const { metrics } = data;
  const requests = valuesOf(metrics['http_reqs']);
  const failed = valuesOf(metrics['http_req_failed']);
  const errorRate = failed.get('rate') ?? failed.get('value');
  const [count, rate] = [requests.get('count'), requests.get('rate')];
  if (count === undefined || rate === undefined || errorRate === undefined) return null;
  return {
    tool: 'k6',
    requests: count,
    rate,
    errorRate,
    percentiles: percentilesOf(valuesOf(metrics['http_req_duration'])),
    finishedAt: null,
    thresholds: Object.entries(metrics).flatMap(([name, each]) => thresholdsOf(name, each)),
  };
}

function valuesOf(found: Metric | undefined): ReadonlyMap<string, number> {
  const entries = Object.entries(found?.values ?? found ?? {});
  return new Map(
    entries.flatMap(([name, value]): [string, number][] =>
      typeof value === 'number' && Number.isFinite(value) && value >= 0 ? [[name, value]] : [],
    ),
  );
}

function percentilesOf(values: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const named = [...values].flatMap(([key, milliseconds]): [string, number][] => {
    const percentile = key === 'med' ? '50' : PERCENTILE.exec(key)?.[1];
    return percentile === undefined ? [] : [[`p${percentile}`, milliseconds]];
  });
  return new Map(named);
}

function thresholdsOf(name: string, found: Metric): readonly LoadThreshold[] {
  return Object.entries(found.thresholds).map(([condition, result]) => {
    // A bare boolean says that the threshold was crossed: true is bad (grafana/k6#1498).
    const holds = typeof result === 'boolean' ? !result : result.ok;
    return { name: `${name}: ${condition}`, found: holds ? 'held' : 'crossed', holds };
  });
}
