import { FlagdCore } from '@openfeature/flagd-core';
import { createFlagEvaluator, type FlagSetDefinition } from '@slipway/flags';
import type { Person } from './people.ts';

export interface Agreement {
  readonly answers: number;
  readonly alike: number;
  /** The first that is not, in words; null: all are. */
  readonly first: string | null;
}

/** Asks Slipway's evaluator and flagd's for each flag about each of the people: value, variant and reason. */
export function agreementOf(definition: FlagSetDefinition, people: readonly Person[]): Agreement {
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify(definition));
  const evaluator = createFlagEvaluator(definition, { bucketing: 'v2' });
  let answers = 0;
  const unlike: string[] = [];
  for (const { key, ...rest } of people) {
    const context = { targetingKey: key, ...rest };
    for (const flag of evaluator.flags.keys()) {
      answers += 1;
      const ours = tellingOf(evaluator.evaluate(flag, context, Math.floor(Date.now() / 1_000)));
      const theirs = tellingOf(core.resolveBooleanEvaluation(flag, false, context));
      if (ours !== theirs) unlike.push(`${flag} for ${key}: ${ours}, by flagd-core ${theirs}`);
    }
  }
  return { answers, alike: answers - unlike.length, first: unlike[0] ?? null };
}

interface Told {
  readonly value?: unknown;
  readonly variant?: unknown;
  readonly reason?: unknown;
}

function tellingOf({ value, variant, reason }: Told): string {
  return JSON.stringify({ value, variant, reason });
}
