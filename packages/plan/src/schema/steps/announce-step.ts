import { z } from 'zod';
import { commonKeys } from '../common.ts';
import { recipients } from '../message.ts';
import { name, text, title } from '../words.ts';

export const announceStep = z.strictObject({
  announce: title().describe('Title of the message, a template. Example: Shop {{ artifact.version }} is live.'),
  about: name()
    .optional()
    .describe('The environment it speaks of: it leaves only once that one is verified. Example: production.'),
  to: recipients(),
  text: text().describe('The message, a template. Example: Version {{ artifact.version }} serves everyone.'),
  ...commonKeys(),
});
