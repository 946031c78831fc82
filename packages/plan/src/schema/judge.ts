import { z } from 'zod';
import { FREQUENCY } from '../text/frequency.ts';
import { FREQUENCY_WORDS } from './traffic.ts';
import { duration, metricName, word } from './words.ts';

/** A share of requests: per cent, with digits behind the point. */
export const PERCENT = /^(?:100|[1-9]?\d(?:\.\d{1,4})?)%$/;
const PERCENT_WORDS = 'a share in per cent, such as 0.1%';
const percent = () => word(PERCENT, PERCENT_WORDS);

const PLUS = /^(?:(?:100|[1-9]?\d(?:\.\d{1,4})?)%|\d{1,7}(?:ms|s))$/;
const PLUS_WORDS = 'percentage points such as 0.1%, or for a latency a time such as 20ms';
const USUAL_WORDS = 'a share such as 0.3%, or for a latency a time such as 300ms';

const LATENCY = /^\d{1,7}(?:ms|s)$/;
const LATENCY_WORDS = 'a time such as 60ms';

/** How one metric is judged, new version against old, second by second. */
const judgedMetric = z.strictObject({
  times: z
    .number()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'How many times as bad as the old version the new one may be. Default: 1.1; for a latency 1.2. Example: 1.5.',
    ),
  plus: word(PLUS, PLUS_WORDS)
    .optional()
    .describe(
      'What the new version may be worse by on top of that: percentage points, for a latency a time. Default: 0.1%; for a latency 0ms. Example: 0.5%.',
    ),
  limit: word(PLUS, PLUS_WORDS)
    .optional()
    .describe(
      'What neither version may be worse than: a share, for a latency a time at its quantile. Where the old one is over it as well, the launch is held: both share the damage. Default: none. Example: 1%.',
    ),
  better: z
    .enum(['lower', 'higher'])
    .default('lower')
    .describe(
      'Which way is better; a share of orders that are paid is better when higher. Default: lower. Example: higher.',
    ),
  weight: z
    .number()
    .min(0.01)
    .max(100)
    .default(1)
    .describe('Its part of the false-alarm budget beside the other metrics. Default: 1. Example: 2.'),
  compare: z
    .enum(['requests', 'instances'])
    .default('requests')
    .describe(
      'What is compared: the requests of both versions, or instance with instance, so that what happens to one of them (a pause, a noisy neighbour) counts as one event. That needs a source that counts by instance, and some 7 instances of each version, or 3 of the new one beside 18 of the old one. Default: requests. Example: instances.',
    ),
  dispersion: z
    .number()
    .min(1)
    .max(1_000)
    .default(1)
    .describe(
      'How much bad answers come in clusters, as "slipway judge calibrate" found it: evidence counts for so much less. Default: 1. Example: 4.',
    ),
  skew: duration()
    .default('0s')
    .describe(
      'How far the clocks of what counts the two versions may be apart, at most 10s; 0s where one source counts both. Default: 0s. Example: 2s.',
    ),
  usual: word(PLUS, USUAL_WORDS)
    .optional()
    .describe(
      'What the old version usually shows: a share, for a latency a time at its quantile. "slipway plan" tells with it what each share of a rollout can find; nothing is judged by it. Default: assumed, and said. Example: 0.5%.',
    ),
  'usual-median': word(LATENCY, LATENCY_WORDS)
    .optional()
    .describe(
      'Of a latency with "usual": what half of its answers usually stay within, for its shape. Default: a fifth of what 99 of 100 stay within, and said to be assumed. Example: 60ms.',
    ),
  traffic: word(FREQUENCY, FREQUENCY_WORDS)
    .optional()
    .describe(
      'How many of what it counts come, both versions together, where that is not every request: orders, visitors. As "usual", for "slipway plan". Default: the traffic of the environment; of what is counted per visitor not known. Example: 120/h.',
    ),
});

/** The metrics of a rollout or a soak that are judged: their names, or by name how. */
export const judgeKey = () =>
  z
    .union([z.array(metricName()).min(1).max(20), z.record(metricName(), judgedMetric).refine(hasSome, NONE)])
    .describe(
      'Metrics on which the new version is compared with the old one, second by second, with one false-alarm budget: their names, or by name how. Default: none, only the conditions count. Example: [errors, latency].',
    );

const NONE = { error: 'expected at least one metric' };
const hasSome = (metrics: object): boolean => Object.keys(metrics).length > 0;

/** Keys of a whole launch's judge. */
export const launchJudge = z
  .strictObject({
    'false-alarms': percent()
      .default('1%')
      .describe(
        'Chance that a launch of a version as good as the old one is turned back, over all steps, metrics and looks together. Default: 1%. Example: 0.5%.',
      ),
    'wrong-promotions': percent()
      .default('5%')
      .describe(
        'Chance that a share ends early although the new version is as bad as its margin allows. Default: 5%. Example: 1%.',
      ),
  })
  .prefault({});
