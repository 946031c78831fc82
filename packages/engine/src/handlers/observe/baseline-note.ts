import type { Json } from '@slipway/core';
import type { Reading, Sample } from '@slipway/provider-kit';
import type { Baseline, Samples } from './window.ts';

/** Where a watch began and how far it has come, as the note of its effect. `comparison`, `gauges`: of what is compared and watched besides. */
export function noteOf({ startedAt, watched, samples }: Baseline, comparison: Json = null, gauges: Json = null): Json {
  const plain = Object.entries(samples).map(([metric, sample]): [string, Json] => [metric, { ...sample }]);
  const watch = { startedAt, watched, samples: Object.fromEntries(plain) };
  return { ...watch, ...(comparison === null ? {} : { comparison }), ...(gauges === null ? {} : { gauges }) };
}

/** Null for a note that is not in its shape: it is from another time, and the watch begins anew. */
export function baselineFrom(note: Json): Baseline | null {
  if (!isRecord(note)) return null;
  const { startedAt, watched, samples } = note;
  const known = samplesFrom(samples);
  if (typeof startedAt !== 'number' || known === null) return null;
  return { startedAt, watched: isLength(watched) ? watched : 0, samples: known };
}

/** Null for what is not readings by metric. */
export function samplesFrom(samples: unknown): Samples | null {
  if (!isRecord(samples)) return null;
  const known: Record<string, Sample> = {};
  for (const [metric, sample] of Object.entries(samples)) {
    if (!isSample(sample)) return null;
    known[metric] = sample;
  }
  return known;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord<T>(value: T): value is T & Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSample(value: unknown): value is Sample {
  if (!isRecord(value) || typeof value['boot'] !== 'string' || typeof value['at'] !== 'number') return false;
  return (
    [value['new'], value['old']].every(isReading) && ['exposure', 'firstBadAt'].every((key) => isCount(value[key]))
  );
}

function isReading(value: unknown): value is Reading {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'ratio':
      return typeof value['bad'] === 'number' && typeof value['total'] === 'number';
    case 'latency':
      return typeof value['quantile'] === 'number' && isRecord(value['histogram']);
    case 'gauge':
      return typeof value['value'] === 'number';
    case 'unseen':
    case 'missing':
      return typeof value['reason'] === 'string';
    default:
      return false;
  }
}

/** Notes of an earlier version do not say: how long that one watched nobody knows. */
function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): boolean {
  return value === null || typeof value === 'number';
}
