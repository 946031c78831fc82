import type { PageLevel } from '@slipway/plan';
import type { PagedCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';

/** How grave it is that a hold pages: by what is known to be wrong, and whether production is concerned. */
export function pageLevel({ plan, touched }: Pick<Launch, 'plan' | 'touched'>, cause: PagedCause): PageLevel {
  const isThere = (id: string): boolean => {
    const step = own(plan.steps, id);
    const environment = step !== undefined && 'environment' in step ? step.environment : null;
    return environment !== null && own(plan.environments, environment)?.tier === 'production';
  };
  if (!isThere(cause.step) && !touched.some(isThere)) return 'p3';
  return cause.kind === 'step-failed' || cause.decision === 'fail' ? 'p1' : 'p2';
}

export function graver(one: PageLevel, other: PageLevel): PageLevel {
  return one < other ? one : other;
}
