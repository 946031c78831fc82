import type { FlagDefinition } from '@slipway/flags';
import { RULE, SHARE } from '../evaluator/questions.ts';

/** What a team must say of each of its flags. */
export const ABOUT = { type: 'ops', owner: 'bench', purpose: 'measured by the bench', expires: 'never' } as const;

const BOOLEAN = { state: 'ENABLED', variants: { on: true, off: false }, metadata: ABOUT } as const;

/** On for everybody. */
export const PLAIN: FlagDefinition = { ...BOOLEAN, defaultVariant: 'on' };

/** A rule, and a share of those whom it names. */
export const ROLLOUT: FlagDefinition = {
  ...BOOLEAN,
  defaultVariant: 'off',
  targeting: {
    if: [
      { in: [{ var: 'country' }, [...RULE]] },
      {
        fractional: [
          ['on', SHARE],
          ['off', 100 - SHARE],
        ],
      },
      'off',
    ],
  },
};

/** flag-0 has a rule and a share, flag-1 is plain, and so on by turns. */
export function flagsOf(count: number): Readonly<Record<string, FlagDefinition>> {
  const each = Array.from({ length: count }, (_, index) => [`flag-${index}`, isRollout(index) ? ROLLOUT : PLAIN]);
  return Object.fromEntries(each) as Record<string, FlagDefinition>;
}

export function isRollout(index: number): boolean {
  return index % 2 === 0;
}
