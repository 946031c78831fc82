import type { RollingBounds } from '../model/step.ts';
import type { AuthoredOf } from '../parse/draft.ts';
import { parseAmount } from '../text/amount.ts';

/** The surge that Kubernetes Deployments have by default; but no instance is missed unless the plan says so. */
export function rollingBounds(
  step: Pick<AuthoredOf<'rollout'>['step'], 'max-surge' | 'max-unavailable'>,
): RollingBounds {
  const { 'max-surge': surge = '25%', 'max-unavailable': unavailable = 0 } = step;
  return { maxSurge: parseAmount(surge), maxUnavailable: parseAmount(unavailable) };
}
