import { z } from 'zod';
import { duration, name } from './words.ts';

const deed = z.union([
  z.enum(['rollback', 'hold', 'page']),
  z.strictObject({ 'flag-off': name().describe('The flag that is switched off for everybody. Example: one-click.') }),
  z.strictObject({
    ticket: name().describe('The channel that is told, by its name under "channels". Example: tickets.'),
  }),
]);

const trigger = z.strictObject({
  when: z
    .string()
    .min(1)
    .describe('The condition (CEL) that pulls it: true where something is wrong. Example: "errors.new > 0.05".'),
  do: deed.describe(
    'What it does: roll back at once, hold the launch, hold and page the people on call, switch a flag off, or send a ticket to a channel. Example: {flag-off: one-click}.',
  ),
  for: duration()
    .default('0s')
    .describe('Time for which it must have been true at every look that could tell. Default: 0s. Example: 30s.'),
});

/** What is done as soon as something is so. */
export const triggers = () => z.array(trigger).min(1).max(20);
