import { z } from 'zod';
import { rolloutPower } from './rollout-power.ts';

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
  onFail: z.enum(['hold', 'page', 'rollback']),
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
