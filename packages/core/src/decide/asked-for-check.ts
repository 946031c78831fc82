import type { CheckStep, ChecksFloor } from '@slipway/plan';
import type { LaunchPolicy } from '../model/launch-policy.ts';

/** Whether a check is of a kind that the policy asks for in front of production. */
export function isAskedFor({ check }: CheckStep, policy: LaunchPolicy | null): boolean {
  const floor: ChecksFloor | undefined = policy?.rules.checks?.production;
  if (floor === undefined) return false;
  const { provider, config } = check;
  if (provider === 'rehearsal') return floor.rehearsal;
  const looksBack = typeof config === 'object' && config !== null && 'way-back' in config;
  return provider === 'launches' && looksBack && floor.rollbackRehearsed !== null;
}
