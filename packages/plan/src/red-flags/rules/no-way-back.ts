import type { Step } from '../../model/step.ts';
import { isProduction } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** A command without a way back that runs although nobody was asked. */
export function noWayBack({ plan, steps, pathOf, before, isChosen }: Looking): readonly Found[] {
  return steps.flatMap((step): readonly Found[] => {
    if (step.kind !== 'run' || step.undo?.kind !== 'none' || step.confirm !== null) return [];
    if (isChosen(step) || before(step).some(isHolding)) return [];
    const title = named(step);
    return [
      {
        code: 'SLW001',
        severity: isProduction(plan, step.environment) ? 'error' : 'warning',
        path: pathOf(step, 'undo'),
        part: 'key',
        said: {
          en: `${title} has no way back, and nothing in front of it stops to ask a person`,
          fr: `${title} est sans retour, et rien devant ne s'arrête pour demander à quelqu'un`,
        },
      },
    ];
  });
}

const isHolding = ({ kind }: Step): boolean => kind === 'signoff';
