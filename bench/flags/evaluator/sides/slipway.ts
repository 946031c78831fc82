import { createFlagEvaluator, type FlagEvaluator } from '@slipway/flags';
import { DEFINITION } from '../questions.ts';
import type { OpenSide } from '../side.ts';

/** It is given a clock for each answer, and asks it where a rule reads the time. */
export const openSlipway: OpenSide = async (people) => {
  const evaluator = createFlagEvaluator(DEFINITION, { bucketing: 'v2' });
  const contexts = people.map(({ key, ...rest }) => ({ targetingKey: key, ...rest }));
  return {
    ask: (question) => {
      let on = 0;
      for (const context of contexts) if (isTrue(evaluator.evaluate(question, context, seconds))) on += 1;
      return on;
    },
  };
};

function isTrue(resolution: ReturnType<FlagEvaluator['evaluate']>): boolean {
  return 'value' in resolution && resolution.value === true;
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
