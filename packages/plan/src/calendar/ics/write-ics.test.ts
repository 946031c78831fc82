import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planOf, withSteps } from '../../testing/problems.ts';
import { readIcs } from './read-ics.ts';
import { writeIcs } from './write-ics.ts';

const NOW = Date.parse('2026-11-23T09:00Z');
const TASK = '- task: Macros\n  owner: rm\n  due: T-30m\n  track: support';
const HEAD = `title: "Été; 2, fin"
zone: Europe/Paris
t0: 2026-11-24T10:00
tracks: { support: { owner: rm } }
calendar: { windows: [{ days: [tue, wed], from: "10:00", to: "16:00" }], never: [{ weekend: true }], freezes: [{ from: 2026-11-25T12:00, to: 2026-12-24T08:00, because: Sales }], maintenance: [{ from: 2026-12-26T22:00, to: 2026-12-26T23:00 }] }
`;

const lines = (ics: string, name: string): readonly string[] =>
  ics.split('\r\n').flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1)] : []));

test('T-0, what is due, windows without what is taken out of them, maintenance and freezes', () => {
  const ics = writeIcs(planOf(HEAD + withSteps(TASK)), NOW);
  const found = lines(ics, 'SUMMARY').map(
    (title, index) => `${lines(ics, 'DTSTART')[index]} ${lines(ics, 'DTEND')[index]} ${title}`,
  );
  expect(found.slice(0, 6)).toEqual([
    '20261124T090000Z 20261124T093000Z T-0: Été\\; 2\\, fin',
    '20261124T080000Z 20261124T083000Z T-30m due: Macros (support\\, rm)',
    '20261125T110000Z 20261224T070000Z Sales',
    '20261226T210000Z 20261226T220000Z Maintenance',
    '20261124T090000Z 20261124T150000Z Production window',
    '20261125T090000Z 20261125T110000Z Production window',
  ]);
  expect(new Set(lines(ics, 'UID')).size).toBe(found.length);
});

test('a plan without T-0 and calendar has nothing to tell', () => {
  expect(lines(writeIcs(planOf(withSteps('- deploy: staging')), NOW), 'SUMMARY')).toEqual([]);
});

test('freezes that are read back are the same, and nothing else takes up time', () => {
  const plan = planOf(HEAD + withSteps(TASK));
  const spans = fc.tuple(
    fc.integer({ min: 1, max: 300_000 }),
    fc.integer({ min: 1, max: 10_000 }),
    fc.string({ maxLength: 60 }),
  );
  fc.assert(
    fc.property(fc.array(spans, { maxLength: 5 }), (written) => {
      const freezes = written.map(([start, length, because]) => {
        const from = NOW + start * 60_000;
        return { from, to: from + length * 60_000, because };
      });
      if (plan.calendar === undefined) throw new Error('there is a calendar');
      const ics = writeIcs({ ...plan, calendar: { ...plan.calendar, windows: [], never: [], freezes } }, NOW);
      const read = readIcs(ics, { zone: 'UTC', from: NOW });
      expect(read.ok && read.freezes.map(({ from, to }) => ({ from, to }))).toEqual(
        freezes.map(({ from, to }) => ({ from, to })),
      );
    }),
    { numRuns: 25 },
  );
});
