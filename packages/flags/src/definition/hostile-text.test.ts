import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { parseFlagSet } from './parse-flag-set.ts';
import { readJson } from './read-json.ts';
import { readText } from './read-text.ts';

const flag = (targeting: Json): Json => {
  return { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off', targeting };
};
const named = (count: number, value: (index: number) => Json): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, value(i)]));
const set = (targeting: Json, $evaluators: Json): string =>
  JSON.stringify({ flags: { f: flag(targeting) }, $evaluators });
const LONG = 'n'.repeat(90);
const LEAF = { var: 'x' };
const DEEP = 'nested more than 64 levels deep';

describe('a hostile text', () => {
  it.each<[string, () => string, string]>([
    [
      'a long chain of references',
      () =>
        set(
          { $ref: 'e0' },
          named(20_000, (i) => (i < 19_999 ? { $ref: `e${i + 1}` } : LEAF)),
        ),
      DEEP,
    ],
    [
      'a long chain of results',
      () =>
        set(
          { $ref: 'e0' },
          named(3_000, (i) => (i < 2_999 ? { if: [true, { $ref: `e${i + 1}` }] } : LEAF)),
        ),
      DEEP,
    ],
    [
      'ways that double',
      () =>
        set(
          { $ref: 'e0' },
          named(40, (i) => (i < 39 ? { if: [LEAF, { $ref: `e${i + 1}` }, { $ref: `e${i + 1}` }] } : LEAF)),
        ),
      DEEP,
    ],
    [
      'names that are alike',
      () =>
        set(
          { or: Array.from({ length: 1_000 }, (_, i) => ({ $ref: `${i}x${LONG}` })) },
          Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`${LONG}${i}`, LEAF])),
        ),
      'there is no rule',
    ],
    [
      'a list of flags that are all wrong',
      () =>
        JSON.stringify({
          flags: Array.from({ length: 20_000 }, (_, i) => ({
            key: `f${i}`,
            ...(flag(null) as object),
            defaultVariant: 'of',
          })),
        }),
      'there is no variant "of"; did you mean "off"?',
    ],
  ])('is refused soon: %s', (_, text, expected) => {
    const began = performance.now();
    const parsed = parseFlagSet(text());
    expect(parsed.ok ? '' : parsed.problems[0]?.message).toContain(expected);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('is read the quick way where it is right', () => {
    const flags = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`f${i}`, flag({ if: [LEAF, 'on', 'off'] })]),
    );
    const text = JSON.stringify({ flags }, null, 1);
    expect(readJson(text)).toEqual({ flags });
    expect(parseFlagSet(text).ok).toBe(true);
  });
});

describe('JSON', () => {
  it('says the same, and is refused the same, as the slower way reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const quick = readJson(text);
        // A comment makes it YAML.
        const slow = readText(`${text}\n# as YAML`);
        expect(quick === null || slow.ok ? null : text).toBeNull();
        expect(quick === null || !slow.ok ? quick : slow.text.value).toEqual(quick);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a key twice', '{"a": 1, "b": {"c": 1, "c": 2}}'],
    ['a key twice under another spelling', String.raw`{"a": 1, "\u0061": 2}`],
    ['__proto__', '{"__proto__": {}}'],
    ['no finite number', '[1e999]'],
    ['too deep', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['a scalar', '3'],
    ['no JSON', '{a: 1}'],
  ])('is left to the slower way: %s', (_, text) => {
    expect(readJson(text)).toBeNull();
  });

  it.each(['{"a": ":", "b\\"": ":\\\\", "c": ["\\"::"], "d": {"": {}}}', '[]', '\t{"a":\r\n\t[true, null, -0.5e1]}'])(
    'is read: %j',
    (text) => {
      expect(readJson(text)).toEqual(JSON.parse(text));
    },
  );

  it('has its places, with tabs too', () => {
    const parsed = parseFlagSet('{\n\t"flags": {\n\t\t"f": {"state": "ON", "variants": {"on": true}}\n\t}\n}');
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: ['flags', 'f', 'state'], line: 3, column: 18 }] });
  });
});
