import { z } from 'zod';

export const planText = z.strictObject({
  text: z.string().max(3_000_000).describe('The launch plan as YAML.'),
  file: z.string().max(500).describe('Its name, for messages.'),
  artifactVersion: z.string().max(100).optional().describe('Overrides `artifact.version` of the plan.'),
});
export type PlanText = z.infer<typeof planText>;

export const startRequest = planText.extend({
  directory: z
    .string()
    .max(4000)
    .describe("Folder of the plan, relative to the server's workspace; paths in the plan are relative to it."),
});
export type StartRequest = z.infer<typeof startRequest>;

export const problem = z.strictObject({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  path: z.string().describe('Where in the document, e.g. phases[0].steps[2].weight.'),
  message: z.string(),
  expected: z.string().nullable().describe('What was expected there.'),
  severity: z.enum(['error', 'warning']),
});
export type Problem = z.infer<typeof problem>;

const share = z.number().min(0).max(1);
const chance = z.number().min(0).max(1);
const seconds = z.number().min(0);
const heldShare = {
  weight: z.number().describe('Per cent of traffic on the new version.'),
  hold: z.number().describe('Milliseconds.'),
  requests: z.number().describe('Requests of the new version that are expected while it is held.'),
};

export const sharePower = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alone').describe('No old version to compare with.'), ...heldShare }),
  z.strictObject({
    kind: z.literal('compared'),
    ...heldShare,
    finds: z
      .strictObject({ half: share.nullable(), most: share.nullable() })
      .describe(
        'Smallest share of bad answers, 0 to 1, that is found by the end of the hold in half and in nine tenths of launches; null: none is.',
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

export const rolloutPower = z.strictObject({
  metric: z
    .string()
    .nullable()
    .describe('The metric that is compared; null: none is named, and this is what one would find.'),
  perSecond: z.number().describe('Requests per second of the environment.'),
  usual: share.describe('Share of bad answers of the old version, 0 to 1: assumed.'),
  sought: share.describe('Share of bad answers of the new version that is to be found, 0 to 1.'),
  margin: z
    .strictObject({ ratio: z.number(), points: z.number() })
    .describe('The new version may be so many times as bad, and so much more.'),
  shares: z.array(sharePower).describe('In their order; what one saw counts in the next.'),
});
export type RolloutPower = z.infer<typeof rolloutPower>;

export const timelineEntry = z.strictObject({
  phase: z.string(),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  earliest: z.number().describe('Milliseconds after the start at the earliest, people and commands taken as instant.'),
  duration: z.number().nullable().describe('Milliseconds where the plan fixes it; null where it depends.'),
  effect: z.enum(['read-only', 'executive', 'person', 'message', 'clock']),
  environment: z.string().nullable(),
  who: z.array(z.string()).describe('Roles that must act.'),
  what: z.array(z.string()).describe('What will happen, line by line.'),
  wayBack: z.string().nullable().describe('How it is taken back; null: there is nothing to take back.'),
  pointOfNoReturn: z.boolean().describe('It cannot be taken back.'),
  onFail: z.enum(['hold', 'rollback']),
  power: rolloutPower
    .nullable()
    .describe('What a rollout can find with the expected traffic; null where that cannot be told.'),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const planReport = z.strictObject({
  ok: z.boolean(),
  problems: z.array(problem).describe('Errors first; warnings do not make a plan wrong.'),
  launch: z.string().nullable(),
  title: z.string().nullable(),
  artifact: z.strictObject({ name: z.string(), version: z.string() }).nullable(),
  digest: z.string().nullable().describe('Of the plan; null where it is wrong.'),
  timeline: z.array(timelineEntry),
  trafficUnknown: z
    .array(z.string())
    .describe(
      'Environments with a rollout whose traffic the plan does not say, so that nobody can tell what it can find.',
    ),
  shortestMs: z.number().nullable().describe('Milliseconds that the launch takes at least.'),
});
export type PlanReport = z.infer<typeof planReport>;
