import { z } from 'zod';
import { LOCAL_TIME, isZone } from '../time/local-time.ts';
import { calendar } from './calendar.ts';
import { launchJudge } from './judge.ts';
import { lintKeys } from './lint.ts';
import { announcement } from './message.ts';
import { messages } from './messages.ts';
import { page } from './page.ts';
import { SCENARIOS_WORDS, scenarios } from './scenarios.ts';
import { segments } from './segments.ts';
import { tracks } from './tracks.ts';
import { triggers } from './triggers.ts';
import { name, person, title, version } from './words.ts';

export const artifact = z.strictObject({
  name: name().describe('What is launched. Example: shop.'),
  version: version()
    .optional()
    .describe('Its version, in quotes where it looks like a number; leave it out to give it at start. Example: 2.2.0.'),
  git: title().optional().describe('Its tag or commit in git, a template. Example: v{{ artifact.version }}.'),
});

const LOCAL_TIME_WORDS = 'expected a local date and time without offset, such as 2026-11-24T10:00';

/** The keys of a plan whose values do not depend on the providers. */
export const headKeys = {
  launch: name().describe("The plan's name: lower-case words joined by hyphens. Example: shop-2-2."),
  title: title().optional().describe('How people call the launch. Default: its name. Example: Faster checkout.'),
  artifact: artifact.describe('What is launched. Example: {name: shop, version: 2.2.0}.'),
  zone: z
    .string()
    .refine(isZone, { error: 'expected a time zone such as Europe/Paris or UTC' })
    .default('UTC')
    .describe('Time zone in which times are written and shown. Default: UTC. Example: Europe/Paris.'),
  t0: z
    .string({ error: LOCAL_TIME_WORDS })
    .regex(LOCAL_TIME, { error: LOCAL_TIME_WORDS })
    .optional()
    .describe('T-0 as local time in the zone. Default: the moment the launch starts. Example: 2026-11-24T10:00.'),
  people: z
    .record(name(), z.array(person()).min(1).max(200))
    .default({})
    .describe('Role to the people who hold it. Example: {release-manager: [rm@shop.example]}.'),
  delegates: z
    .record(name(), z.array(person()).min(1).max(200))
    .optional()
    .describe(
      'Role to the people who vote for it while nobody who holds it has. Default: nobody. Example: {tech-lead: [deputy@shop.example]}.',
    ),
  reach: z
    .record(name(), z.array(name()).min(1).max(20))
    .optional()
    .describe(
      'Role to the channels and audiences in which its people are told that a GO or a tick of theirs is wanted again. Default: nobody is told. Example: {tech-lead: [tech-chat]}.',
    ),
  segments: segments.describe(
    'Who belongs to a ring or a segment, by name; rollouts by flag name them. Example: {internal: {email: {ends-with: "@shop.example"}}}.',
  ),
  judge: launchJudge.describe('How much chance may decide in this launch. Example: {false-alarms: 0.5%}.'),
  tracks: tracks
    .default({})
    .describe(
      'Parts of the launch that run side by side, with the roles that have a part in them; steps name them. Example: {marketing: {owner: marketing-lead, raci: {consulted: [legal]}}}.',
    ),
  calendar: calendar
    .optional()
    .describe(
      'When steps that change production may begin; nothing in it concerns a way back. Default: at any time. Example: {windows: [{days: [tue, wed, thu], from: "10:00", to: "16:00"}], holidays: [FR]}.',
    ),
  announcements: z
    .array(announcement)
    .max(50)
    .default([])
    .describe('Messages that leave by themselves at moments of the launch.'),
  audiences: z
    .record(name(), z.array(name()).min(1).max(50))
    .default({})
    .describe(
      'Who is told together: a name for some channels, which messages name in "to". Example: {customers: [newsletter, status-page]}.',
    ),
  messages: messages
    .optional()
    .describe(
      'What messages say besides the facts of the launch. Default: the shipped messages, in English. Example: {language: fr}.',
    ),
  page: page
    .optional()
    .describe(
      'The people on call: told at once where a step says page, and again until somebody acts. Default: none. Example: {to: [on-call]}.',
    ),
  scenarios: scenarios(z.unknown()).optional().describe(SCENARIOS_WORDS),
  triggers: triggers()
    .optional()
    .describe(
      'Triggers of every rollout and soak of an environment of tier production, behind their own. Default: none. Example: [{when: "errors.new > 0.05", do: page}].',
    ),
  lint: lintKeys
    .optional()
    .describe(
      'What "slipway lint" is to pass over. Default: nothing. Example: {ignore: [{code: SLW005, because: the old app has no metrics, until: 2026-12-31}]}.',
    ),
} as const;

export const tier = () =>
  z
    .enum(['production', 'staging'])
    .describe('Calling off before production was touched is a scrub, afterwards a rollback. Example: staging.');
