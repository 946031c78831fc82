import type { FlagDefinition, FlagSetDefinition } from '../definition/flag-definition.ts';
import type { Metadata } from '../json.ts';
import { createRuleCompiler } from '../logic/compile-rule.ts';
import { compileFlag } from './compile-flag.ts';
import type { Bucketing, FlagAnswer, FlagEvaluator } from './flag-evaluator.ts';
import type { Resolution } from './resolution.ts';

export interface EvaluatorOptions {
  readonly bucketing: Bucketing;
  /** The evaluator of the set before a change: flags that are the same object in both sets are not compiled again. */
  readonly after?: FlagEvaluator;
}

/** What an evaluator was made of. */
interface Made {
  readonly definition: FlagSetDefinition;
  readonly bucketing: Bucketing;
  readonly flags: ReadonlyMap<string, FlagAnswer>;
}

const known = new WeakMap<FlagEvaluator, Made>();

/**
 * Compiles a flag set to closures. Never throws: a flag whose targeting has no meaning ends with PARSE_ERROR.
 * Values of variants are frozen, as they are shared by all who ask.
 */
export function createFlagEvaluator(definition: FlagSetDefinition, options: EvaluatorOptions): FlagEvaluator {
  const { bucketing, after } = options;
  const compiler = createRuleCompiler(definition.$evaluators ?? {}, { bucketing });
  const setMetadata: Metadata = Object.freeze({ ...definition.metadata });
  const before = after === undefined ? undefined : reusable(known.get(after), definition, bucketing);
  const flags = new Map<string, FlagAnswer>();
  for (const [key, flag] of Object.entries(definition.flags)) {
    const same = before?.definition.flags[key] === flag ? before.flags.get(key) : undefined;
    flags.set(key, same ?? compileFlag({ key, definition: flag, metadata: merged(setMetadata, flag) }, compiler));
  }
  const compiled = [...flags.values()];
  const evaluator: FlagEvaluator = {
    flags,
    evaluate(key, context, now) {
      const flag = flags.get(key);
      if (flag === undefined) return notFound(key, setMetadata);
      return flag.always ?? flag.ask(context, now);
    },
    evaluateAll(context, now) {
      // One time for all of them.
      const seconds = typeof now === 'function' ? now() : now;
      return compiled.map((flag) => flag.always ?? flag.ask(context, seconds));
    },
  };
  known.set(evaluator, { definition, bucketing, flags });
  return evaluator;
}

function merged(setMetadata: Metadata, { metadata }: FlagDefinition): Metadata {
  return metadata === undefined ? setMetadata : Object.freeze({ ...setMetadata, ...metadata });
}

/** What all flags of a set share is part of each of them. */
function reusable(made: Made | undefined, definition: FlagSetDefinition, bucketing: Bucketing): Made | undefined {
  if (made === undefined || made.bucketing !== bucketing) return undefined;
  const isSame =
    sameEntries(made.definition.metadata, definition.metadata) &&
    sameEntries(made.definition.$evaluators, definition.$evaluators);
  return isSame ? made : undefined;
}

function sameEntries(one: object = {}, other: object = {}): boolean {
  const entries = Object.entries(one);
  const others = new Map(Object.entries(other));
  return (
    entries.length === others.size && entries.every(([name, value]) => others.has(name) && others.get(name) === value)
  );
}

const MAX_KEY_SAID = 100;

function notFound(key: string, metadata: Metadata): Resolution {
  const errorDetails = `There is no flag '${key.slice(0, MAX_KEY_SAID)}'.`;
  return { key, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND', errorDetails, metadata };
}
