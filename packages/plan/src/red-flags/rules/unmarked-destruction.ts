import { isProduction } from '../about-step.ts';
import { destructiveWords } from '../command-words.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** A command that takes data away, said to have a way back, and that nobody has to confirm. */
export function unmarkedDestruction({ plan, steps, pathOf }: Looking): readonly Found[] {
  return steps.flatMap((step): readonly Found[] => {
    if (step.kind !== 'run' || step.undo?.kind !== 'command' || step.confirm !== null) return [];
    const words = destructiveWords(step);
    if (words === null) return [];
    return [
      {
        code: 'SLW008',
        severity: isProduction(plan, step.environment) ? 'error' : 'info',
        path: pathOf(step, 'command'),
        said: {
          en: `${named(step)} runs "${words}" as if it could be undone, and nobody types a phrase before`,
          fr: `${named(step)} exécute « ${words} » comme si c'était réversible, sans phrase à taper avant`,
        },
      },
    ];
  });
}
