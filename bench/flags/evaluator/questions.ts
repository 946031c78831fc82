import type { FlagSetDefinition } from '@slipway/flags';

/** What is asked of every evaluator. */
export type Question = 'plain' | 'rollout';

/** Countries of the one rule: half of the people live there. */
export const RULE = ['be', 'ch', 'fr', 'lu'] as const;
/** Per cent of those who get it. */
export const SHARE = 25;

export const QUESTIONS: Readonly<Record<Question, string>> = {
  plain: 'A plain boolean flag',
  rollout: `A ${SHARE} % rollout with one rule`,
};

/** As flagd has it, and so Slipway. */
export const DEFINITION = {
  flags: {
    plain: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' },
    rollout: {
      state: 'ENABLED',
      variants: { on: true, off: false },
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
    },
  },
} as const satisfies FlagSetDefinition;
