import { ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import { CONDITION_LIMITS, celEnvironment } from './cel-environment.ts';
import { explainCel } from './explain-cel.ts';
import { Measurement } from './measurement.ts';
import type { MetricRead } from './syntax-tree.ts';
import { inspectTree } from './syntax-tree.ts';

/** One metric's values: of the new version and of the old one. */
export interface MetricValues {
  readonly new: number;
  readonly old: number;
}

/** `ok: false` is undecided: a value is missing or not finite. It is never a pass. */
export type ConditionResult =
  | { readonly ok: true; readonly value: boolean }
  | { readonly ok: false; readonly reason: string };

export interface CompiledCondition {
  /** Names of the metrics it reads, in order of appearance. */
  readonly metrics: readonly string[];
  /** Never throws. A side that the condition does not read may be NaN (there may be no old version). */
  evaluate(values: Readonly<Record<string, MetricValues | undefined>>): ConditionResult;
}

export type CompileResult =
  | { readonly ok: true; readonly condition: CompiledCondition }
  /** `offset`: where in the text, in characters from 0. */
  | { readonly ok: false; readonly reason: string; readonly offset: number };

/** A set is taken as it is: a plan compiles many conditions over the same names. */
type Names = readonly string[] | ReadonlySet<string>;

const refused = (reason: string, offset = 0): CompileResult => ({ ok: false, reason, offset });

/**
 * Parses and type-checks a condition: CEL over the named metrics, each with the fields `new` and `old`; true while all is well.
 * It must come out as true or false and read at least one metric. Never throws.
 */
export function compileCondition(cel: string, metricNames: Names): CompileResult {
  if (cel.length > CONDITION_LIMITS.length) {
    return refused(`it is longer than ${CONDITION_LIMITS.length} characters`);
  }
  const names = metricNames instanceof Set ? metricNames : new Set(metricNames);
  const environment = celEnvironment(cel, names);
  const parsed = attempt(environment, cel, names);
  if ('ok' in parsed) return parsed;
  const { reads, refused: part } = inspectTree(parsed.ast);
  const type = parsed.check();
  // A name that is not a metric is the better message; a part that conditions do not have may also not type-check.
  if (!type.valid && type.error?.code === 'unknown_variable') return refusedBy(type.error, cel, names);
  if (part !== null) return refused(part.reason, part.offset);
  if (!type.valid) return refusedBy(type.error, cel, names);
  if (type.type !== 'bool') return refused('it must be a comparison that is true or false, such as errors.new < 0.01');
  if (reads.length === 0) return refused('it reads no metric, so it can never change');
  const metrics = [...new Set(reads.map((read) => read.metric))];
  return { ok: true, condition: { metrics, evaluate: (values) => evaluate(parsed, reads, values) } };
}

function attempt(environment: Environment, cel: string, names: Names): ParseResult | CompileResult {
  try {
    return environment.parse(cel);
  } catch (error) {
    return refusedBy(error, cel, names);
  }
}

function refusedBy(error: unknown, cel: string, names: Names): CompileResult {
  if (!(error instanceof ParseError || error instanceof CelTypeError)) return refused('it cannot be read');
  const start = error.range?.start ?? 0;
  const culprit = cel.slice(start, error.range?.end ?? start);
  return refused(explainCel(error, culprit, [...names]), start);
}

function evaluate(
  program: ParseResult,
  reads: readonly MetricRead[],
  values: Readonly<Record<string, MetricValues | undefined>>,
): ConditionResult {
  const context: Record<string, { new: Measurement; old: Measurement }> = {};
  for (const { metric, side } of reads) {
    const value = Object.hasOwn(values, metric) ? values[metric] : undefined;
    const number = side === 'new' ? value?.new : value?.old;
    if (value === undefined || number === undefined) {
      return { ok: false, reason: `there is no value of ${metric}.${side}` };
    }
    if (!Number.isFinite(number)) return { ok: false, reason: `${metric}.${side} is not a finite number` };
    context[metric] = { new: new Measurement(value.new), old: new Measurement(value.old) };
  }
  return run(program, context);
}

function run(program: ParseResult, context: Record<string, unknown>): ConditionResult {
  try {
    const value: unknown = program(context);
    return typeof value === 'boolean' ? { ok: true, value } : { ok: false, reason: 'it gave no true or false' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: text.split('\n', 1)[0] ?? text };
  }
}
