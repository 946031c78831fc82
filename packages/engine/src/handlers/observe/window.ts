import type { Measurement } from '@slipway/judge';
import type { Reading, Sample } from '@slipway/provider-kit';
import { type Gap, GAPS, missing } from './gap-words.ts';
import type { WatchedSample } from './read-instances.ts';

/** Where a watch began: the counters as they stood then, and how far it has come. Survives the worker, as the effect's note. */
export interface Baseline {
  /** Epoch ms, for people: nothing is measured by it. */
  readonly startedAt: number;
  /** Milliseconds of running time that it had watched when this was noted. */
  readonly watched: number;
  readonly samples: Readonly<Record<string, Sample>>;
}

export type Samples = Readonly<Record<string, WatchedSample>>;

/**
 * Whether the watch can go on from where it began. A counter that began again at zero cannot be compared with what stood before;
 * and where the source could not say at the beginning what the new version had counted, only what comes from now on is of this
 * watch: good answers of an earlier stage must not stand in for it.
 */
export function continues(baseline: Baseline, now: Samples): boolean {
  return Object.entries(now).every(([metric, sample]) => {
    const before = baseline.samples[metric];
    if (before === undefined) return true;
    if (before.new.kind === 'missing' && isCounted(sample.new)) return false;
    return sample.boot === '' || before.boot === '' || before.boot === sample.boot;
  });
}

type Counted = Exclude<Reading, { kind: 'missing' | 'unseen' }>;

/** Whether a reading has figures: counts, or of a gauge how it stands. */
export function isCounted(reading: Reading): reading is Counted {
  return reading.kind === 'ratio' || reading.kind === 'latency' || reading.kind === 'gauge';
}

/** As where no source could say anything of the new version. */
export function withoutNew(samples: Samples, why: Gap): Samples {
  const pairs = Object.entries(samples).map(([metric, sample]): [string, Sample] => [
    metric,
    { ...sample, new: { kind: 'missing', ...why } },
  ]);
  return Object.fromEntries(pairs);
}

/** An arm that had no counts when the watch began is counted from its first: a new version from zero, for it was unseen. */
export function extended(baseline: Baseline, now: Samples): Baseline | null {
  let grew = false;
  const samples: Record<string, Sample> = { ...baseline.samples };
  for (const [metric, sample] of Object.entries(now)) {
    const before = samples[metric];
    if (before === undefined) continue;
    const fresh = { ...before };
    if (before.new.kind === 'unseen' && isCounted(sample.new))
      Object.assign(fresh, { new: zeroOf(sample.new), boot: sample.boot });
    if (!isCounted(before.old) && isCounted(sample.old)) Object.assign(fresh, { old: sample.old, boot: sample.boot });
    if (fresh.new === before.new && fresh.old === before.old) continue;
    samples[metric] = fresh;
    grew = true;
  }
  return grew ? { ...baseline, samples } : null;
}

/** With all traffic on the new version the old one answers no more: it is compared with all it did since its counters began. */
export function oldFromTheStart(samples: Samples): Samples {
  const pairs = Object.entries(samples).map(([metric, sample]): [string, Sample] => [
    metric,
    { ...sample, old: zeroOf(sample.old) },
  ]);
  return Object.fromEntries(pairs);
}

/** The new version was not known before: all that it has counted since happened within the watch. */
function zeroOf(reading: Reading): Reading {
  switch (reading.kind) {
    case 'ratio':
      return { kind: 'ratio', bad: 0, total: 0 };
    case 'latency':
      return { ...reading, histogram: {} };
    case 'gauge':
    case 'unseen':
    case 'missing':
      return reading;
  }
}

/** A gauge has no difference: it is how it stands now. */
export function countedSince(before: Reading | undefined, now: Reading): Measurement {
  if (now.kind === 'gauge') return gaugeNow(now.value);
  if (before === undefined) return missing(GAPS.notYet);
  if (!isCounted(now)) return unread(now);
  if (!isCounted(before)) return unread(before);
  if (now.kind === 'ratio' && before.kind === 'ratio') return ratioSince(before, now);
  if (now.kind === 'latency' && before.kind === 'latency') return latencySince(before, now);
  return missing(GAPS.changed);
}

const unread = (reading: Exclude<Reading, Counted>): Measurement =>
  reading.kind === 'missing' ? reading : { kind: 'missing', reason: reading.reason };

const gaugeNow = (value: number): Measurement =>
  Number.isFinite(value) ? { kind: 'gauge', value } : missing(GAPS.notFinite);

function ratioSince(
  before: Extract<Reading, { kind: 'ratio' }>,
  now: Extract<Reading, { kind: 'ratio' }>,
): Measurement {
  const bad = now.bad - before.bad;
  const total = now.total - before.total;
  const sane = Number.isFinite(bad) && Number.isFinite(total) && bad >= 0 && total >= bad;
  return sane ? { kind: 'ratio', bad, total } : missing(GAPS.senseless);
}

function latencySince(
  before: Extract<Reading, { kind: 'latency' }>,
  now: Extract<Reading, { kind: 'latency' }>,
): Measurement {
  const histogram: Record<number, number> = {};
  for (const [bucket, count] of Object.entries(now.histogram)) {
    const more = count - (before.histogram[Number(bucket)] ?? 0);
    if (!Number.isFinite(more) || more < 0) return missing(GAPS.senseless);
    if (more > 0) histogram[Number(bucket)] = more;
  }
  return { kind: 'latency', histogram, quantile: now.quantile };
}

/** Requests that an arm answered; null where the reading cannot say. */
export function countOf(counted: Measurement): number | null {
  switch (counted.kind) {
    case 'ratio':
      return counted.total;
    case 'latency':
      return Object.values(counted.histogram).reduce((sum, count) => sum + count, 0);
    case 'gauge':
    case 'missing':
      return null;
  }
}
