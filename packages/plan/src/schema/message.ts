import { z } from 'zod';
import { duration, name, text, title, word } from './words.ts';

export const recipients = () =>
  z
    .array(name())
    .min(1)
    .max(50)
    .describe(
      'Channels and audiences that get the message, by the names under "channels" and "audiences". Example: [team].',
    );

export const templateName = () =>
  name()
    .optional()
    .describe(
      'A message by its name: one of "messages: templates", or a shipped one. Default: the text that is given. Example: rolled-back.',
    );

const MENTION = /^@?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

export const mention = () =>
  z
    .array(word(MENTION, 'a name such as "@florian" or devops'))
    .min(1)
    .max(10)
    .optional()
    .describe(
      'People and groups who are called: as a mention where the channel knows them ("people" of its settings), as the name elsewhere. Default: nobody. Example: ["@florian", "@devops"].',
    );

export const urgent = () =>
  z
    .boolean()
    .optional()
    .describe(
      'Whether it leaves in quiet hours, too, and is said again although the same was said before. Default: what the moment or the template is: holds, incidents and ways back are. Example: true.',
    );

/** The moments of a launch that can be told by themselves. */
export const MOMENTS = [
  'started',
  'soaking',
  'review-overdue',
  'held',
  'resumed',
  'turning-back',
  'rolled-back',
  'rollback-incomplete',
  'scrubbed',
  'completed',
  't0-moved',
] as const;

/** Moments that last: until the launch ends, the soak is over, it goes on, it is back. */
export const LASTING: readonly (typeof MOMENTS)[number][] = ['started', 'soaking', 'held', 'turning-back'];

export const announcement = z.strictObject({
  on: z.enum(MOMENTS).describe('The moment of the launch that sends it. Example: rolled-back.'),
  to: recipients(),
  again: duration(60_000)
    .optional()
    .describe(
      `Time after which it is told again, with what is known then, while the moment lasts: of ${LASTING.join(', ')}. Default: it is told once. Example: 30m.`,
    ),
  mention: mention(),
  urgent: urgent(),
  template: templateName(),
  title: title()
    .optional()
    .describe(
      'Title of the message, a template; with "template" that one\'s. Example: {{ artifact.name }} is rolled back.',
    ),
  text: text()
    .optional()
    .describe(
      'The message, a template; either this or "template". Example: The old version {{ facts.previousVersion }} serves everyone.',
    ),
});
