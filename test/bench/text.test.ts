import { expect, test } from 'vitest';
import { type Goal, isMet } from '../../bench/report/result.ts';
import { figureText, goalText, tableText } from '../../bench/report/text.ts';

test('a table', () => {
  const rows = [
    { label: 'one', figures: [1234.5, null] },
    { label: 'another', figures: [0.126, 12.34] },
  ];
  expect(tableText({ title: 'Rates', columns: ['a/s', 'ms'], rows, notes: ['A note.'] })).toBe(
    ['Rates', '             a/s    ms', '  one      1,235     -', '  another   0.13  12.3', '  A note.'].join('\n'),
  );
});

test.each([
  [null, '-'],
  [Number.NaN, '-'],
  [0, '0.00'],
  [9.999, '10.00'],
  [12.34, '12.3'],
  [1_234_567, '1,234,567'],
])('%f is written %s', (figure, text) => {
  expect(figureText(figure)).toBe(text);
});

const goal: Goal = { text: 'memory', unit: 'MB', wanted: 'at most', limit: 512, measured: 512 };

test.each([
  [goal, true],
  [{ ...goal, measured: 513 }, false],
  [{ ...goal, wanted: 'at least', measured: 513 }, true],
  [{ ...goal, wanted: 'at least', measured: 511 }, false],
  [{ ...goal, measured: Number.NaN }, false],
] as const)('%j: %s', (given, met) => {
  expect(isMet(given)).toBe(met);
  expect(goalText(given).startsWith(met ? 'met' : 'NOT MET')).toBe(true);
});
