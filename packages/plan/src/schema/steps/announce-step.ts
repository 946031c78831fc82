import { z } from 'zod';
import { commonKeys } from '../common.ts';
import { mention, recipients, templateName, urgent } from '../message.ts';
import { name, text, title } from '../words.ts';

export const announceStep = z.strictObject({
  announce: title().describe(
    'Title of the message, a template; with "template" the name of the step. Example: Shop {{ artifact.version }} is live.',
  ),
  about: name()
    .optional()
    .describe('The environment it speaks of: it leaves only once that one is verified. Example: production.'),
  to: recipients(),
  mention: mention(),
  urgent: urgent(),
  template: templateName(),
  text: text()
    .optional()
    .describe(
      'The message, a template; either this or "template". Example: Version {{ artifact.version }} serves everyone.',
    ),
  ...commonKeys(),
});
