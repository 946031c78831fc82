import { z } from 'zod';
import { duration, expectedType, name } from './words.ts';

/** Keys of every step. */
export const commonKeys = () => ({
  id: name()
    .optional()
    .describe(
      'How other steps name it. Default: its title in lower-case words, or kind-environment; of a dark launch dark-launch-environment. Example: build.',
    ),
  needs: z
    .array(name())
    .max(500)
    .optional()
    .describe(
      'Ids of the steps that must be done before it. Default: the step before it; [] starts it with its phase. Example: [build, smoke].',
    ),
  'on-fail': z
    .enum(['hold', 'rollback'])
    .optional()
    .describe(
      'What its failure does: hold the launch and ask a person, or roll back at once. Default: hold; for rollout and soak: rollback.',
    ),
});

/** Conditions over metrics, in CEL. */
export const conditions = () =>
  z.array(z.string().min(1), expectedType('a list of conditions, such as ["errors.new < 0.01"]')).min(1).max(20);

/** Keys of whatever is judged while it runs. */
export const judgingKeys = () => ({
  'min-samples': z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(100)
    .describe('Requests that the new version must have answered before it can pass. Default: 100. Example: 500.'),
  every: duration(100).default('1s').describe('Time between two looks at the metrics. Default: 1s. Example: 10s.'),
  silence: duration(100)
    .default('30s')
    .describe('Time without a usable reading after which telemetry counts as broken. Default: 30s. Example: 2m.'),
});
