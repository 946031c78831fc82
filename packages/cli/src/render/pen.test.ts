import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { screen } from '../testing/sample-launch.ts';
import { cellsOf, Pen } from './pen.ts';
import type { Screen } from './screen.ts';

const pen = (changes: Partial<Screen> = {}): Pen => new Pen(screen(changes));

describe('a text beside a lead', () => {
  test.each<[string, number, string, string, string[]]>([
    ['on one line', 20, 'lead  ', 'a b c', ['lead  a b c']],
    [
      'with its further lines under the first',
      20,
      'lead  ',
      'aaaa bbbb cccc dddd',
      ['lead  aaaa bbbb cccc', '      dddd'],
    ],
    ['that leaves just enough room', 20, 'ten sign  ', 'aaaa bbbb cccc', ['ten sign  aaaa bbbb', '          cccc']],
    ['that leaves too little: both as one text', 20, 'eleven sig ', 'aaaa bbbb cccc', ['eleven sig aaaa bbbb', 'cccc']],
    [
      'that is wider than the screen',
      20,
      `  ${'x'.repeat(30)} `,
      'a',
      [`  ${'x'.repeat(18)}`, `  ${'x'.repeat(12)} a`],
    ],
    ['that says nothing', 20, '', '', ['']],
  ])('%s', (_, width, lead, text, lines) => {
    expect(pen({ width }).hang(lead, text)).toEqual(lines);
  });

  test('keeps the colours of the lead only where it stands apart', () => {
    const painted = pen({ color: true, width: 20 });
    const lead = painted.paint('red', 'lead of one');
    expect(painted.hang(`${lead} `, 'a b')).toEqual(['lead of one a b']);
    expect(painted.hang(`${painted.paint('red', 'lead')} `, 'a b')).toEqual(['\u001B[31mlead\u001B[39m a b']);
  });
});

test.each<[string, number, string, string, string[]]>([
  ['on two lines where they would touch', 10, 'left', 'right', ['left', 'right']],
  ['on one line with room', 11, 'left', 'right', ['left  right']],
  ['on more where they do not fit', 5, 'left side', 'right', ['left', 'side', 'right']],
])('two texts at the ends of a line: %s', (_, width, left, right, lines) => {
  expect(pen({ width }).ends(left, right, null)).toEqual(lines);
});

test.each<[string, readonly string[], string]>([
  ['all of them', ['a', 'b', 'c'], 'a · b · c'],
  ['those that say something', ['', 'a', '', 'b', ''], 'a · b'],
  ['none', ['', ''], ''],
])('parts are joined: %s', (_, parts, joined) => {
  expect(pen().join(...parts)).toBe(joined);
});

describe('a clean text', () => {
  test.each([
    ['is one line', 'a\nb', true, 'a b'],
    ['is safe', 'a\u001B[31mb', true, 'ab'],
    ['is ASCII where the terminal knows no more', 'à → b', false, 'a -> b'],
  ])('%s', (_, text, unicode, expected) => {
    expect(pen({ unicode }).clean(text)).toBe(expected);
  });

  test.each([true, false])('is not endless, unicode %s', (unicode) => {
    const text = pen({ unicode }).clean('日'.repeat(1_000));
    expect(stringWidth(text)).toBeLessThanOrEqual(402);
    expect(text).toMatch(unicode ? /日…$/ : /\?\.\.\.$/);
  });
});

describe('the cells of a bar', () => {
  test.each<[string, readonly number[], number, readonly number[]]>([
    ['by share', [25, 75], 20, [5, 15]],
    ['one at least for what is seen', [0.1, 99.9], 20, [1, 19]],
    ['one at least on the other side', [99.9, 0.1], 20, [19, 1]],
    ['none for nothing', [0, 100], 20, [0, 20]],
    ['three', [1, 1, 98], 10, [1, 1, 8]],
    ['without shares', [], 8, [0, 8]],
    ['without a sum', [0, 0], 8, [0, 8]],
    ['shares that do not add up to 100', [1, 3], 8, [2, 6]],
  ])('%s', (_, shares, width, cells) => {
    expect(cellsOf(shares, width)).toEqual(cells);
  });
});
