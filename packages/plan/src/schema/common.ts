import { z } from 'zod';
import { gaugesKey } from './gauges.ts';
import { judgeKey } from './judge.ts';
import { trackName } from './tracks.ts';
import { triggers } from './triggers.ts';
import { duration, expectedType, name } from './words.ts';

/** Keys of every step. */
export const commonKeys = () => ({
  id: name()
    .optional()
    .describe(
      'How other steps name it. Default: its title in lower-case words, or kind-environment; of a dark launch dark-launch-environment, of a rollout by flag rollout-flag. Example: build.',
    ),
  needs: z
    .array(name())
    .max(500)
    .optional()
    .describe(
      'Ids of the steps that must be done before it. Default: the step before it; [] starts it with its phase. Example: [build, smoke].',
    ),
  track: trackName(),
  'on-fail': z
    .enum(['hold', 'page', 'rollback'])
    .optional()
    .describe(
      'What its failure does: hold the launch and ask a person, hold and page the people on call, or roll back at once. Default: hold; for rollout and soak: rollback.',
    ),
});

/** Conditions over metrics, in CEL. */
export const conditions = () =>
  z.array(z.string().min(1), expectedType('a list of conditions, such as ["errors.new < 0.01"]')).min(1).max(20);

const unknown = (what: string) =>
  z
    .enum(['hold', 'page', 'rollback'])
    .default('hold')
    .describe(
      `What ${what} does: hold the launch and ask a person, hold and page the people on call, or roll back at once. Default: hold.`,
    );

/** Keys of whatever is judged while it runs. */
export const judgingKeys = () => ({
  triggers: triggers()
    .optional()
    .describe(
      'What is done as soon as a condition is true, beside the verdict: at each look the first one that is true acts, each once a watch. Default: none. Example: [{when: "errors.new > 0.05", do: rollback, for: 30s}].',
    ),
  judge: judgeKey().optional(),
  gauges: gaugesKey().optional(),
  'early-promotion': z
    .boolean()
    .default(false)
    .describe(
      'Whether a share may end before its time, when every judged metric has shown that its harm is below its margin. Default: false.',
    ),
  'warm-up': duration()
    .default('0s')
    .describe('Time after a share was set in which nothing is compared: caches are cold. Default: 0s. Example: 45s.'),
  'on-insufficient-data': unknown('a verdict that too little was seen'),
  'on-telemetry-broken': unknown('a verdict that telemetry is broken'),
  'min-samples': z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(100)
    .describe('Requests that the new version must have answered before it can pass. Default: 100. Example: 500.'),
  every: duration(100)
    .optional()
    .describe(
      'Time between two looks at the metrics. Default: 1s; of what is watched for longer than two hours a 7200th of that time. Example: 10s.',
    ),
  silence: duration(100)
    .optional()
    .describe(
      'Time without a usable reading after which telemetry counts as broken. Default: 30s, at least three looks. Example: 2m.',
    ),
});
