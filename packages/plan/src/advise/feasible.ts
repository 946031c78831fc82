import type { AdviceRule, AdvisedStrategy, Chosen, Situation } from './situation.ts';

/** Requests per second below which no share tells a bad version from chance within hours. */
const LEAST_TRAFFIC = 1;

/** The strategy, or the nearest one for which there is what it takes. */
export function feasible(chosen: Chosen, situation: Situation): Chosen {
  const { strategy, rules } = chosen;
  const instead = insteadOf(strategy, situation);
  return instead === null ? chosen : { strategy: instead[0], rules: [...rules, instead[1]] };
}

type Instead = readonly [AdvisedStrategy, AdviceRule] | null;

function insteadOf(strategy: AdvisedStrategy, situation: Situation): Instead {
  switch (strategy) {
    case 'canary':
    case 'dark-launch':
      if (!situation.router) return withoutRouter(situation);
      return situation.traffic < LEAST_TRAFFIC ? ['blue-green', 'little-traffic'] : null;
    case 'rolling':
      if (!situation.router) return withoutRouter(situation);
      return situation.instances < 2 ? ['blue-green', 'one-instance'] : null;
    case 'blue-green':
    case 'big-bang':
      return situation.router ? null : withoutRouter(situation);
    case 'flag':
    case 'deploy':
      return null;
  }
}

function withoutRouter({ change, flags }: Situation): Instead {
  return change === 'feature' && flags ? ['flag', 'no-router-flag'] : ['deploy', 'no-router'];
}
