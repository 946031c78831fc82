import { z } from 'zod';
import { redFlag } from './red-flag.ts';
import { planScenarios } from './scenario.ts';
import { rolloutPower } from './rollout-power.ts';

export const planText = z.strictObject({
  text: z.string().max(3_000_000).describe('The launch plan as YAML.'),
  file: z.string().max(500).describe('Its name, for messages.'),
  artifactVersion: z.string().max(100).optional().describe('Overrides `artifact.version` of the plan.'),
  urgency: z
    .enum(['normal', 'hotfix-p1', 'hotfix-p2'])
    .optional()
    .describe("Takes the place of the urgency of the plan's calendar."),
  files: z
    .record(z.string().max(300), z.string().max(1_100_000))
    .refine((files) => Object.keys(files).length <= 10, { error: 'expected at most 10 files' })
    .optional()
    .describe('Text of the iCalendar files that the plan names, by the paths that it names.'),
  policy: z
    .strictObject({ text: z.string().max(3_000_000), file: z.string().max(500) })
    .optional()
    .describe(
      'The policy beside the plan, as YAML, to check it against where the server has none of its own. At start the server reads the policy itself.',
    ),
  messages: z
    .strictObject({ text: z.string().max(1_000_000), file: z.string().max(500) })
    .optional()
    .describe(
      "The team's file of messages (slipway.messages.yaml), as YAML: what the plan says itself wins. What of it the plan uses becomes part of the plan and of its digest.",
    ),
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
  code: z.string().optional().describe('The red flag that it is a case of, such as SLW015; left out: it is none.'),
});
export type Problem = z.infer<typeof problem>;

export const timelineEntry = z.strictObject({
  phase: z.string(),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  earliest: z.number().describe('Milliseconds after the start at the earliest, people and commands taken as instant.'),
  at: z
    .string()
    .optional()
    .describe('The same as local time and relative to T-0; left out where the plan has neither a T-0 nor a calendar.'),
  duration: z.number().nullable().describe('Milliseconds where the plan fixes it; null where it depends.'),
  effect: z.enum(['read-only', 'executive', 'person', 'message', 'clock']),
  environment: z.string().nullable(),
  who: z.array(z.string()).describe('Roles that must act.'),
  what: z.array(z.string()).describe('What will happen, line by line.'),
  wayBack: z.string().nullable().describe('How it is taken back; null: there is nothing to take back.'),
  pointOfNoReturn: z.boolean().describe('It cannot be taken back.'),
  scenario: z
    .string()
    .optional()
    .describe('The scenario that it runs in; left out: whatever is chosen. A step of several comes once for each.'),
  track: z.string().optional().describe('The track that it belongs to; left out: none.'),
  onFail: z.enum(['hold', 'page', 'rollback']),
  power: rolloutPower
    .nullable()
    .describe('What a rollout can find with the expected traffic; null where that cannot be told.'),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const messagePreview = z.strictObject({
  when: z.string().describe('The step that sends it, or the moment of the launch.'),
  to: z.array(z.string()).describe('Channels.'),
  again: z
    .number()
    .nullable()
    .describe('Milliseconds after which it is told again while that moment lasts; null: once.'),
  from: z
    .enum(['team', 'shipped'])
    .optional()
    .describe("Whose words they are: the team's file's, or shipped ones; left out: the plan's own."),
  mention: z.array(z.string()).optional().describe('Who is called, by name; left out: nobody.'),
  quiet: z
    .array(z.string())
    .optional()
    .describe('The quiet hours that it waits for, such as "customers: 22:00-07:00 Europe/Paris"; left out: none.'),
  title: z.string(),
  text: z.string().describe('As it would read now: what only the launch will know is shown as missing.'),
});
export type MessagePreview = z.infer<typeof messagePreview>;

export const trackView = z.strictObject({
  name: z.string(),
  owner: z.string().describe('The role that does it, and answers for it.'),
  accountable: z.string().describe('The role that decides.'),
  consulted: z.array(z.string()),
  informed: z.array(z.string()),
});

/** What a plan's calendar says of one moment. */
export const calendarRequest = planText.extend({
  at: z.string().max(30).optional().describe("Local time in the plan's zone, such as 2026-11-24T10:00. Default: now."),
});
export type CalendarRequest = z.infer<typeof calendarRequest>;

export const calendarAnswer = z.strictObject({
  zone: z.string(),
  at: z.string().describe('The moment that was asked about, as local time.'),
  allowed: z.boolean().describe('Whether steps that change production may begin then.'),
  change: z.string().nullable().describe('When that changes, as local time; null: not within a year.'),
  why: z.array(z.string()).describe('Why they may not; empty where they may.'),
  ics: z
    .string()
    .describe('T-0, due times, the windows of the next sixty days, maintenance and freezes as iCalendar (RFC 5545).'),
});
export type CalendarAnswer = z.infer<typeof calendarAnswer>;

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
  messages: z
    .array(messagePreview)
    .describe('Every message of the plan, as it would read if the launch had just begun.'),
  redFlags: z
    .array(redFlag)
    .describe(
      'In which way launches go wrong although the plan may be launched; errors first. Empty where the plan is wrong.',
    ),
  scenarios: planScenarios.optional().describe('The scenarios that the plan offers; left out: none.'),
  tracks: z.array(trackView).optional().describe('The tracks of the plan; left out: it has none.'),
  shortestMs: z.number().nullable().describe('Milliseconds that the launch takes at least.'),
});
export type PlanReport = z.infer<typeof planReport>;
