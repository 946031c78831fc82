/** What is said of the calendar of a plan. */
export const calendar = {
  allowed: (at: string, zone: string) => `${at} (${zone}): steps that change production may begin.`,
  closed: (at: string, zone: string) => `${at} (${zone}): steps that change production may NOT begin:`,
  closes: (at: string | null) => (at === null ? 'It does not close within a year.' : `It closes at ${at}.`),
  opens: (at: string | null) => (at === null ? 'It does not open within a year.' : `It opens at ${at}.`),
  toOrBy: 'say either --to a time, or --by a length such as 30m (-30m: earlier)',
  slipped: 'T-0 is moved, and with it what is relative to it.',
  tracks: 'Tracks',
  track: (name: string, owner: string, accountable: string) =>
    `${name}: by ${owner}${accountable === owner ? '' : `, decided by ${accountable}`}`,
  consulted: (roles: string) => `consulted: ${roles}`,
  informed: (roles: string) => `informed: ${roles}`,
};

export const calendarVerbs = {
  calendar: 'when steps that change production may begin',
  'calendar check': 'whether they may at a time, why not, and when next; ends with 3 where they may not',
  'calendar export': 'T-0, due times, windows and freezes as iCalendar',
  slip: 'move T-0, and all that is relative to it, before production has begun',
  'override-window': 'let a step begin in production although the calendar says no',
};

export const calendarOptions = {
  at: "local time in the plan's zone, such as 2026-11-24T10:00 (default: now)",
  urgency: "in place of the urgency of the plan's calendar",
  slipTo: "the new T-0 as local time in the plan's zone, such as 2026-11-24T10:00",
  slipBy: 'how much later T-0 is, such as 30m; -30m is earlier',
};
