import type { RolloutStep } from '../../model/step.ts';
import { isProduction } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';

const READS_OLD = /\.\s*old\b/;

/** A rollout that only knows absolute limits: what was bad before is not told from what became bad. */
export function noBaseline({ plan, steps, pathOf }: Looking): readonly Found[] {
  return steps.flatMap((step): readonly Found[] => {
    if (step.kind !== 'rollout' || !isProduction(plan, step.environment)) return [];
    if (!canCompare(step) || compares(step)) return [];
    return [
      {
        code: 'SLW004',
        severity: isAlone(step) ? 'info' : 'warning',
        path: pathOf(step, 'rollout'),
        part: 'key',
        said: {
          en: `the rollout to ${step.environment} is judged by fixed limits alone, and never against the old version`,
          fr: `le déploiement en ${step.environment} n'est jugé que par des seuils fixes, jamais face à l'ancienne version`,
        },
      },
    ];
  });
}

/** Copies are compared answer by answer; members of a segment are not chosen by chance, so that nobody is like them. */
function canCompare(step: RolloutStep): boolean {
  if (step.strategy === 'dark-launch') return false;
  return step.strategy !== 'flag' || step.stages.some(({ audience }) => audience.kind === 'share');
}

/** Everybody gets it at once: there is nobody left to compare with. */
function isAlone(step: RolloutStep): boolean {
  return step.strategy === 'blue-green' || step.strategy === 'big-bang';
}

function compares({ stages }: RolloutStep): boolean {
  return stages.some(({ judging }) => {
    if (judging.comparing !== undefined) return true;
    if (judging.conditions.some(({ cel }) => READS_OLD.test(cel))) return true;
    return (judging.gauges ?? []).some(({ times }) => times !== null);
  });
}
