import { z } from 'zod';
import { startRequest } from './plan-request.ts';

/** Shards of one version at most, wherever they are read. */
const MOST_SHARDS = 1_000;

const instant = z.number().int().min(0).describe('Epoch milliseconds.');

export const shardsRequest = startRequest.extend({
  environment: z.string().min(1).max(200),
  metric: z.string().min(1).max(200),
  span: z
    .strictObject({ from: instant, to: instant })
    .nullable()
    .describe('Of a source that keeps its past, at most a minute; null asks which kind it is, and how things stand.'),
});
export type ShardsRequest = z.infer<typeof shardsRequest>;

const count = z.number().int().min(0);

export const shardsAnswer = z.strictObject({
  version: z.string().describe('The version that serves the environment.'),
  source: z.enum(['live', 'past']).describe('Whether it tells how things stand, or what was.'),
  now: z.number().describe("Epoch milliseconds of the server's clock."),
  readings: z
    .array(
      z.strictObject({
        boot: z.string().describe('Changes when all counters begin again at zero.'),
        at: z.number().describe('Epoch milliseconds.'),
        shards: z.array(z.strictObject({ name: z.string(), bad: count, total: count })).max(MOST_SHARDS),
      }),
    )
    .describe('Cumulative counts of each shard, oldest first.'),
});
export type ShardsAnswer = z.infer<typeof shardsAnswer>;
