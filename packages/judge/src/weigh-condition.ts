import type { ArmValues, Finding, JudgedCondition, JudgeInput, MetricWindow } from './judge.ts';
import { isUnknown, type Measurement, measure, samplesNeeded, totalOf } from './measurement.ts';
import type { Catalogue } from './messages/catalogue.ts';
import { inBoth } from './messages/messages.ts';
import { cut } from './words.ts';

type Words = Catalogue['conditions'];

interface Known {
  readonly is: 'holding' | 'broken';
  readonly condition: JudgedCondition;
  readonly finding: Finding;
}

/** `why`: what is wanting, in words of the language that is asked for. */
export interface Doubt {
  readonly is: 'missing' | 'too-few';
  readonly why: (words: Words) => string;
}

/** Neither holding nor broken. */
export interface Doubted extends Doubt {
  readonly condition: JudgedCondition;
  readonly finding: Finding;
}

/** One condition with how it came out. */
export type Weighed = Known | Doubted;

const UNREAD_REASONS = inBoth(({ conditions }) => conditions.unread);
const NOT_READ: Measurement = { kind: 'missing', reason: UNREAD_REASONS.en, reasons: UNREAD_REASONS };
const UNREAD: MetricWindow = { new: NOT_READ, old: NOT_READ };

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
  if (windows.length === 0) return { is: 'missing', why: (words) => words.blind };
  for (const [metric, window] of windows) {
    if (isUnknown(window.new)) return missing(metric, window.new, () => input.versions.new);
  }
  const empty = windows.find(([, window]) => measure(window.new) === null);
  return empty === undefined ? null : tooFew(empty, input);
}

/** The evaluation could not tell although the new version was measured. */
function oldArmDoubt(windows: Windows, input: JudgeInput, reason: string): Doubt {
  const old = (words: Words): string => input.versions.old ?? words.oldVersion;
  for (const [metric, window] of windows) {
    if (isUnknown(window.old)) return missing(metric, window.old, old);
  }
  const empty = windows.find(([, window]) => measure(window.old) === null);
  if (empty !== undefined) return { is: 'too-few', why: (words) => words.unanswered(old(words), empty[0]) };
  return { is: 'too-few', why: (words) => words.undecided(cut(reason)) };
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

function missing(metric: string, measurement: Measurement, version: (words: Words) => string): Doubt {
  return { is: 'missing', why: (words) => words.missing(metric, version(words), reasonOf(measurement, words)) };
}

function reasonOf(measurement: Measurement, words: Words): string {
  switch (measurement.kind) {
    case 'missing':
      return cut(words.reason(measurement));
    case 'gauge':
      return words.notFinite;
    case 'ratio':
    case 'latency':
      return words.contradicting;
  }
}

function tooFew([metric, window]: readonly [string, MetricWindow], input: JudgeInput): Doubt {
  const needed = samplesNeeded(window.new, input.minSamples);
  const seen = totalOf(window.new) ?? 0;
  if (!Number.isFinite(needed)) return { is: 'too-few', why: (words) => words.never(metric) };
  return { is: 'too-few', why: (words) => words.few({ version: input.versions.new, seen, needed, metric }) };
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
