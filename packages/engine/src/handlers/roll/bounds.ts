import type { Amount, RollingBounds } from '@slipway/plan';

/** What a roll works towards, and what it keeps to on the way. Counts of instances. */
export interface RollGoal {
  readonly new: number;
  readonly old: number;
  /** So many may run, those that are not ready included. */
  readonly ceiling: number;
  /** So many must be ready. */
  readonly floor: number;
}

/**
 * As Kubernetes Deployments do it: max surge is rounded up, max unavailable down, and where both come to nothing one instance may
 * be missing (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment and
 * ResolveFenceposts in k8s.io/kubernetes/pkg/controller/deployment/util). Beyond that, one instance always answers. null: a single
 * instance without a surge cannot be replaced while it answers.
 * @param whole instances of a whole version
 * @param weight per cent of them that run the new version in the end, 1..100
 */
export function goalOf(whole: number, weight: number, bounds: RollingBounds): RollGoal | null {
  const ceiling = whole + surgeOf(whole, bounds);
  const floor = floorOf(whole, bounds);
  const replaced = shareOf(whole, weight);
  return ceiling > floor ? { new: replaced, old: whole - replaced, ceiling, floor } : null;
}

/** How many must be ready, whatever happens on purpose. */
export function floorOf(whole: number, bounds: RollingBounds): number {
  const missing = Math.floor(part(whole, bounds.maxUnavailable));
  return Math.max(1, whole - (surgeOf(whole, bounds) === 0 ? Math.max(1, missing) : missing));
}

function surgeOf(whole: number, { maxSurge }: RollingBounds): number {
  return Math.ceil(part(whole, maxSurge));
}

/** Rounded up; but short of 100 % one old instance stays where there are several, or there would be nothing to compare with. */
function shareOf(whole: number, weight: number): number {
  if (weight === 100) return whole;
  return Math.max(1, Math.min(whole - 1, Math.ceil((whole * weight) / 100)));
}

function part(whole: number, { unit, value }: Amount): number {
  return unit === 'percent' ? (whole * value) / 100 : value;
}
