import { describe, expect, test } from 'vitest';
import { problemsIn } from '../testing/problems.ts';
import { PLAN_LIMITS } from './limits.ts';

const first = (text: string): string | undefined => problemsIn(text)[0];

describe('malformed YAML is told by line and column', () => {
  test.each([
    ['a tab', 'launch: x\nphases:\n\t- a', '3:1: this line is indented with a tab, expected spaces'],
    [
      'an open bracket',
      'a: [1,\nb: 2',
      '2:1: this line is indented in a way that fits nothing above it, or a bracket is not closed',
    ],
    ['an open quote', 'a: "x', '1:6: a text in quotes is not closed, expected "'],
    [
      'a second colon',
      'a: b: c',
      '1:4: there is a second "key: value" inside this value, put the text in quotes or start a new line',
    ],
    ['no colon', 'a: 1\nfoo\nb: 2', '2:1: this line has no ":", expected "key: value"'],
    [
      'crooked indentation',
      '  a: 1\n b: 2',
      '2:2: this does not fit what stands before it: check the indentation and the quotes',
    ],
    ['a reserved character', 'a: @team', '1:4: a text that begins with @, ` or % must be in quotes'],
    ['two documents', 'a: b\n---\nc: d', '2:1: a second document begins here (---), expected one plan a file'],
    ['a directive', '%FOO\n---\na: 1', '1:1: directives (%NAME) are not part of a plan'],
    [
      'a wrong escape',
      'a: "\\q"',
      '1:5: there is no such escape in double quotes, use single quotes or write \\\\ for a backslash',
    ],
    ['an unknown tag', 'a: !foo 3', '1:4: tags (!name) are not part of a plan'],
    ['a known tag', 'a: !!str 3', '1:10: tags (!name) are not part of a plan'],
    ['a template without quotes', 'a: {{ x }}', '1:5: a key must be a word; put a text that begins with {{ in quotes'],
    [
      'a pattern without quotes',
      'a: *.js',
      '1:4: there is no anchor "&.js" before this alias; put a text that begins with * in quotes',
    ],
    ['not a number', 'a: .nan', '1:4: this number is not finite, expected a number or a text in quotes'],
    [
      'a line behind one that cannot be read',
      ' f: g\na: b,\n f: g\n',
      '3:3: this does not fit what stands before it: check the indentation and the quotes',
    ],
    ['a key twice', 'launch: x\nzone: UTC\nlaunch: y', '3:1: "launch" is given twice, first in line 1'],
    ['a key that is no key', 'a:\n  __proto__: 1', '2:3: "__proto__" cannot be a key'],
  ])('%s', (_, text, problem) => {
    expect(problemsIn(text)).toContain(problem);
  });

  test('one problem a line, and not their echo', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `a${index}: @x @y`).join('\n');
    expect(problemsIn(lines)).toHaveLength(10);
  });
});

describe('a plan that could stall a server is refused', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => {
      const before = 'abcdefgh'[index];
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
    }),
  ].join('\n');

  test.each([
    ['2 MB', 'x'.repeat(2_000_000), '1:1: the plan is 2.0 MB long, expected at most 1 MB'],
    [
      '2 MB of a valid plan',
      `launch: x\n${'# comment\n'.repeat(200_000)}`,
      '1:1: the plan is 2.0 MB long, expected at most 1 MB',
    ],
    ['more than 1 MB in UTF-8', 'é'.repeat(600_000), '1:1: the plan is 1.2 MB long, expected at most 1 MB'],
    ['brackets', `a:\n  ${'['.repeat(5_000)}`, '2:35: brackets are nested too deep, expected at most 32 levels'],
    ['a million brackets', '['.repeat(1_000_000), '1:33: brackets are nested too deep, expected at most 32 levels'],
    ['dashes', '- '.repeat(100), '1:67: maps and lists are nested too deep, expected at most 32 levels'],
    [
      'maps',
      Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      '34:34: maps and lists are nested too deep, expected at most 32 levels',
    ],
    ['an alias bomb', bomb, '5:11: the plan holds too many values, expected at most 20000 with aliases unfolded'],
    ['an alias inside itself', 'a: &a [*a]', '1:8: maps and lists are nested too deep, expected at most 32 levels'],
    [
      'many values',
      `a: [${'1,'.repeat(20_001)}]`,
      '1:40001: the plan holds too many values, expected at most 20000 with aliases unfolded',
    ],
    [
      'many keys',
      Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n'),
      '20000:9: the plan holds too many values, expected at most 20000 with aliases unfolded',
    ],
  ])('%s', (_, text, problem) => {
    expect(first(text)).toBe(problem);
  });

  test('nesting too deep for the parser is one problem', () => {
    expect(problemsIn('- '.repeat(5_000))).toHaveLength(1);
    expect(problemsIn('- '.repeat(5_000))[0]).toContain('nested too deep');
  });

  test('brackets in quotes and comments do not count as nesting', () => {
    expect(first(`launch: "${'['.repeat(100)}" # ${'{'.repeat(100)}`)).not.toContain('nested');
  });

  test('the list of problems ends', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(problemsIn(keys)).toHaveLength(PLAN_LIMITS.problems);
  });
});

test.each([
  ['', 'the plan is empty'],
  ['# nothing', 'the plan is empty'],
  ['- a', 'a plan is a map of keys and values'],
  ['text', 'a plan is a map of keys and values'],
])('%j is no plan', (text, message) => {
  const at = text === '# nothing' ? '1:10' : '1:1';
  expect(problemsIn(text)[0]?.replace(/^\d+:\d+/, at)).toBe(`${at}: ${message}, expected launch, artifact and phases`);
});
