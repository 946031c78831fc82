import { z } from 'zod';
import { MESSAGE_LANGUAGES } from '../messages/message-template.ts';
import { LINK_NAMES, MESSAGE_TEMPLATES, WORD_NAMES } from '../messages/message-templates.ts';
import { name, text, title } from './words.ts';

const address = () =>
  z.url({ protocol: /^https?$/, error: 'expected an address such as https://status.example' }).max(500);

/** What the team's messages say besides the facts of the launch. */
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
});
