import { z } from 'zod';
import { metricName } from './words.ts';

/** How one gauge is watched. */
const watchedGauge = z.strictObject({
  below: z
    .number()
    .optional()
    .describe(
      "What the new version must stay below, in the gauge's own unit: the median of its newest three readings. Reaching it fails. Default: no limit. Example: 1500.",
    ),
  above: z
    .number()
    .optional()
    .describe(
      "What the new version must stay above, such as signed-in users, in the gauge's own unit: the median of its newest three readings. Reaching it fails. Default: no limit. Example: 100.",
    ),
  times: z
    .number()
    .min(1)
    .max(1_000)
    .optional()
    .describe(
      'How many times as much as the old version the new one may have, while both have traffic; for gauges that are above 0. More fails. Default: not compared. Example: 1.5.',
    ),
  rising: z
    .enum(['hold', 'ignore'])
    .default('hold')
    .describe(
      'What a steady rise of the new version does that the old one does not have, or that would reach "below" within an hour or the rest of the hold: hold and ask a person, or nothing. Shares that are too short for a slope, of some four minutes, do not ask for it. Default: hold.',
    ),
});

/** The gauges of a rollout or a soak that are watched: their names, or by name how. */
export const gaugesKey = () =>
  z
    .union([z.array(metricName()).min(1).max(MOST), z.record(metricName(), watchedGauge).refine(hasFew, FEW)])
    .describe(
      'Gauges, such as memory or the length of a queue, that are watched by limit and slope: their names, or by name how. No promise about false alarms holds for them. Default: none. Example: {memory: {below: 1500, times: 1.5}}.',
    );

/** A watch remembers each of them, and writes down what it remembers. */
const MOST = 10;
const FEW = { error: `expected 1 to ${MOST} gauges` };

function hasFew(gauges: object): boolean {
  const { length } = Object.keys(gauges);
  return length > 0 && length <= MOST;
}
