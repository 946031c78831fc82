import { z } from 'zod';
import { MESSAGE_LANGUAGES } from '../messages/message-template.ts';
import { LINK_NAMES, MESSAGE_TEMPLATES, WORD_NAMES } from '../messages/message-templates.ts';
import { isZone } from '../time/local-time.ts';
import { WEEKDAYS } from './calendar.ts';
import { recipients } from './message.ts';
import { duration, expectedType, name, text, title, word } from './words.ts';

const address = () =>
  z.url({ protocol: /^https?$/, error: 'expected an address such as https://status.example' }).max(500);

const HOURS = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const quiet = z.strictObject({
  to: recipients().describe(
    'The channels and audiences that it spares, by the names under "channels" and "audiences". Example: [customers].',
  ),
  hours: word(HOURS, 'two times of the wall clock such as 22:00-07:00')
    .refine((hours) => hours.slice(0, 5) !== hours.slice(6), {
      error: 'expected an end that is not the beginning; a whole day is 00:00-24:00',
    })
    .describe(
      'From when up to when, by the wall clock; an end that is no later than the beginning is on the day after. Example: 22:00-07:00.',
    ),
  days: z
    .array(z.enum(WEEKDAYS), expectedType('a list of days, such as [sat, sun]'))
    .min(1)
    .max(7)
    .optional()
    .describe('The days on which they begin. Default: every day. Example: [sat, sun].'),
  zone: z
    .string()
    .refine(isZone, { error: 'expected a time zone such as Europe/Paris or UTC' })
    .optional()
    .describe("Time zone of that wall clock. Default: the plan's. Example: America/New_York."),
});

/** How long the same words are not said again where nothing is written. */
const DEDUP = '1h';

/** What the team's messages say besides the facts of the launch; also a file `slipway.messages.yaml`, key by key. */
export const messages = z.strictObject({
  language: z
    .enum(MESSAGE_LANGUAGES)
    .default('en')
    .describe('Language of the shipped messages, and of facts in any message. Default: en. Example: fr.'),
  links: z
    .record(name(), address())
    .default({})
    .describe(
      `Addresses by name, as {{ links.NAME }}; the shipped messages read ${LINK_NAMES.join(', ')}. Example: {issue: "https://tracker.example/BMA-48"}.`,
    ),
  words: z
    .record(name(), z.string().trim().min(1).max(2_000))
    .default({})
    .describe(
      `What nobody can measure, as {{ words.NAME }}; the shipped messages read ${WORD_NAMES.join(', ')}. Example: {summary: One-click checkout}.`,
    ),
  templates: z
    .record(
      name(),
      z.strictObject({
        title: title().describe('Title of the message, a template. Example: {{ launch.title }} has begun.'),
        text: text().describe('The message, a template. Example: Watch it at {{ links.monitoring }}.'),
      }),
    )
    .default({})
    .describe(
      `Messages by name, for "template" of announcements and announce steps: the team's own, or in the place of a shipped one: ${Object.keys(MESSAGE_TEMPLATES).join(', ')}. Example: {go: {title: GO, text: "{{ facts.signoffs }}"}}.`,
    ),
  quiet: z
    .array(quiet)
    .max(20)
    .default([])
    .describe(
      'Quiet hours, in which channels get nothing that can wait until their end: GOs, status, soak updates, e-mails. What is urgent never waits: pages, holds, incidents, ways back, what asks somebody to act. Example: [{to: [customers], hours: 22:00-07:00}].',
    ),
  dedup: duration()
    .optional()
    .describe(
      `Time in which a channel does not get the same words twice in a row; urgent messages it gets all the same. 0s: it gets everything. Default: ${DEDUP}. Example: 3h.`,
    ),
});
