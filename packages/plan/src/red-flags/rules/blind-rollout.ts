import { someOf } from '../texts.ts';
import type { Found, Looking } from '../rule.ts';

/** A rollout whose traffic and holds do not do for what it claims. */
export interface BlindRollout {
  readonly step: string;
  /** Metrics of which even the last share with an old version beside it does not find what is sought. */
  readonly metrics: readonly string[];
  /** The best of their chances to find it, 0..1. */
  readonly chance: number;
}

/** What it can find is worked out by whoever knows the judge. */
export function blindRollout({ plan, pathOf }: Looking, blind: readonly BlindRollout[]): readonly Found[] {
  return blind.flatMap(({ step: id, metrics, chance }): readonly Found[] => {
    const step = plan.steps[id];
    if (step === undefined) return [];
    const [names, percent] = [someOf(metrics), Math.round(chance * 100)];
    return [
      {
        code: 'SLW011',
        severity: 'warning',
        path: pathOf(step, 'steps'),
        part: 'key',
        said: {
          en: `with the usual traffic it finds harm to ${names.en} in ${percent} of 100 launches at most`,
          fr: `avec le trafic habituel il trouve un dommage sur ${names.fr} dans ${percent} lancements sur 100 au plus`,
        },
      },
    ];
  });
}
