import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys, conditions, judgingKeys } from '../common.ts';
import { flagWord, segmentName } from '../segments.ts';
import { duration, name } from '../words.ts';

/** What a hash of the targeting key is cut at: more digits would tell nobody apart. */
const LEAST_SHARE = 0.001;

const stage = z.strictObject({
  segment: segmentName()
    .optional()
    .describe(
      'Everybody of this segment gets the variant from now on: one of the plan\'s "segments", or else of the server\'s flag set. This or "weight". Example: internal.',
    ),
  weight: z
    .number()
    .min(LEAST_SHARE)
    .max(100)
    .multipleOf(LEAST_SHARE)
    .optional()
    .describe(
      'Per cent of people that get the variant, chosen by a hash of their targeting key, with at most 3 digits behind the point; 100: everybody. This or "segment". Example: 0.5.',
    ),
  of: segmentName()
    .optional()
    .describe('Beside "weight": the segment of which it is so many per cent. Default: of everybody. Example: france.'),
  hold: duration().describe('How long it is held so while it is judged. Example: 30m.'),
  while: conditions()
    .optional()
    .describe('Conditions for this step, on top of those of the rollout. Example: ["errors.new < 0.02"].'),
});

export const flagRolloutStep = z.strictObject({
  rollout: name().describe('The environment whose flag set holds the flag. Example: production.'),
  by: z
    .literal('flag')
    .describe('traffic: versions share the requests; flag: people get a variant of a flag, whatever version answers.'),
  flag: flagWord('the key of a flag, such as one-click').describe(
    'The flag that is ramped. It must be in the flag set of the environment. Example: one-click.',
  ),
  variant: flagWord('the name of a variant, such as "on"')
    .default('on')
    .describe('The variant that people get. Default: on. Example: "blue".'),
  cohort: flagWord('the name of a cohort, such as checkout-v2')
    .optional()
    .describe(
      "Seed of the choice by chance: flags with the same cohort get the same people. Default: the flag's key, so that each flag has people of its own. Example: checkout-v2.",
    ),
  while: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that must stay true at every step; .new is the variant, .old what all others get. It needs some, or "judge", or "gauges". Example: ["errors.new < 0.01"].',
    ),
  steps: z
    .array(stage)
    .min(1)
    .max(50)
    .describe('Who gets the variant besides those who have it, step by step: nobody loses it on the way there.'),
  exposure: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe(
      'Where it is judged: how many times the variant may be served while it is suspected; then what was before the newest step is set again. Default: it stays as it is. Example: 500.',
    ),
  ...judgingKeys(),
  timeout: timeout('1m'),
  attempts: attempts(5),
  ...commonKeys(),
});
