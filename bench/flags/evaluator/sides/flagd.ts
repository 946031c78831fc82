import { FlagdCore } from '@openfeature/flagd-core';
import { DEFINITION } from '../questions.ts';
import type { OpenSide } from '../side.ts';

export const openFlagd: OpenSide = async (people) => {
  const core = new FlagdCore();
  core.setConfigurations(JSON.stringify(DEFINITION));
  const contexts = people.map(({ key, ...rest }) => ({ targetingKey: key, ...rest }));
  return {
    ask: (question) => {
      let on = 0;
      for (const context of contexts) if (core.resolveBooleanEvaluation(question, false, context).value) on += 1;
      return on;
    },
  };
};
