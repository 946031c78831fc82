import { describe, expect, test } from 'vitest';
import { hasColor, hasUnicode, inCi, isLive, languageOf } from './capabilities.ts';

type Environment = Readonly<Record<string, string>>;

const TERMINAL = { isTTY: true };
const PIPE = {};

describe('colour', () => {
  test.each<[Environment, object, boolean]>([
    [{}, TERMINAL, true],
    [{ TERM: 'xterm' }, TERMINAL, true],
    [{}, PIPE, false],
    [{}, { isTTY: false }, false],
    [{ TERM: 'dumb' }, TERMINAL, false],
    [{ NO_COLOR: '1' }, TERMINAL, false],
    [{ NO_COLOR: '0' }, TERMINAL, false],
    [{ NO_COLOR: '' }, TERMINAL, true],
    [{ FORCE_COLOR: '1' }, PIPE, true],
    [{ FORCE_COLOR: '0' }, TERMINAL, false],
    [{ FORCE_COLOR: '' }, PIPE, false],
    [{ FORCE_COLOR: '1', TERM: 'dumb' }, TERMINAL, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, TERMINAL, false],
    [{ CI: 'true' }, PIPE, false],
  ])('with %j on %j: %s', (env, output, expected) => {
    expect(hasColor(env, output)).toBe(expected);
  });
});

describe('a screen that redraws itself', () => {
  test.each<[Environment, object, boolean]>([
    [{}, TERMINAL, true],
    [{}, PIPE, false],
    [{ TERM: 'dumb' }, TERMINAL, false],
    [{ CI: 'true' }, TERMINAL, false],
    [{ CI: 'false' }, TERMINAL, true],
    [{ NO_COLOR: '1' }, TERMINAL, true],
    [{ FORCE_COLOR: '1' }, PIPE, false],
  ])('with %j on %j: %s', (env, output, expected) => {
    expect(isLive(env, output)).toBe(expected);
  });
});

test.each<[Environment, boolean]>([
  [{}, false],
  [{ CI: '' }, false],
  [{ CI: 'false' }, false],
  [{ CI: '0' }, false],
  [{ CI: 'true' }, true],
  [{ CI: '1' }, true],
  [{ CI: 'woodpecker' }, true],
])('CI with %j: %s', (env, expected) => {
  expect(inCi(env)).toBe(expected);
});

describe('more than ASCII', () => {
  test.each<[Environment, string, boolean]>([
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', false],
    [{ WT_SESSION: 'x' }, 'win32', true],
    [{ LANG: 'en_US.UTF-8' }, 'linux', true],
    [{ LANG: 'en_US.utf8' }, 'linux', true],
    [{ LANG: 'C' }, 'darwin', false],
    [{ LANG: 'fr_FR.ISO-8859-1' }, 'linux', false],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, 'linux', true],
  ])('with %j on %s: %s', (env, platform, expected) => {
    expect(hasUnicode(env, platform)).toBe(expected);
  });
});

describe('the language', () => {
  test.each<[Environment, string]>([
    [{}, 'en'],
    [{ LANG: 'fr' }, 'fr'],
    [{ LANG: 'fr_CA.UTF-8' }, 'fr'],
    [{ LANG: 'fr-BE' }, 'fr'],
    [{ LANG: 'FR.UTF-8' }, 'fr'],
    [{ LANG: 'fry_NL' }, 'en'],
    [{ LANG: 'de_DE' }, 'en'],
    [{ LC_ALL: 'C', LANG: 'fr_FR' }, 'en'],
    [{ LC_MESSAGES: 'fr_FR', LANG: 'de_DE' }, 'fr'],
    [{ LC_CTYPE: 'fr_FR', LANG: 'de_DE' }, 'en'],
  ])('with %j: %s', (env, expected) => {
    expect(languageOf(env)).toBe(expected);
  });
});
