import type { ArmValues, Finding, JudgedCondition, JudgeInput, MetricWindow } from './judge.ts';
import { isUnknown, type Measurement, measure, samplesNeeded, totalOf } from './measurement.ts';
import { counted, cut } from './words.ts';

interface Known {
  readonly is: 'holding' | 'broken';
  readonly condition: JudgedCondition;
  readonly finding: Finding;
}

/** Neither holding nor broken. `why`: what is wanting, in words. */
export interface Doubted {
  readonly is: 'missing' | 'too-few';
  readonly condition: JudgedCondition;
  readonly finding: Finding;
  readonly why: string;
}

/** One condition with how it came out. */
export type Weighed = Known | Doubted;

type Doubt = Pick<Doubted, 'is' | 'why'>;

const UNREAD: MetricWindow = {
  new: { kind: 'missing', reason: 'it was not read' },
  old: { kind: 'missing', reason: 'it was not read' },
};

/** Holds a condition against the window. Whatever is missing, too thin or wrong makes it neither `holding` nor `broken`. */
export function weighCondition(condition: JudgedCondition, input: JudgeInput): Weighed {
  const windows = condition.metrics.map((metric) => [metric, windowOf(input, metric)] as const);
  const values = Object.fromEntries(
    windows.map(([metric, window]) => [metric, { new: measure(window.new), old: measure(window.old) }]),
  );
  const blank: Finding = { condition: condition.text, holds: 'unknown', values };
  const doubt = newArmDoubt(windows, input);
  if (doubt !== null) return { ...doubt, condition, finding: blank };
  const result = evaluate(condition, values);
  if (!result.ok) return { ...oldArmDoubt(windows, input, result.reason), condition, finding: blank };
  const thin = thinDoubt(windows, input);
  if (thin !== null) return { ...thin, condition, finding: blank };
  const finding: Finding = { ...blank, holds: result.value ? 'yes' : 'no' };
  return { is: result.value ? 'holding' : 'broken', condition, finding };
}

type Windows = readonly (readonly [string, MetricWindow])[];

function windowOf(input: JudgeInput, metric: string): MetricWindow {
  return (Object.hasOwn(input.window, metric) ? input.window[metric] : undefined) ?? UNREAD;
}

/** The new version must have been measured on everything that a condition names, whatever its evaluation makes of a gap. */
function newArmDoubt(windows: Windows, input: JudgeInput): Doubt | null {
  if (windows.length === 0) return { is: 'missing', why: 'a condition reads no metric' };
  for (const [metric, window] of windows) {
    if (isUnknown(window.new)) return missing(metric, window.new, input.versions.new);
  }
  const empty = windows.find(([, window]) => measure(window.new) === null);
  return empty === undefined ? null : tooFew(empty, input);
}

/** The evaluation could not tell although the new version was measured. */
function oldArmDoubt(windows: Windows, input: JudgeInput, reason: string): Doubt {
  const old = input.versions.old ?? 'the old version';
  for (const [metric, window] of windows) {
    if (isUnknown(window.old)) return missing(metric, window.old, old);
  }
  const empty = windows.find(([, window]) => measure(window.old) === null);
  if (empty !== undefined)
    return { is: 'too-few', why: `${old} answered no request, so ${empty[0]} cannot be compared` };
  return { is: 'too-few', why: `it cannot be decided: ${cut(reason)}` };
}

function thinDoubt(windows: Windows, input: JudgeInput): Doubt | null {
  const thin = windows.find(([, window]) => {
    // Requests are not what a gauge is made of.
    if (window.new.kind === 'gauge') return false;
    const total = totalOf(window.new);
    return total === null || !(total >= samplesNeeded(window.new, input.minSamples));
  });
  return thin === undefined ? null : tooFew(thin, input);
}

function missing(metric: string, measurement: Measurement, version: string): Doubt {
  const reason = reasonOf(measurement);
  return { is: 'missing', why: `${metric} on ${version}: ${reason}` };
}

function reasonOf(measurement: Measurement): string {
  switch (measurement.kind) {
    case 'missing':
      return cut(measurement.reason);
    case 'gauge':
      return 'its value is no finite number';
    case 'ratio':
    case 'latency':
      return 'its counts contradict themselves';
  }
}

function tooFew([metric, window]: readonly [string, MetricWindow], input: JudgeInput): Doubt {
  const needed = samplesNeeded(window.new, input.minSamples);
  const seen = counted(totalOf(window.new) ?? 0);
  if (!Number.isFinite(needed)) return { is: 'too-few', why: `no number of requests is enough for ${metric}` };
  return {
    is: 'too-few',
    why: `${input.versions.new} answered ${seen} of the ${counted(needed)} needed for ${metric}`,
  };
}

/** A condition that throws has not been met. */
function evaluate(condition: JudgedCondition, values: Finding['values']): ReturnType<JudgedCondition['evaluate']> {
  const numbers = Object.entries(values).map(([metric, value]): [string, ArmValues] => {
    return [metric, { new: value.new ?? Number.NaN, old: value.old ?? Number.NaN }];
  });
  try {
    return condition.evaluate(Object.fromEntries(numbers));
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
