import { z } from 'zod';
import { ALERT_SENDERS } from '../model/trigger.ts';
import { duration, name } from './words.ts';

const deed = z.union([
  z.enum(['rollback', 'hold', 'page']),
  z.strictObject({ 'flag-off': name().describe('The flag that is switched off for everybody. Example: one-click.') }),
  z.strictObject({
    ticket: name().describe('The channel that is told, by its name under "channels". Example: tickets.'),
  }),
]);

const hook = z.strictObject({
  from: z
    .enum(ALERT_SENDERS)
    .describe(
      'Who sends the alert: alertmanager, pagerduty, grafana, or standard (anything that signs as Standard Webhooks says). Example: alertmanager.',
    ),
  match: z
    .record(z.string().min(1).max(200), z.string().min(1).max(500))
    .refine((labels) => Object.keys(labels).length > 0 && Object.keys(labels).length <= 20, {
      error: 'expected one to twenty labels, such as {service: shop}',
    })
    .describe('Labels that the alert must have, all of them, letter by letter. Example: {service: shop, env: prod}.'),
});

const trigger = z.strictObject({
  when: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The condition (CEL) that pulls it: true where something is wrong. Either this or "hook". Example: "errors.new > 0.05".',
    ),
  hook: hook
    .optional()
    .describe(
      'The alert that pulls it, once an incident, while the step is under way; one that is resolved pulls nothing. Either this or "when". Example: {from: alertmanager, match: {service: shop}}.',
    ),
  do: deed.describe(
    'What it does: roll back at once, hold the launch, hold and page the people on call, switch a flag off, or send a ticket to a channel. Example: {flag-off: one-click}.',
  ),
  for: duration()
    .default('0s')
    .describe(
      'Time for which the condition must have been true at every look that could tell; an alert knows its own. Default: 0s. Example: 30s.',
    ),
});

/** What is done as soon as something is so. */
export const triggers = () => z.array(trigger).min(1).max(20);
