import { duration, secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestHeaders, requestUrl } from '../../http/http-keys.ts';

const calendar = z.union(
  [
    z.strictObject({
      file: z
        .string()
        .min(1)
        .describe("An iCalendar file, relative to the launch plan's folder. Example: calendars/on-call.ics."),
    }),
    z.strictObject({
      url: z
        .union([requestUrl('https://calendar.example/on-call.ics'), secretRef()])
        .describe('Where the calendar is asked for; its address may be a secret. Example: {env: ON_CALL_CALENDAR}.'),
      headers: requestHeaders('CALENDAR_TOKEN'),
    }),
  ],
  { error: 'write { file: calendars/on-call.ics } or { url: https://calendar.example/on-call.ics }' },
);

export const onCallCheckSchema = z
  .strictObject({
    calendar: calendar.describe(
      'The iCalendar that says who is on call: those whom its events invite and who did not decline, else their title. Example: {file: calendars/on-call.ics}.',
    ),
    for: duration({ min: 60_000, max: 31 * 86_400_000 })
      .prefault('1h')
      .describe('For how long from now somebody must be on call, at every minute. Default: 1h. Example: 48h.'),
    title: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Only events whose title contains this count, in upper or lower case. Default: every event. Example: On Call - Shop.',
      ),
    timeout: duration({ min: 1 })
      .prefault('10s')
      .describe('How long the calendar may take to come. Default: 10s. Example: 5s.'),
  })
  .describe('Somebody is on call, by an iCalendar file.');

export type OnCallCheckConfig = z.infer<typeof onCallCheckSchema>;
