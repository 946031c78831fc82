import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRota } from './read-rota.ts';

const calendar = (...lines: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'].join('\r\n');

const WEEK = {
  zone: 'Europe/Paris',
  from: Date.parse('2026-11-23T00:00Z'),
  to: Date.parse('2026-11-30T00:00Z'),
};

/** `from to who` in UTC; or why not. */
function read(text: string, context = WEEK): readonly string[] | string {
  const result = readRota(text, context);
  if (!result.ok) return result.reason;
  const iso = (at: number): string => new Date(at).toISOString().slice(5, 16);
  return result.shifts.map(({ from, to, who }) => `${iso(from)} ${iso(to)} ${who.join('+')}`);
}

const DAILY = ['DTSTART;TZID=Europe/Paris:20261124T090000', 'DTEND;TZID=Europe/Paris:20261124T170000'];

describe('who is on call', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['by the title', [...DAILY, 'SUMMARY:Ann'], ['11-24T08:00 11-24T16:00 Ann']],
    [
      'by those invited, with their names',
      [
        ...DAILY,
        'SUMMARY:Support',
        'ATTENDEE;CN="Ann Lee":mailto:ann@shop.example',
        'ATTENDEE:mailto:bob@shop.example',
      ],
      ['11-24T08:00 11-24T16:00 Ann Lee+bob@shop.example'],
    ],
    [
      'without those who declined',
      [
        ...DAILY,
        'ATTENDEE;PARTSTAT=DECLINED:mailto:ann@shop.example',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.example',
      ],
      ['11-24T08:00 11-24T16:00 bob@x.example'],
    ],
    [
      'nobody, where all declined',
      [...DAILY, 'SUMMARY:Ann', 'ATTENDEE;PARTSTAT=declined:mailto:ann@shop.example'],
      ['11-24T08:00 11-24T16:00 '],
    ],
    [
      'by no room and no projector',
      [
        ...DAILY,
        'ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED;CN=War room:mailto:room@shop.example',
        'ATTENDEE;CUTYPE=resource:mailto:projector@shop.example',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:ann@shop.example',
      ],
      ['11-24T08:00 11-24T16:00 '],
    ],
    [
      'by the address where the name is empty',
      [...DAILY, 'ATTENDEE;CN=" ":mailto:ann@shop.example', 'ATTENDEE:mailto:'],
      ['11-24T08:00 11-24T16:00 ann@shop.example'],
    ],
    ['nobody, where it says nothing', DAILY, ['11-24T08:00 11-24T16:00 ']],
    [
      'also where the time counts as free',
      [...DAILY, 'SUMMARY:Ann', 'TRANSP:TRANSPARENT'],
      ['11-24T08:00 11-24T16:00 Ann'],
    ],
    ['but not what is cancelled', [...DAILY, 'SUMMARY:Ann', 'STATUS:CANCELLED'], []],
    ['nor in small letters', [...DAILY, 'SUMMARY:Ann', 'STATUS:cancelled'], []],
    [
      'what comes back',
      [...DAILY, 'SUMMARY:Ann', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;TZID=Europe/Paris:20261125T090000'],
      ['11-24T08:00 11-24T16:00 Ann', '11-26T08:00 11-26T16:00 Ann'],
    ],
    [
      'since long ago',
      ['DTSTART:20200113T000000Z', 'DURATION:P7D', 'RRULE:FREQ=WEEKLY;INTERVAL=2', 'SUMMARY:Ann'],
      ['11-23T00:00 11-30T00:00 Ann'],
    ],
    ['whole days', ['DTSTART;VALUE=DATE:20261124', 'SUMMARY:Ann'], ['11-23T23:00 11-24T23:00 Ann']],
    ['nothing that takes no time', ['DTSTART:20261124T090000Z', 'SUMMARY:Ann'], []],
    ['only what touches the time asked for', ['DTSTART:20261120T090000Z', 'DURATION:P1D', 'SUMMARY:Ann'], []],
  ])('%s', (_name, lines, shifts) => {
    expect(read(calendar(event(...lines)))).toEqual(shifts);
  });

  const rule = event(...DAILY, 'SUMMARY:Ann', 'RRULE:FREQ=DAILY;COUNT=3');
  const on25 = 'RECURRENCE-ID;TZID=Europe/Paris:20261125T090000';

  test('a shift that somebody took over is theirs alone', () => {
    const swap = event(on25, 'DTSTART:20261125T080000Z', 'DTEND:20261125T160000Z', 'SUMMARY:Bob');
    const shifts = ['11-24T08:00 11-24T16:00 Ann', '11-25T08:00 11-25T16:00 Bob', '11-26T08:00 11-26T16:00 Ann'];
    expect(read(calendar(rule, swap))).toEqual(shifts);
    expect(read(calendar(swap, rule))).toEqual(shifts);
  });

  test('one that was moved leaves a gap, and one that was called off as well', () => {
    const moved = event(on25, 'DTSTART:20261125T100000Z', 'DTEND:20261125T160000Z', 'SUMMARY:Ann');
    expect(read(calendar(rule, moved))).toContain('11-25T10:00 11-25T16:00 Ann');
    expect(read(calendar(rule, moved))).toHaveLength(3);
    const off = event(on25, 'DTSTART:20261125T080000Z', 'SUMMARY:Ann', 'STATUS:CANCELLED');
    expect(read(calendar(rule, off))).toEqual(['11-24T08:00 11-24T16:00 Ann', '11-26T08:00 11-26T16:00 Ann']);
  });

  test('clocks that are put back: the wall clock counts', () => {
    const autumn = { zone: 'UTC', from: Date.parse('2026-10-24T00:00Z'), to: Date.parse('2026-10-26T12:00Z') };
    const text = calendar(
      event(
        'DTSTART;TZID=Europe/Paris:20261023T090000',
        'DTEND;TZID=Europe/Paris:20261023T170000',
        'RRULE:FREQ=DAILY',
        'SUMMARY:Ann',
      ),
    );
    expect(read(text, autumn)).toEqual([
      '10-24T07:00 10-24T15:00 Ann',
      '10-25T08:00 10-25T16:00 Ann',
      '10-26T08:00 10-26T16:00 Ann',
    ]);
  });

  test.each<[string, string, string]>([
    ['what is none', 'hello', 'it is not iCalendar'],
    ['an unknown zone', calendar(event('DTSTART;TZID=Nowhere:20261124T090000')), 'names the time zone "Nowhere"'],
    [
      'a change of all that follows',
      calendar(rule, event('RECURRENCE-ID;RANGE=THISANDFUTURE:20261125T080000Z', 'DTSTART:20261125T080000Z')),
      'a change of all that follows',
    ],
    [
      'a day that became an hour',
      calendar(rule, event('RECURRENCE-ID;VALUE=DATE:20261125', 'DTSTART:20261125T080000Z')),
      'moved from a day to an hour',
    ],
    ['too many times', calendar(event('DTSTART:19800101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY')), 'too often'],
    ['more than it may be', `${calendar()}${' '.repeat(1_000_000)}`, 'more than 1 MB'],
  ])('refuses %s', (_name, text, reason) => {
    expect(read(text)).toContain(reason);
  });
});

const word = fc.constantFrom(
  'BEGIN:VEVENT',
  'END:VEVENT',
  'UID:1',
  'DTSTART:20261124T090000Z',
  'DTSTART;VALUE=DATE:20261124',
  'DTEND:20261124T100000Z',
  'DURATION:-P1D',
  'RRULE:FREQ=DAILY',
  'RRULE:FREQ=SECONDLY',
  'RECURRENCE-ID:20261124T090000Z',
  'RECURRENCE-ID:never',
  'EXDATE:20261124T090000Z',
  'ATTENDEE:mailto:a@b',
  'ATTENDEE;CN=:x',
  'STATUS:CANCELLED',
);

test('reads or refuses whatever it is given, and never throws', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 30 })), { maxLength: 25 }), (lines) => {
      const result = readRota(calendar(...lines), WEEK);
      if (!result.ok) return;
      for (const { from, to } of result.shifts) {
        expect(from).toBeLessThan(WEEK.to);
        expect(to).toBeGreaterThan(WEEK.from);
      }
    }),
    { numRuns: 2_000 },
  );
});
