import type { FlagDefinition } from '@slipway/flags';
import { DEFINITION } from '../evaluator/questions.ts';

/** What a team must say of each of its flags. */
export const ABOUT = { type: 'ops', owner: 'bench', purpose: 'measured by the bench', expires: 'never' } as const;

const { plain, rollout } = DEFINITION.flags;

/** On for everybody. */
export const PLAIN: FlagDefinition = { ...plain, metadata: ABOUT };

/** A rule, and a share of those whom it names. */
export const ROLLOUT: FlagDefinition = { ...rollout, metadata: ABOUT };

/** flag-0 has a rule and a share, flag-1 is plain, and so on by turns. */
export function flagsOf(count: number): Readonly<Record<string, FlagDefinition>> {
  const each = Array.from({ length: count }, (_, index) => [`flag-${index}`, isRollout(index) ? ROLLOUT : PLAIN]);
  return Object.fromEntries(each) as Record<string, FlagDefinition>;
}

export function isRollout(index: number): boolean {
  return index % 2 === 0;
}
