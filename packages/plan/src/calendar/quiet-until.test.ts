import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DailySpan, Weekday } from '../model/calendar.ts';
import type { QuietHours } from '../model/messages.ts';
import { endOf, quietUntil } from './quiet-until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const spanOf = (hours: string, days: readonly Weekday[] | null = null): DailySpan => {
  const [from = 0, to = 0] = hours.split('-').map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  return { days, from, to };
};
const quiet = (zone: string, hours: string, days: readonly Weekday[] | null = null): QuietHours => ({
  channels: ['team'],
  zone,
  span: spanOf(hours, days),
});
const endAfter = (hours: readonly QuietHours[], at: string): string | undefined => {
  const end = quietUntil(hours, Date.parse(at))['team'];
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe('the end of quiet hours', () => {
  const NIGHT = quiet('Europe/Paris', '22:00-07:00');
  test.each([
    ['before them', [NIGHT], '2026-11-24T20:59:59Z', undefined],
    ['when they begin', [NIGHT], '2026-11-24T21:00:00Z', '2026-11-25T06:00:00.000Z'],
    ['after midnight', [NIGHT], '2026-11-25T03:00:00Z', '2026-11-25T06:00:00.000Z'],
    ['when they end', [NIGHT], '2026-11-25T06:00:00Z', undefined],
    ['in the night in which clocks are set forward', [NIGHT], '2026-03-28T21:30:00Z', '2026-03-29T05:00:00.000Z'],
    ['in the night in which clocks are set back', [NIGHT], '2026-10-24T20:30:00Z', '2026-10-25T06:00:00.000Z'],
    [
      'whose end clocks skip',
      [quiet('Europe/Paris', '22:00-02:30')],
      '2026-03-29T00:00:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    ['at the weekend', [quiet('UTC', '00:00-24:00', [6, 7])], '2026-11-28T10:00:00Z', '2026-11-30T00:00:00.000Z'],
    [
      'that others continue, in another zone',
      [NIGHT, quiet('America/New_York', '00:00-09:00')],
      '2026-11-24T23:00:00Z',
      '2026-11-25T14:00:00.000Z',
    ],
    ['of no channel', [], '2026-11-24T23:00:00Z', undefined],
  ])('%s', (_when, hours, at, end) => {
    expect(endAfter(hours, at)).toBe(end);
  });

  test('that never come are none', () => {
    const always = [quiet('UTC', '00:00-12:00'), quiet('UTC', '12:00-24:00')];
    expect([endOf(always, 0), quietUntil(always, 0)]).toEqual([null, {}]);
  });

  test('is that of each channel', () => {
    const at = Date.parse('2026-11-24T23:00:00Z');
    const other = { ...quiet('UTC', '22:00-24:00'), channels: ['mail', 'team'] };
    expect(quietUntil([NIGHT, other], at)).toEqual({ team: at + 7 * HOUR, mail: at + HOUR });
  });
});

/** The wall clock by Intl: nothing of it is ours. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();
const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function isQuietByHand({ zone, span: { days, from, to } }: QuietHours, instant: number): boolean {
  const options = { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = CLOCKS.get(zone) ?? new Intl.DateTimeFormat('en-US', options);
  CLOCKS.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const weekday = WEEK.indexOf(parts['weekday'] ?? '') + 1;
  const minute = Number(parts['hour']) * 60 + Number(parts['minute']);
  const on = (day: number): boolean => days === null || days.some((each) => each === day);
  if (from < to) return on(weekday) && minute >= from && minute < to;
  return (on(weekday) && minute >= from) || (on(((weekday + 5) % 7) + 1) && minute < to);
}

/** Zones with the days around which clocks are set there. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Europe/Paris', '2026-03-28'],
  ['Europe/Paris', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['America/Santiago', '2026-09-05'],
  ['Asia/Kolkata', '2026-06-01'],
];

test('around changes of clocks they are and end as Intl says', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const days = fc.option(fc.uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 7 }));
  const hours = fc.tuple(minute, minute, days).filter(([from, to]) => from !== to);
  fc.assert(
    fc.property(fc.constantFrom(...CHANGES), hours, fc.integer({ min: 0, max: 2_880 }), ([zone, day], span, after) => {
      const its: QuietHours = { channels: ['team'], zone, span: { from: span[0], to: span[1], days: span[2] } };
      const at = Date.parse(`${day}T00:00:00Z`) + after * MINUTE;
      const end = quietUntil([its], at)['team'];
      expect(end !== undefined).toBe(isQuietByHand(its, at));
      if (end === undefined) return;
      expect([isQuietByHand(its, end - 1), isQuietByHand(its, end)]).toEqual([true, false]);
      for (let between = at; between < end; between += 15 * MINUTE) expect(isQuietByHand(its, between)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
