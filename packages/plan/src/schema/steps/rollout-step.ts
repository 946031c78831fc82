import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys, conditions, judgingKeys } from '../common.ts';
import { duration, name } from '../words.ts';

const stage = z.strictObject({
  weight: z.int().min(1).max(100).describe('Per cent of traffic on the new version, 1 to 100. Example: 25.'),
  hold: duration().describe('How long this share is held while it is judged. Example: 10m.'),
  while: conditions()
    .optional()
    .describe('Conditions for this share, on top of those of the rollout. Example: ["latency.new < 300"].'),
});

export const rolloutStep = z.strictObject({
  rollout: name().describe('The environment whose traffic moves to the new version. Example: production.'),
  strategy: z
    .enum(['canary', 'blue-green', 'big-bang'])
    .describe('canary: by rising shares; blue-green: all at once, the old one stays warm; big-bang: all at once.'),
  while: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that must stay true at every share; a canary needs some. Example: ["errors.new < 0.01"].',
    ),
  steps: z.array(stage).min(1).max(50).describe('Shares of traffic in rising order; the last is 100.'),
  ...judgingKeys(),
  timeout: timeout('5m'),
  attempts: attempts(3),
  ...commonKeys(),
});
