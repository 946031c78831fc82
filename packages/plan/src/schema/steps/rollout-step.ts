import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys, conditions, judgingKeys } from '../common.ts';
import { amount, duration, name } from '../words.ts';
import { mirror } from './mirror.ts';

const stage = z.strictObject({
  weight: z
    .int()
    .min(1)
    .max(100)
    .describe(
      'Per cent of traffic on the new version, 1 to 100; of a rolling rollout: of the instances; of a dark launch: of the requests that are copied to it. Example: 25.',
    ),
  hold: duration().describe('How long this share is held while it is judged. Example: 10m.'),
  while: conditions()
    .optional()
    .describe('Conditions for this share, on top of those of the rollout. Example: ["latency.new < 300"].'),
});

export const rolloutStep = z.strictObject({
  rollout: name().describe('The environment whose traffic moves to the new version. Example: production.'),
  by: z
    .literal('traffic', { error: 'expected traffic or flag' })
    .optional()
    .describe(
      'traffic: versions share the requests; flag: people get a variant of a flag, whatever version answers. Default: traffic.',
    ),
  strategy: z
    .enum(['canary', 'blue-green', 'big-bang', 'rolling', 'dark-launch'])
    .describe(
      'canary: by rising shares; blue-green: all at once, the old one stays warm; big-bang: all at once; rolling: instance by instance, within bounds; dark-launch: copies of requests only, whose answers nobody sees, and in the end the old version serves as before.',
    ),
  while: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that must stay true at every share; canary, rolling and dark-launch need some, or "judge", or "gauges". Example: ["errors.new < 0.01"].',
    ),
  steps: z.array(stage).min(1).max(50).describe('Shares in rising order; the last is 100, but of a dark launch.'),
  exposure: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe(
      'Of a canary rollout that is judged: how many requests may meet the new version while it is suspected; then the share before is set again. Default: it stays at its share. Example: 500.',
    ),
  'max-surge': amount()
    .optional()
    .describe(
      'Of a rolling rollout: how many instances may run beyond the usual number, a count or per cent, rounded up. Default: 25%. Example: 1.',
    ),
  'max-unavailable': amount()
    .optional()
    .describe(
      'Of a rolling rollout: how many ready instances may be missing from the usual number, a count or per cent, rounded down. Default: 0. Example: 25%.',
    ),
  mirror: mirror()
    .optional()
    .describe(
      'Of a dark launch: which requests are copied and what of the answers is compared. Default: GET and HEAD; status and whole body.',
    ),
  ...judgingKeys(),
  timeout: timeout('5m'),
  attempts: attempts(3),
  ...commonKeys(),
});
