import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ICS_LIMITS, readIcs } from './read-ics.ts';

/** CI makes 10,000. */
const RUNS = Number(process.env['SLIPWAY_FUZZ_RUNS'] ?? 1_000);
const SEED = Number(process.env['SLIPWAY_FUZZ_SEED'] ?? 20_261_124);
const FROM = Date.parse('2026-11-01T00:00Z');
const PARIS = { zone: 'Europe/Paris', from: FROM };

const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');

/** `from to because` in UTC; or why not. */
function read(text: string, context = PARIS): readonly string[] | string {
  const result = readIcs(text, context);
  if (!result.ok) return result.reason;
  const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
  return result.freezes.map(({ from, to, because }) => `${iso(from)} ${iso(to)} ${because}`);
}

describe('busy times', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'in UTC',
      ['DTSTART:20261218T170000Z', 'DTEND:20270104T070000Z', 'SUMMARY:Christmas trade'],
      ['2026-12-18T17:00 2027-01-04T07:00 Christmas trade'],
    ],
    [
      'in a zone',
      ['DTSTART;TZID=America/New_York:20261218T120000', 'DURATION:PT2H'],
      ['2026-12-18T17:00 2026-12-18T19:00 busy'],
    ],
    [
      'without a zone: that of the plan',
      ['DTSTART:20261218T120000', 'DTEND:20261218T130000'],
      ['2026-12-18T11:00 2026-12-18T12:00 busy'],
    ],
    [
      'whole days',
      ['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'],
      ['2026-12-23T23:00 2026-12-26T23:00 busy'],
    ],
    ['one whole day', ['DTSTART;VALUE=DATE:20261224'], ['2026-12-23T23:00 2026-12-24T23:00 busy']],
    [
      'what comes back, by the wall clock over the change of the clocks',
      ['DTSTART;TZID=Europe/Paris:20270326T120000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'],
      [
        '2027-03-26T11:00 2027-03-26T12:00 busy',
        '2027-03-27T11:00 2027-03-27T12:00 busy',
        '2027-03-28T10:00 2027-03-28T11:00 busy',
      ],
    ],
    [
      'what comes back until a day, but for one',
      [
        'DTSTART:20261102T100000Z',
        'DURATION:PT1H',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261111',
        'EXDATE:20261104T100000Z',
      ],
      [
        '2026-11-02T10:00 2026-11-02T11:00 busy',
        '2026-11-09T10:00 2026-11-09T11:00 busy',
        '2026-11-11T10:00 2026-11-11T11:00 busy',
      ],
    ],
    [
      'an extra date',
      ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'RDATE:20261103T100000Z'],
      ['2026-11-02T10:00 2026-11-02T11:00 busy', '2026-11-03T10:00 2026-11-03T11:00 busy'],
    ],
    ['cancelled ones are none', ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'], []],
    ['those that take up no time are none', ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'], []],
    ['what is over', ['DTSTART:20261001T100000Z', 'DURATION:PT1H'], []],
    [
      'a title is one line',
      ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'SUMMARY:a\\nb\\, c'],
      ['2026-11-02T10:00 2026-11-02T11:00 a b, c'],
    ],
  ])('%s', (_, lines, freezes) => {
    expect(read(calendar(event(...lines)))).toEqual(freezes);
  });

  test('free-busy times', () => {
    const lines = [
      'BEGIN:VFREEBUSY',
      'FREEBUSY;FBTYPE=BUSY:20261102T100000Z/PT2H',
      'FREEBUSY;FBTYPE=FREE:20261103T100000Z/PT2H',
      'END:VFREEBUSY',
    ];
    expect(read(calendar(...lines))).toEqual(['2026-11-02T10:00 2026-11-02T12:00 busy']);
  });

  test('what comes back is followed for a year from years before', () => {
    const freezes = read(calendar(event('DTSTART:20150105T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY')));
    expect(freezes).toHaveLength(53);
  });
});

const WEEKLY = event('DTSTART:20261102T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY');

describe('what is refused, for what it closes would be open', () => {
  test.each<[string, string, RegExp]>([
    ['no calendar', 'hello', /not iCalendar/],
    ['nothing', '', /calendar/],
    ['an event without a beginning', calendar(event('SUMMARY:x')), /without a beginning/],
    [
      'a zone of another program',
      calendar(event('DTSTART;TZID=Romance Standard Time:20261218T120000')),
      /export it in UTC/,
    ],
    ['a time that cannot be', calendar(event('DTSTART:99991332T990000Z', 'DURATION:PT1H')), /time/],
    ['every second', calendar(event('DTSTART:20261102T100000Z', 'RRULE:FREQ=SECONDLY')), /not understood/],
    [
      'a rule that never comes true',
      calendar(event('DTSTART:20261102T100000Z', 'RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2')),
      /not understood/,
    ],
    ['a huge step', calendar(event('DTSTART:20261102T100000Z', 'RRULE:FREQ=DAILY;INTERVAL=999999999')), /every/],
    ['more than 1 MB', 'x'.repeat(ICS_LIMITS.bytes + 1), /1 MB/],
    [
      'more than 5,000 events',
      calendar(...Array.from({ length: ICS_LIMITS.events + 1 }, () => event('DTSTART:20261102T100000Z'))),
      /5,000/,
    ],
    ['too many occurrences', calendar(...Array.from({ length: 40 }, () => WEEKLY)), /10,000/],
    [
      'many rules that never come true',
      calendar(
        ...Array.from({ length: 1_200 }, () =>
          event('DTSTART:20260230T100000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
        ),
      ),
      /./,
    ],
  ])('%s', (_, text, reason) => {
    expect(read(text)).toMatch(reason);
  });
});

const pieces = fc.constantFrom(
  'BEGIN:VCALENDAR',
  'END:VCALENDAR',
  'BEGIN:VEVENT',
  'END:VEVENT',
  'BEGIN:VTIMEZONE',
  'BEGIN:STANDARD',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VFREEBUSY',
  'END:VFREEBUSY',
  'DTSTART:20261102T100000Z',
  'DTSTART;VALUE=DATE:20261102',
  'DTSTART;TZID=Europe/Paris:20261102T100000',
  'DTEND:20261102T110000Z',
  'DURATION:PT1H',
  'DURATION:-P1D',
  'DURATION:P9999999999W',
  'SUMMARY:x',
  'EXDATE:20261102',
  'RDATE;VALUE=PERIOD:20261102T100000Z/PT1H',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'RRULE:FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1',
  'RRULE:FREQ=MONTHLY;BYMONTHDAY=-31;INTERVAL=12',
  'RRULE:FREQ=WEEKLY;BYDAY=5MO',
  'RRULE:FREQ=DAILY;INTERVAL=0',
  'RRULE:FREQ=DAILY;COUNT=0',
  'RRULE:FREQ=DAILY;UNTIL=19700101',
  'RRULE:FREQ=HOURLY;BYHOUR=25',
  'RRULE:',
  'RRULE:FREQ',
  'FREEBUSY:x/y',
  'FREEBUSY:20261102T100000Z/20261101T100000Z',
  ' folded',
  ':',
  ';',
  'X;Y',
  'TRANSP:OPAQUE',
);
const rules = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'MINUTELY', 'X'),
    interval: fc.integer({ min: -1, max: 2_000 }),
    part: fc.constantFrom(
      '',
      ';BYDAY=MO',
      ';BYDAY=-5SU,1MO',
      ';BYMONTHDAY=31',
      ';BYMONTHDAY=-31,30',
      ';BYMONTH=2;BYMONTHDAY=29',
      ';BYMONTH=2;BYDAY=5MO',
      ';BYSETPOS=9',
      ';BYYEARDAY=366',
      ';BYDAY=6MO',
      ';BYMONTH=13',
      ';WKST=SU',
    ),
    end: fc.constantFrom('', ';COUNT=3', ';COUNT=-1', ';UNTIL=20270101T000000Z', ';UNTIL=20270101', ';UNTIL=x'),
    start: fc.constantFrom(
      '20261102T100000Z',
      '19700101T000000Z',
      '00010101T000000Z',
      '20240229T100000Z',
      '20261131T250000Z',
    ),
  })
  .map(({ freq, interval, part, end, start }) =>
    calendar(event(`DTSTART:${start}`, 'DURATION:PT1H', `RRULE:FREQ=${freq};INTERVAL=${interval}${part}${end}`)),
  );
const broken = fc.array(pieces, { maxLength: 14 }).map((lines) => lines.join('\r\n'));
const wrapped = fc
  .array(pieces, { maxLength: 8 })
  .map((lines) => calendar(event('DTSTART:20261102T100000Z', ...lines)));

describe('whatever is in it', () => {
  test('it is read or refused, and comes to an end', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(broken, wrapped, rules, fc.string({ maxLength: 200 })), (text) => {
        const result = readIcs(text, PARIS);
        expect(result.ok ? 'read' : result.reason).not.toBe('');
        expect(result.ok && result.freezes.some(({ from, to }) => !(from < to))).toBe(false);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
