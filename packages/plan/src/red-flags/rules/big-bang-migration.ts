import type { RunStep, Step } from '../../model/step.ts';
import { bringsToProduction, changesProduction } from '../about-step.ts';
import { isMigration } from '../command-words.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** Everybody gets the new version at once, and the data change in the same launch. */
export function bigBangMigration({ plan, steps, pathOf }: Looking): readonly Found[] {
  const migration = steps.find((step): step is RunStep => {
    return step.kind === 'run' && changesProduction(plan, step) && isMigration(step);
  });
  if (migration === undefined) return [];
  const atOnce = steps.find((step) => bringsToProduction(plan, step) && isAtOnce(step));
  if (atOnce === undefined) return [];
  return [
    {
      code: 'SLW007',
      severity: 'error',
      path: pathOf(atOnce),
      said: {
        en: `${named(migration)} changes the data, and then everybody gets the new version at once`,
        fr: `${named(migration)} change les données, puis tout le monde reçoit la nouvelle version d'un coup`,
      },
    },
  ];
}

function isAtOnce(step: Step): boolean {
  return step.kind === 'deploy' || (step.kind === 'rollout' && step.strategy === 'big-bang');
}
