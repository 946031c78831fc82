import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar, DailySpan, Weekday } from '../model/calendar.ts';
import { allowedAt, nextOpening } from './allowed-at.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const ALL: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const span = (days: DailySpan['days'], from: string, to: string): DailySpan => ({ days, from: at(from), to: at(to) });
function at(clock: string): number {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function calendarOf(own: Partial<Calendar> = {}): Calendar {
  return {
    zone: 'Europe/Paris',
    urgency: 'normal',
    windows: [],
    never: [],
    holidays: [],
    freezes: [],
    maintenance: [],
    officeHours: span([1, 2, 3, 4, 5], '09:00', '18:00'),
    onFreeze: 'ask',
    override: null,
    ...own,
  };
}

const TUE_TO_THU = calendarOf({
  windows: [span([2, 3, 4], '10:00', '16:00')],
  never: [{ kind: 'days', span: span([5], '12:00', '24:00') }],
  holidays: ['FR'],
});

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());
const kinds = (calendar: Calendar, time: string): readonly string[] => {
  const opening = allowedAt(calendar, Date.parse(time));
  return opening.allowed ? [] : opening.why.map(({ kind }) => kind);
};

describe('what is allowed', () => {
  // 2026-11-24 is a Tuesday; Paris is an hour ahead of UTC.
  test.each<[string, Calendar, string, readonly string[], string | null]>([
    ['inside a window', TUE_TO_THU, '2026-11-24T09:00Z', [], '2026-11-24T15:00:00.000Z'],
    ['before it opens', TUE_TO_THU, '2026-11-24T08:59Z', ['window'], '2026-11-24T09:00:00.000Z'],
    ['the end is not in it', TUE_TO_THU, '2026-11-24T15:00Z', ['window'], '2026-11-25T09:00:00.000Z'],
    ['over the weekend to Tuesday', TUE_TO_THU, '2026-11-27T12:00Z', ['window', 'never'], '2026-12-01T09:00:00.000Z'],
    // Wednesday, 11 November: the armistice.
    ['a public holiday', TUE_TO_THU, '2026-11-11T10:00Z', ['holiday'], '2026-11-12T09:00:00.000Z'],
    ['no calendar to speak of', calendarOf(), '2026-11-28T23:00Z', [], null],
    [
      'the weekend',
      calendarOf({ never: [{ kind: 'weekend', span: span([6, 7], '00:00', '24:00') }] }),
      '2026-11-28T00:00Z',
      ['never'],
      '2026-11-29T23:00:00.000Z',
    ],
    [
      'the eve of a holiday',
      calendarOf({ holidays: ['FR'], never: [{ kind: 'eve-of-holiday', span: span(null, '12:00', '24:00') }] }),
      '2026-12-24T11:00Z',
      ['never'],
      '2026-12-25T23:00:00.000Z',
    ],
    [
      'a window past midnight, on the day after',
      calendarOf({ windows: [span([2], '22:00', '02:00')] }),
      '2026-11-25T00:30Z',
      [],
      '2026-11-25T01:00:00.000Z',
    ],
    [
      'a holiday of a region',
      calendarOf({ holidays: ['DE-BY'], zone: 'Europe/Berlin' }),
      '2026-01-06T10:00Z',
      ['holiday'],
      '2026-01-06T23:00:00.000Z',
    ],
    [
      'days that never come together',
      calendarOf({
        windows: [span([6], '10:00', '11:00')],
        never: [{ kind: 'weekend', span: span([6, 7], '00:00', '24:00') }],
      }),
      '2026-11-24T10:00Z',
      ['window'],
      null,
    ],
    [
      'a freeze, whatever the windows say',
      calendarOf({
        freezes: [{ from: Date.parse('2026-11-24T09:30Z'), to: Date.parse('2026-11-24T10:00Z'), because: 'fair' }],
      }),
      '2026-11-24T09:30Z',
      ['freeze'],
      '2026-11-24T10:00:00.000Z',
    ],
    [
      'announced maintenance, whatever the windows say',
      { ...TUE_TO_THU, maintenance: [{ from: Date.parse('2026-11-28T21:00Z'), to: Date.parse('2026-11-29T01:00Z') }] },
      '2026-11-28T22:00Z',
      [],
      '2026-11-29T01:00:00.000Z',
    ],
    ['a hotfix of the first class', { ...TUE_TO_THU, urgency: 'hotfix-p1' }, '2026-11-28T03:00Z', [], null],
    [
      'one of the second in office hours',
      { ...TUE_TO_THU, urgency: 'hotfix-p2' },
      '2026-11-27T14:00Z',
      [],
      '2026-11-27T17:00:00.000Z',
    ],
    [
      'one of the second after them',
      { ...TUE_TO_THU, urgency: 'hotfix-p2' },
      '2026-11-27T17:00Z',
      ['office-hours'],
      '2026-11-30T08:00:00.000Z',
    ],
    [
      'one of the second on a holiday',
      { ...TUE_TO_THU, urgency: 'hotfix-p2' },
      '2026-11-11T10:00Z',
      ['holiday'],
      '2026-11-12T08:00:00.000Z',
    ],
  ])('%s', (_, calendar, time, why, change) => {
    const opening = allowedAt(calendar, Date.parse(time));
    expect(kinds(calendar, time)).toEqual(why);
    expect(iso(opening.allowed ? opening.until : opening.next)).toBe(change);
  });

  test('a freeze stops a hotfix of the second class, and not one of the first', () => {
    const freezes = [{ from: 0, to: 10 * DAY, because: 'fair' }];
    const office = 4 * DAY + 10 * 60 * MINUTE;
    expect(allowedAt(calendarOf({ freezes, urgency: 'hotfix-p2' }), office)).toMatchObject({
      allowed: false,
      freeze: freezes[0],
    });
    expect(allowedAt(calendarOf({ freezes, urgency: 'hotfix-p1' }), office).allowed).toBe(true);
  });

  test('says which freeze began last, and when the next one begins', () => {
    const freezes = [
      { from: 0, to: 1_000, because: 'one' },
      { from: 500, to: 2_000, because: 'two' },
      { from: 5_000, to: 6_000, because: 'three' },
    ];
    expect(allowedAt(calendarOf({ freezes }), 700)).toMatchObject({
      next: 2_000,
      freezeAt: 5_000,
      freeze: { because: 'two' },
      why: [{ kind: 'freeze' }, { kind: 'freeze' }],
    });
  });

  test('says why in English and French', () => {
    const opening = allowedAt(TUE_TO_THU, Date.parse('2026-11-27T12:00Z'));
    expect(opening.allowed ? [] : opening.why.map(({ reasons }) => reasons)).toEqual([
      { en: 'outside the windows (Tue, Wed, Thu 10:00-16:00)', fr: 'hors des fenêtres (mar., mer., jeu. 10:00-16:00)' },
      { en: 'never Fri 12:00-24:00', fr: 'jamais ven. 12:00-24:00' },
    ]);
  });

  test('the next opening is now where it is open', () => {
    const open = Date.parse('2026-11-24T09:30Z');
    expect(nextOpening(TUE_TO_THU, open)).toBe(open);
    expect(iso(nextOpening(TUE_TO_THU, open + 8 * 60 * MINUTE))).toBe('2026-11-25T09:00:00.000Z');
  });
});

/** The wall clock by Intl: nothing of it is ours. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();
const NAMES: Readonly<Record<string, number>> = { Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 };

function shown(zone: string, instant: number): { readonly weekday: number; readonly minute: number } {
  const known = CLOCKS.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  CLOCKS.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { weekday: NAMES[parts['weekday'] ?? ''] ?? 0, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}

function isOpenByHand({ zone, windows, never, freezes }: Calendar, instant: number): boolean {
  const { weekday, minute } = shown(zone, instant);
  const on = ({ days, from, to }: DailySpan): boolean => {
    const has = (day: number): boolean => (days ?? ALL).some((each) => each === day);
    if (from < to) return has(weekday) && minute >= from && minute < to;
    return (has(weekday) && minute >= from) || (has(((weekday + 5) % 7) + 1) && minute < to);
  };
  if (freezes.some(({ from, to }) => from <= instant && instant < to)) return false;
  return (windows.length === 0 || windows.some(on)) && !never.some((time) => on(time.span));
}

/** Days around which clocks are set, or not. */
const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  'Europe/Paris': ['2026-03-28', '2026-10-24', '2026-12-30'],
  'America/New_York': ['2026-03-07', '2026-10-31', '2026-07-03'],
  'Australia/Lord_Howe': ['2026-04-03', '2026-10-02', '2026-06-30'],
  'Asia/Kathmandu': ['2026-05-20', '2026-12-31'],
  'Africa/Cairo': ['2026-04-23', '2026-10-29'],
  UTC: ['2026-02-27', '2026-12-31'],
};

const spans = fc
  .record({
    days: fc.option(fc.subarray([...ALL], { minLength: 1 }), { nil: null }),
    from: fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.constantFrom(0, 90, 120, 150, 180)),
    to: fc.oneof(fc.integer({ min: 1, max: 1_440 }), fc.constantFrom(60, 120, 150, 180, 1_440)),
  })
  .filter(({ from, to }) => from !== to);

const places = fc
  .constantFrom(...Object.keys(MOMENTS))
  .chain((zone) => fc.tuple(fc.constant(zone), fc.constantFrom(...(MOMENTS[zone] ?? []))));

const calendars = fc
  .record({
    place: places,
    windows: fc.array(spans, { maxLength: 3 }),
    never: fc.array(spans, { maxLength: 2 }),
    freeze: fc.option(fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 900 })), { nil: null }),
    offset: fc.integer({ min: 0, max: 2_000 }),
  })
  .map(({ place: [zone, date], windows, never, freeze, offset }) => {
    const start = Date.parse(`${date}T00:00Z`);
    const calendar = calendarOf({
      zone,
      windows,
      never: never.map((one) => ({ kind: 'days' as const, span: one })),
      freezes:
        freeze === null
          ? []
          : [{ from: start + freeze[0] * MINUTE, to: start + (freeze[0] + freeze[1]) * MINUTE, because: 'x' }],
    });
    return { calendar, instant: start + offset * MINUTE };
  });

/** Two days, minute by minute; null: nothing changes in them. */
function changeByHand(calendar: Calendar, instant: number): number | null {
  const now = isOpenByHand(calendar, instant);
  for (let ahead = 1; ahead <= 2 * 1_440; ahead += 1)
    if (isOpenByHand(calendar, instant + ahead * MINUTE) !== now) return instant + ahead * MINUTE;
  return null;
}

test('a day whose midnight the clocks skip begins all the same', () => {
  // Cairo, 24 April 2026: 00:00 is 01:00.
  const never = [{ kind: 'days', span: span(null, '00:00', '01:01') }] as const;
  const opening = allowedAt(calendarOf({ zone: 'Africa/Cairo', never }), Date.parse('2026-04-23T10:00Z'));
  expect(opening).toMatchObject({ allowed: true, until: Date.parse('2026-04-23T22:00Z') });
});

describe('against a walk from minute to minute', () => {
  test('it is open and closed at the same times, over every change of the clocks', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(calendars, ({ calendar, instant }) => {
        const opening = allowedAt(calendar, instant);
        expect(opening.allowed).toBe(isOpenByHand(calendar, instant));
        const change = opening.allowed ? opening.until : opening.next;
        const byHand = changeByHand(calendar, instant);
        const isFarAway = change === null || change > instant + 2 * DAY;
        expect(iso(byHand === null && isFarAway ? null : change)).toBe(iso(byHand));
      }),
      { numRuns: 150 },
    );
  });
});

describe('what it remembers', () => {
  test('is the same as asked anew', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 5 }),
        ({ calendar, instant }, steps) => {
          for (const step of steps) {
            const then = instant + step * MINUTE;
            expect(allowedAt(calendar, then)).toEqual(allowedAt({ ...calendar }, then));
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
