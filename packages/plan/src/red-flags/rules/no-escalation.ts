import { changesProduction, isProduction, isWatchStep } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';
import { named, someOf } from '../texts.ts';

/** Production steps that hold when they fail, while nobody is called. */
export function noEscalation({ plan, steps, pathOf }: Looking): readonly Found[] {
  if (plan.page !== undefined) return [];
  const holding = steps.filter((step) => {
    const isThere = changesProduction(plan, step) || (isWatchStep(step) && isProduction(plan, step.environment));
    return isThere && step.onFail === 'hold';
  });
  const [first] = holding;
  if (first === undefined) return [];
  const names = someOf(holding.map(named));
  return [
    {
      code: 'SLW014',
      severity: 'warning',
      path: pathOf(first, 'on-fail'),
      said: {
        en: `where ${names.en} fails in production, the launch holds and nobody is called`,
        fr: `si ${names.fr} échoue en production, le lancement s'arrête et personne n'est appelé`,
      },
    },
  ];
}
