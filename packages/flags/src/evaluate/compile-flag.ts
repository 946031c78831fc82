import type { FlagDefinition } from '../definition/flag-definition.ts';
import type { Json, Metadata } from '../json.ts';
import { RuleError, runOf } from '../logic/expression.ts';
import type { Compute, Expression } from '../logic/expression.ts';
import type { RuleCompiler } from '../logic/compile-rule.ts';
import type { FlagAnswer } from './flag-evaluator.ts';
import type { EvaluationError, Resolution } from './resolution.ts';

interface Flag {
  readonly key: string;
  readonly definition: FlagDefinition;
  readonly metadata: Metadata;
}

/** Never throws: a flag that cannot be compiled ends with PARSE_ERROR whenever it is asked. */
export function compileFlag(flag: Flag, compiler: RuleCompiler): FlagAnswer {
  const { key, definition, metadata } = flag;
  if (definition.state === 'DISABLED') return always(Object.freeze({ key, reason: 'DISABLED', metadata }));
  const { targeting } = definition;
  if (!hasTargeting(targeting)) return always(fallback(flag, 'STATIC'));
  const rule = compileTargeting(targeting, compiler);
  if (typeof rule === 'string')
    return always(failed(flag, 'PARSE_ERROR', `Invalid targeting of flag '${key}': ${rule}.`));
  const outcome = outcomes(flag);
  if (rule.constant !== undefined) return always(outcome(rule.constant.value));
  return evaluated(flag, rule.compute, outcome);
}

function hasTargeting(targeting: Json | undefined): targeting is Json {
  return targeting !== undefined && targeting !== null && Object.keys(targeting).length > 0;
}

function compileTargeting(targeting: Json, compiler: RuleCompiler): Expression | string {
  try {
    return compiler.compile(targeting);
  } catch (error) {
    return error instanceof RuleError ? error.message : 'it cannot be compiled';
  }
}

function always(resolution: Resolution): FlagAnswer {
  return { always: resolution, outcomes: 1, ask: () => resolution };
}

/** Besides its variants: what is served where targeting says nothing, and two failures. */
const OTHERWISE = 3;

function evaluated(flag: Flag, compute: Compute, outcome: (result: unknown) => Resolution): FlagAnswer {
  const { key } = flag;
  const wrongKey = failed(flag, 'INVALID_CONTEXT', 'The targetingKey of the context is no text.');
  const failure = failed(flag, 'GENERAL', `The targeting of flag '${key}' does not fit what the context holds.`);
  const run = runOf(key);
  const ask: FlagAnswer['ask'] = (context, now) => {
    try {
      const { targetingKey } = context;
      if (typeof targetingKey !== 'string' && targetingKey !== undefined && targetingKey !== null) return wrongKey;
      run.now = now;
      run.above = null;
      return outcome(compute(context, run));
    } catch {
      return failure;
    }
  };
  return { always: null, outcomes: Object.keys(flag.definition.variants).length + OTHERWISE, ask };
}

/** From what targeting gives to what the flag comes to; each variant's is made once. */
function outcomes(flag: Flag): (result: unknown) => Resolution {
  const { key, definition, metadata } = flag;
  const served = new Map<string, Resolution>();
  for (const [variant, value] of Object.entries(definition.variants)) {
    served.set(variant, Object.freeze({ key, reason: 'TARGETING_MATCH', variant, value: frozen(value), metadata }));
  }
  const otherwise = fallback(flag, 'DEFAULT');
  return (result) => {
    if (typeof result === 'string') return served.get(result) ?? unknownVariant(flag, result);
    if (result === null || result === undefined) return otherwise;
    // As flagd: true is the variant "true".
    const variant = (result as { toString(): string }).toString();
    return served.get(variant) ?? unknownVariant(flag, variant);
  };
}

/** What is served where targeting says nothing. */
function fallback(flag: Flag, reason: 'STATIC' | 'DEFAULT'): Resolution {
  const { key, metadata, definition } = flag;
  const variant = definition.defaultVariant;
  if (variant === undefined || variant === null || variant === '')
    return Object.freeze({ key, reason: 'DEFAULT', metadata });
  if (!Object.hasOwn(definition.variants, variant)) return Object.freeze(unknownVariant(flag, variant));
  return Object.freeze({ key, reason, variant, value: frozen(definition.variants[variant] ?? null), metadata });
}

const MAX_VARIANT_SAID = 100;

/** Not frozen: a context may name any variant, and who keeps what is frozen would keep them all. */
function unknownVariant({ key, metadata }: Flag, variant: string): Resolution {
  const errorDetails = `Flag '${key}' has no variant '${variant.slice(0, MAX_VARIANT_SAID)}'.`;
  return { key, reason: 'ERROR', errorCode: 'GENERAL', errorDetails, metadata };
}

function failed({ key, metadata }: Flag, errorCode: EvaluationError, errorDetails: string): Resolution {
  return Object.freeze({ key, reason: 'ERROR', errorCode, errorDetails, metadata });
}

/** Values are shared by all who ask. */
function frozen(value: Json): Json {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
