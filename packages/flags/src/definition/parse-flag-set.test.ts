import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFlagEvaluator } from '../evaluate/create-flag-evaluator.ts';
import type { Json } from '../json.ts';
import { parseFlagSet } from './parse-flag-set.ts';

const flag = (more: object = {}) => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'on',
  ...more,
});
const said = (text: string): readonly string[] => {
  const parsed = parseFlagSet(text);
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
};
const messages = (set: unknown): string => said(JSON.stringify(set)).join('\n');
const asRule = (rule: Json): string => messages({ flags: {}, $evaluators: { rule, 'some-ref': { var: 'x' } } });

// The cases of flagd's schemas (https://github.com/open-feature/flagd-schemas, json/test), in words of our own.
describe('what flagd lets through', () => {
  it.each<[string, object]>([
    ['a map of flags', { $schema: 'x', flags: { f: flag() } }],
    ['a list of flags', { flags: [{ key: 'f', ...flag() }] }],
    ['no default variant', { flags: { f: { state: 'ENABLED', variants: { on: true } } } }],
    ['null as default variant', { flags: { f: flag({ defaultVariant: null }) } }],
    ['variants that are maps', { flags: { f: flag({ variants: { on: { key: 'val' }, off: { key: true } } }) } }],
    [
      'metadata',
      { flags: { f: flag({ metadata: { b: true, s: 's', f: 1.23 } }) }, metadata: { flagSetId: 'sso/dev', n: 1 } },
    ],
    ['empty targeting', { flags: { f: flag({ targeting: {} }) } }],
    [
      'targeting without else',
      { flags: { f: flag({ targeting: { if: [{ ends_with: [{ var: 'email' }, '@c.com'] }, 'on'] } }) } },
    ],
    [
      'a rule under $evaluators',
      {
        flags: { f: flag({ targeting: { if: [{ $ref: 'r' }, 'on', null] } }) },
        $evaluators: { r: { in: ['@faas.com', { var: ['email'] }] } },
      },
    ],
    ['keys of others', { flags: { f: flag({ description: 'what it is' }) } }],
  ])('%s', (_, set) => {
    expect(messages(set)).toBe('');
  });

  it.each<[Json]>([
    [{ if: [false, 'false', false, 'false', true, 'true'] }],
    [{ if: [true] }],
    [{ if: [{ $ref: 'some-ref' }] }],
    [{ '!': true }],
    [{ '!!': ['0'] }],
    [{ or: [false, 0, 'a'] }],
    [{ '<': [1, 4, 3] }],
    [{ max: [1, 2, 3] }],
    [{ '+': ['3.14'] }],
    [{ '-': [2] }],
    [{ map: [{ var: 'integers' }, { '*': [{ var: '' }, 2] }] }],
    [{ reduce: [{ var: 'integers' }, { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }],
    [{ some: [{ var: 'pies' }, { '==': [{ var: 'filling' }, 'apple'] }] }],
    [{ merge: [1, 2, [3, 4]] }],
    [{ in: ['Ringo', ['John', 'Ringo']] }],
    [{ substr: ['jsonlogic', 1, 3] }],
    [{ fractional: [{ cat: [{ var: '$flagd.flagKey' }, { var: 'user.name' }] }, ['clubs', 25], ['spades', 25]] }],
    [{ fractional: [['heads'], ['tails', 1]] }],
    [{ fractional: [['single-entry', 1]] }],
    [
      {
        fractional: [
          ['on', { '-': [{ var: '$flagd.timestamp' }, 1740000000] }],
          ['off', 100],
        ],
      },
    ],
    [
      {
        fractional: [
          ['clubs', 1],
          [true, 1],
          [1, 1],
          [{ fractional: [['clubs', 25]] }, 1],
        ],
      },
    ],
    [{ sem_ver: [{ var: 'version' }, '~', '3.0.0'] }],
  ])('%j', (rule) => {
    expect(asRule(rule)).toBe('');
  });
});

describe('what flagd refuses', () => {
  it.each<[string, object, string]>([
    ['no flags', {}, '"flags" is missing'],
    ['no map', [], 'a flag set must be a map'],
    ['no variants', { flags: { f: { state: 'ENABLED' } } }, '"variants" is missing'],
    ['empty variants', { flags: { f: flag({ variants: {} }) } }, 'at least one variant'],
    ['a flag without anything', { flags: { f: {} } }, '"state" must be ENABLED or DISABLED'],
    ['another state', { flags: { f: flag({ state: 'WILL-FAIL' }) } }, '"state" must be ENABLED or DISABLED'],
    ['variants of several types', { flags: { f: flag({ variants: { on: true, off: 'false' } }) } }, 'of one type'],
    [
      'a list as variant',
      { flags: { f: flag({ variants: { on: [1] } }) } },
      'a variant is true/false, a text, a number or a map',
    ],
    [
      'a map in metadata',
      { flags: { f: flag({ metadata: { invalid: { key: 1 } } }) } },
      'must be a text, a number or true/false',
    ],
    [
      'a map in metadata of the set',
      { flags: {}, metadata: { invalid: { key: 1 } } },
      'must be a text, a number or true/false',
    ],
    [
      'an unknown operator',
      { flags: { f: flag({ targeting: { 'not-a-real-rule': [1, 2] } }) } },
      'there is no operator "not-a-real-rule"',
    ],
    ['a list as targeting', { flags: { f: flag({ targeting: ['on'] }) } }, 'must be a rule'],
  ])('%s', (_, set, message) => {
    expect(messages(set)).toContain(message);
  });

  it.each<[Json, string]>([
    [
      {
        fractional: [
          ['a', 25],
          ['b', 25.5],
        ],
      },
      'a weight is a whole number',
    ],
    [{ fractional: ['invalid', ['a', 25]] }, '"fractional" begins with a rule'],
    [
      {
        fractional: [
          ['a', 25],
          ['b', '25'],
        ],
      },
      'a weight is a whole number',
    ],
    [
      {
        fractional: [
          ['a', 25],
          ['b', -25],
        ],
      },
      'a weight is a whole number',
    ],
    [
      {
        fractional: [
          ['a', 2147483647],
          ['b', 1],
        ],
      },
      'more than 2147483647',
    ],
    [{ ends_with: [{ var: 'id' }, 0] }, '"ends_with" compares texts'],
    [{ starts_with: [{ var: 'id' }, 0] }, '"starts_with" compares texts'],
    [{ '==': [{ var: '$flagd.invalidProp' }, 1] }, 'not "$flagd.invalidProp"'],
    [{ sem_ver: [{ var: 'version' }, '*', '2.0.0'] }, '"sem_ver" compares with one of'],
    [{ sem_ver: [{ var: 'version' }, '=', '2.0.0.0'] }, 'no semantic version'],
    [{ '==': [1] }, '"==" takes 2 arguments, not 1'],
    [{ '==': 1 }, '"==" needs a list'],
    [{ '==': [1, 1], '!=': [1, 2] }, 'a rule has one operator, this one has 2'],
  ])('%j', (rule, message) => {
    expect(asRule(rule)).toContain(message);
  });
});

describe('what flagd lets through and we do not', () => {
  it.each<[string, object, string]>([
    [
      'a default that is no variant',
      { f: flag({ defaultVariant: 'onn' }) },
      'there is no variant "onn"; did you mean "on"?',
    ],
    [
      'a default that is cut short',
      { f: flag({ defaultVariant: 'of' }) },
      'there is no variant "of"; did you mean "off"?',
    ],
    ['a misspelt key', { f: flag({ targetting: {} }) }, 'there is no key "targetting" here; did you mean "targeting"?'],
    [
      'targeting that names no variant',
      { f: flag({ targeting: { if: [{ var: 'x' }, 'onn', 'off'] } }) },
      'there is no variant "onn"',
    ],
    [
      'a share of no variant',
      { f: flag({ targeting: { fractional: [['blue', 1]] } }) },
      'there is no variant "blue"; the flag has "on", "off"',
    ],
    ['a rule that names no variant', { f: flag({ targeting: { $ref: 'pick' } }) }, 'there is no variant "pink"'],
    [
      'a rule that is nowhere',
      { f: flag({ targeting: { $ref: 'pik' } }) },
      'there is no rule "pik" under "$evaluators"; did you mean "pick"?',
    ],
    [
      'a rule that fails for everybody',
      { f: flag({ targeting: { if: [{ '+': ['x', { var: 'n' }] }, 'on', 'off'] } }) },
      'this rule has no meaning',
    ],
    [
      'a list with a key twice',
      [
        { key: 'f', ...flag() },
        { key: 'f', ...flag() },
      ],
      'the key "f" is given twice',
    ],
  ])('%s', (_, flags, message) => {
    expect(messages({ flags, $evaluators: { pick: { if: [{ var: 'x' }, 'pink'] } } })).toContain(message);
  });

  it('a ring of rules', () => {
    expect(messages({ flags: {}, $evaluators: { a: { '!': { $ref: 'b' } }, b: { $ref: 'a' } } })).toContain(
      '"a" → "b" → "a"',
    );
  });
});

describe('the text', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'YAML',
      'flags:\n  f:\n    state: ENABLED\n    variants: { on: true }\n    defaultVariant: of\n',
      ['5:21 there is no variant "of"; did you mean "on"?'],
    ],
    [
      'JSON',
      '{\n  "flags": {\n    "f": { "state": "ON", "variants": { "on": true } }\n  }\n}',
      ['3:21 "state" must be ENABLED or DISABLED'],
    ],
    ['a key twice', '{\n "flags": {},\n "flags": {} }', ['3:2 "flags" is given twice; keep one of them']],
    ['broken', '{', ['1:2 this cannot be read: Flow map must end with a }']],
    [
      'an alias',
      'a: &a [1]\nb: *a',
      ['2:4 aliases (*name) are not allowed; write the value out, or make it a rule under "$evaluators"'],
    ],
    ['__proto__', '{"__proto__": 1}', ['1:2 "__proto__" cannot be a key; choose another name']],
    [
      'brackets',
      '['.repeat(100_000),
      ['1:65 maps and lists are nested more than 64 levels deep; take some of them apart'],
    ],
    ['length', ' '.repeat(8_000_001), ['1:1 the text is longer than 8 MB; divide the flags among several files']],
    ['nothing', '', ['1:1 a flag set must be a map with "flags"']],
  ])('%s', (_, text, problems) => {
    expect(said(text)).toEqual(problems);
  });

  it('points into a list of flags', () => {
    const parsed = parseFlagSet(
      JSON.stringify({
        flags: [
          { key: 'a', ...flag() },
          { key: 'b', ...flag({ defaultVariant: 'x' }) },
        ],
      }),
    );
    expect(parsed).toMatchObject({ problems: [{ path: ['flags', 1, 'defaultVariant'] }] });
  });

  it('bounds what it says', () => {
    const flags = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, {}]));
    const parsed = parseFlagSet(JSON.stringify({ flags }));
    expect(parsed.ok ? 0 : parsed.problems.length).toBe(100);
  });

  it('never throws, and lets through only what compiles', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const set = fc.record({
      flags: fc.dictionary(
        fc.string(),
        fc.record({ state: fc.constant('ENABLED'), variants: fc.constant({ on: true }), targeting: value }),
      ),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          set.map((given) => JSON.stringify(given)),
        ),
        (text) => {
          const parsed = parseFlagSet(text);
          if (!parsed.ok) return;
          const codes = createFlagEvaluator(parsed.definition, { bucketing: 'v2' }).evaluateAll({}, 0);
          expect(codes.filter((result) => 'errorCode' in result && result.errorCode === 'PARSE_ERROR')).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
