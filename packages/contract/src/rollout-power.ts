import { z } from 'zod';

const chance = z.number().min(0).max(1);
const seconds = z.number().min(0);
const harm = z.number().min(0);
const heldShare = {
  weight: z.number().describe('Per cent of traffic on the new version.'),
  hold: z.number().describe('Milliseconds.'),
  requests: z.number().describe('What the metric counts of the new version while it is held, as expected.'),
};

export const sharePower = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alone').describe('No old version to compare with.'), ...heldShare }),
  z.strictObject({
    kind: z.enum(['compared', 'limited']).describe('`limited`: no old version to compare with, a limit alone.'),
    ...heldShare,
    finds: z
      .strictObject({ half: harm.nullable(), most: harm.nullable() })
      .describe(
        'Smallest harm, in the unit of `sought`, that is found by the end of the hold in half and in nine tenths of launches; null: none is.',
      ),
    chance: z
      .strictObject({ before: chance, after: chance })
      .describe('That what is sought is found before this share and by its end, where it was there from the start.'),
    seconds: z
      .strictObject({ half: seconds.nullable(), most: seconds.nullable() })
      .describe('Of this share until it is found in half and in nine tenths of launches; null: never.'),
    secondsIfNew: seconds.nullable().describe('Until half of launches find it where it only begins with this share.'),
    weightNeeded: z
      .number()
      .nullable()
      .describe('Per cent of traffic with which the hold would do for nine tenths; null: none.'),
  }),
]);

const toldMetric = {
  metric: z.string().nullable().describe('null: `judge` names none, and this is what one would find.'),
  perSecond: z.number().describe('What it counts a second, both versions together.'),
  dispersion: z.number().describe('By how much bad answers come in clusters.'),
  falseAlarms: chance.describe('Its part of the chance of a false alarm.'),
  allowed: harm.describe('The most that its margin allows, in the unit of `sought`.'),
  shares: z.array(sharePower).describe('In their order; what one saw counts in the next.'),
};

export const metricPower = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ratio'),
    ...toldMetric,
    better: z.enum(['lower', 'higher']),
    usual: chance.describe('Share of the old version, 0 to 1.'),
    isAssumed: z.boolean().describe('Whether the plan does not say what is usual.'),
    sought: chance.describe('Share of the new version that is to be found, 0 to 1.'),
  }),
  z.strictObject({
    kind: z.literal('latency'),
    ...toldMetric,
    quantile: chance,
    usual: z.number().nullable().describe('Milliseconds at the quantile; null: not known, and not needed.'),
    median: z.number().nullable().describe('Milliseconds; null: not known, and its shape is assumed.'),
    tail: z.number().describe('How many times the median 99 of 100 answers stay within.'),
    sought: z.number().min(1).describe('How many times as slow is to be found.'),
  }),
  z.strictObject({
    kind: z.literal('unknown').describe('What it can find cannot be told.'),
    metric: z.string(),
    why: z
      .enum(['traffic', 'visitors', 'usual', 'instances'])
      .describe(
        'What is not known: the traffic, how many visitors come, how long answers usually take, or how alike instances are that are compared with each other.',
      ),
  }),
]);

export const rolloutPower = z.strictObject({
  perSecond: z.number().nullable().describe('Requests per second of the environment; null: not known.'),
  metrics: z.array(metricPower),
  weakest: z
    .array(z.string().nullable())
    .describe(
      'By share, the metric that is furthest from finding what is sought in nine tenths of launches; null: each one finds it, or none is named.',
    ),
  noPromise: z
    .strictObject({ conditions: z.array(z.string()), gauges: z.array(z.string()) })
    .describe('What is watched besides: nobody can say what it finds.'),
});
export type RolloutPower = z.infer<typeof rolloutPower>;
