import { z } from 'zod';
import { isHolidayRegion } from '../calendar/holidays.ts';
import { LOCAL_TIME } from '../time/local-time.ts';
import { expectedType, name, title, word } from './words.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const CLOCK = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const clock = () => word(CLOCK, 'a time of the wall clock such as "09:30", up to "24:00"');

const days = () => z.array(z.enum(WEEKDAYS), expectedType('a list of days, such as [tue, wed, thu]')).min(1).max(7);

const LOCAL_WORDS = 'a local date and time without offset, such as 2026-12-18T18:00';
const localTime = () => word(LOCAL_TIME, LOCAL_WORDS);

const WHOLE = 'expected an end that is not the beginning; a whole day is from "00:00" to "24:00"';
const hasLength = ({ from = '00:00', to = '24:00' }: { from?: string | undefined; to?: string | undefined }): boolean =>
  from !== to;

const window = z
  .strictObject({
    days: days().describe('The days on which it begins. Example: [tue, wed, thu].'),
    from: clock().describe('When it opens, by the wall clock of the zone. Example: "10:00".'),
    to: clock().describe('When it closes; no later than "from": on the day after. Example: "16:00".'),
  })
  .refine(hasLength, { error: WHOLE });

const ONE_KIND = 'expected one of days, eve-of-holiday and weekend';

const never = z
  .strictObject({
    days: days().optional().describe('The days on which it begins. Example: [fri].'),
    'eve-of-holiday': z
      .literal(true, expectedType('true'))
      .optional()
      .describe('The day before a public holiday of "holidays". Example: true.'),
    weekend: z.literal(true, expectedType('true')).optional().describe('Saturday and Sunday. Example: true.'),
    from: clock().optional().describe('From when. Default: "00:00". Example: "12:00".'),
    to: clock().optional().describe('Up to when; no later than "from": on the day after. Default: "24:00".'),
  })
  .refine((time) => [time.days, time['eve-of-holiday'], time.weekend].filter((key) => key !== undefined).length === 1, {
    error: ONE_KIND,
  })
  .refine(hasLength, { error: WHOLE });

const freeze = z.strictObject({
  from: localTime().describe('When it begins, as local time in the zone. Example: 2026-12-18T18:00.'),
  to: localTime().describe('When it ends. Example: 2027-01-04T08:00.'),
  because: title().describe('Why, for those who must wait. Example: Christmas trade.'),
});

const maintenance = z.strictObject({
  from: localTime().describe('When it begins, as local time in the zone. Example: 2026-11-28T22:00.'),
  to: localTime().describe('When it ends. Example: 2026-11-29T02:00.'),
});

const region = () =>
  z
    .string(expectedType('a country such as FR, or a region of one such as DE-BY'))
    .refine(isHolidayRegion, { error: 'expected a country such as FR, or a region of one such as DE-BY' });

/** Inside the plan's folder: nothing else is sent to a server. */
const ICS = /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[\w ./-]{1,200}\.ics$/;

const officeHours = z
  .strictObject({
    days: days().default(['mon', 'tue', 'wed', 'thu', 'fri']).describe('Days of work. Example: [mon, tue, wed, thu].'),
    from: clock().default('09:00').describe('When work begins. Default: 09:00. Example: "08:30".'),
    to: clock().default('18:00').describe('When it ends. Default: 18:00. Example: "17:30".'),
  })
  .refine(hasLength, { error: WHOLE });

export const urgency = () =>
  z
    .enum(['normal', 'hotfix-p1', 'hotfix-p2'])
    .describe(
      'normal: everything counts; hotfix-p2: office hours, public holidays and freezes count, windows and never-times do not; hotfix-p1: at any time. slipway start --urgency takes its place. Default: normal. Example: hotfix-p2.',
    );

/** When steps of tier production may begin. */
export const calendar = z.strictObject({
  windows: z
    .array(window)
    .max(50)
    .default([])
    .describe(
      'When steps that change production may begin; without any, at any time. Example: [{days: [tue, wed, thu], from: "10:00", to: "16:00"}].',
    ),
  never: z
    .array(never)
    .max(50)
    .default([])
    .describe(
      'When none may, whatever the windows say. Example: [{days: [fri], from: "12:00"}, {eve-of-holiday: true}, {weekend: true}].',
    ),
  holidays: z
    .array(region())
    .max(20)
    .default([])
    .describe('Countries, or regions of them, on whose public holidays none may begin. Example: [FR, DE-BY].'),
  freezes: z
    .array(freeze)
    .max(200)
    .default([])
    .describe(
      'Times in which none may begin. Example: [{from: 2026-12-18T18:00, to: 2027-01-04T08:00, because: Christmas trade}].',
    ),
  'freeze-files': z
    .array(word(ICS, 'the path of an .ics file inside the folder of the plan, such as calendars/freezes.ics'))
    .max(10)
    .default([])
    .describe(
      'iCalendar files, at most 1 MB each, whose busy times are freezes; what comes back is followed for a year. Example: [calendars/freezes.ics].',
    ),
  maintenance: z
    .array(maintenance)
    .max(100)
    .default([])
    .describe(
      'Announced times in which they may begin, whatever windows, never-times and holidays say; a freeze still counts. Example: [{from: 2026-11-28T22:00, to: 2026-11-29T02:00}].',
    ),
  urgency: urgency().default('normal'),
  'office-hours': officeHours
    .default({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' })
    .describe(
      'When hotfix-p2 may begin; Monday to Friday, 09:00 to 18:00, where nothing is said. Example: {from: "08:30"}.',
    ),
  'on-freeze': z
    .enum(['ask', 'finish'])
    .default('ask')
    .describe(
      'What a freeze does that begins in the middle of a step: hold the launch and ask whether to finish, to stay held or to roll back; or let the step finish. Default: ask. Example: finish.',
    ),
  override: name()
    .optional()
    .describe(
      'The role whose people may say that a step begins all the same: slipway override-window. Default: nobody. Example: release-manager.',
    ),
});
