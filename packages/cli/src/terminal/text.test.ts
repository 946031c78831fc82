import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { fr } from '../messages/fr.ts';
import { cut, pad, plain, toAscii, wrap } from './text.ts';

const [ESC, BEL, CSI] = ['\u001B', '\u0007', '\u009B'];
const FAMILY = '👨‍👩‍👧';
/** An e and an accent, two code points in one column. */
const E_ACUTE = 'e\u0301';

describe('a text of somebody else becomes one line that cannot steer the terminal', () => {
  test.each([
    ['a colour', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['a screen that is cleared', `a${ESC}[2J${ESC}[Hb`, 'ab'],
    ['a colour in one byte', `${CSI}31mred`, 'red'],
    ['a title of the window', `a${ESC}]0;title${BEL}b`, 'ab'],
    ['a link', `${ESC}]8;;http://x.example${BEL}text${ESC}]8;;${BEL}`, 'text'],
    ['an escape sequence that is cut off', `a${ESC}`, 'a'],
    ['line breaks', 'a\nb\r\nc\rd', 'a b c d'],
    ['line breaks of Unicode', 'a\u2028b\u2029c\u0085d', 'a b c d'],
    ['tabs and spaces', '  a\t \t b  ', 'a b'],
    ['backspaces', 'GO\b\bNO', 'GO NO'],
    ['a change of direction', 'a\u202Eb\u202Cc\u2066d\u2069e', 'a b c d e'],
    ['marks of direction', 'a\u200Eb\u200Fc\u061Cd', 'a b c d'],
    ['a null', 'a\0b', 'a b'],
    ['letters as they are', `Été 日本 ${FAMILY}`, `Été 日本 ${FAMILY}`],
  ])('%s', (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });
});

describe('ASCII', () => {
  test.each([
    ['Été à Noël, cœur', 'Ete a Noel, coeur'],
    ['Œuvre, ÆON, æther', 'OEuvre, AEON, aether'],
    [E_ACUTE, 'e'],
    ['a → b … · ≥ 5 — «x» ’', 'a -> b ... - >= 5 - "x" \''],
    ['1\u202F234\u00A0%', '1 234 %'],
    ['日本', '??'],
    ['🚀', '?'],
  ])('%s is written %s', (text, expected) => {
    expect(toAscii(text)).toBe(expected);
  });

  const said = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function') return [String((value as (...args: unknown[]) => unknown)(1, 'x', 'y', 'z'))];
    return Object.values(value as object).flatMap(said);
  };

  test('suffices for every French sentence', () => {
    const sentences = said(fr);
    expect(sentences.length).toBeGreaterThan(200);
    for (const sentence of sentences) {
      const written = toAscii(sentence);
      expect(written).toMatch(/^[ -~]*$/);
      expect([sentence, written.split('?').length]).toEqual([sentence, sentence.split('?').length]);
    }
  });
});

describe('a line is broken', () => {
  test.each<[string, string, number, string[]]>([
    ['where it is short: nowhere', 'a b', 3, ['a b']],
    ['at spaces', 'aa bb cc', 5, ['aa bb', 'cc']],
    ['inside of a word that is too long', 'a bbbbb c', 3, ['a', 'bbb', 'bb', 'c']],
    ['before a wide letter that does not fit', '日本語', 5, ['日本', '語']],
    ['by columns, not by letters', '日本 語', 6, ['日本', '語']],
    ['never between a letter and its mark', E_ACUTE.repeat(3), 2, [E_ACUTE.repeat(2), E_ACUTE]],
    ['never inside of an emoji', FAMILY.repeat(2), 3, [FAMILY, FAMILY]],
    ['where nothing stands: one line', '', 5, ['']],
    ['in no room at all: a letter a line', 'ab', 0, ['a', 'b']],
  ])('%s', (_, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

describe('a text is shortened', () => {
  test.each([
    ['that fits: not at all', 'abc', 3, 'abc'],
    ['with a sign', 'abcd', 3, 'ab…'],
    ['between wide letters', '日本語', 5, '日本…'],
    ['with a wide letter less where half of it fits', '日本語', 4, '日…'],
    ['where not even one letter fits', '日本', 2, '…'],
    ['never inside of an emoji', `a${FAMILY}${FAMILY}`, 4, `a${FAMILY}…`],
    ['without a space before the sign', 'ab cdef', 4, 'ab…'],
  ])('%s', (_, text, width, expected) => {
    expect(cut(text, width, '…')).toBe(expected);
    expect(stringWidth(cut(text, width, '…'))).toBeLessThanOrEqual(width);
  });
});

test.each([
  ['abc', 5, 'abc  '],
  ['abc', 2, 'abc'],
  ['日本', 5, '日本 '],
  [E_ACUTE, 3, `${E_ACUTE}  `],
  [`${ESC}[31mab${ESC}[39m`, 4, `${ESC}[31mab${ESC}[39m  `],
])('%j is filled to %d columns', (text, width, expected) => {
  expect(pad(text, width)).toBe(expected);
});
