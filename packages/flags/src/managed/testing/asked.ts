import { FlagdCore } from '@openfeature/flagd-core';
import { createFlagEvaluator } from '../../evaluate/create-flag-evaluator.ts';
import type { EvaluationContext } from '../../evaluate/resolution.ts';
import type { FlagSet } from '../flag-set.ts';
import { servedDefinition } from '../served-definition.ts';

const NOW = 1_790_000_000;

/** Says which variant a flag has for a context; `default`: the caller's own; `error` with its code. */
export type Ask = (flag: string, context: EvaluationContext) => string;

/** By the evaluator of this package. */
export function asking(set: FlagSet): Ask {
  const evaluator = createFlagEvaluator(servedDefinition(set), { bucketing: set.bucketing });
  return (flag, context) => {
    const resolution = evaluator.evaluate(flag, context, NOW);
    if (resolution.reason === 'ERROR') return `error ${resolution.errorCode}`;
    return resolution.variant ?? 'default';
  };
}

/** By flagd's own evaluator for JavaScript, which buckets as v2 does. */
export function askingFlagd(set: FlagSet): Ask {
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify(servedDefinition(set)));
  return (flag, context) => {
    const found = core.getFlag(flag)?.evaluate(context as never);
    const disabled = core.getFlag(flag)?.state === 'DISABLED';
    if (found === undefined || disabled) return 'default';
    return found.reason === 'ERROR' ? `error ${found.errorCode ?? ''}` : (found.variant ?? 'default');
  };
}

/** People u0, u1, …, every third of them in France, with a plan. */
export function people(count: number): readonly EvaluationContext[] {
  return Array.from({ length: count }, (_, i) => ({
    targetingKey: `u${i}`,
    country: i % 3 === 0 ? 'FR' : 'DE',
    plan: i % 2 === 0 ? 'pro' : 'free',
  }));
}
