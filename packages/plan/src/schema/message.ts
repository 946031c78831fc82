import { z } from 'zod';
import { name, text, title } from './words.ts';

export const recipients = () =>
  z
    .array(name())
    .min(1)
    .max(50)
    .describe('Channels that get the message, by the names under "channels". Example: [team].');

/** The moments of a launch that can be told by themselves. */
export const MOMENTS = [
  'started',
  'held',
  'turning-back',
  'rolled-back',
  'rollback-incomplete',
  'scrubbed',
  'completed',
] as const;

export const announcement = z.strictObject({
  on: z.enum(MOMENTS).describe('The moment of the launch that sends it. Example: rolled-back.'),
  to: recipients(),
  title: title().describe('Title of the message, a template. Example: {{ artifact.name }} is rolled back.'),
  text: text().describe(
    'The message, a template. Example: The old version {{ facts.previousVersion }} serves everyone.',
  ),
});
