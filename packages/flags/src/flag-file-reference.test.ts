import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { ARITY } from './definition/arity.ts';
import type { FlagDefinition } from './definition/flag-definition.ts';
import { parseFlagSet } from './definition/parse-flag-set.ts';
import { createFlagEvaluator } from './evaluate/create-flag-evaluator.ts';
import { flagFileReference } from './flag-file-reference.ts';
import { aboutOf } from './managed/about-of.ts';

const { set, flag, about, operators, values } = flagFileReference;

const KEYS: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ...Object.entries(set.shape),
  ...Object.entries(flag.shape).map(([key, schema]) => [`flag ${key}`, schema] as const),
];

describe('a key of a flag file', () => {
  it.each(KEYS)('%s says what it is, with an example that its schema takes', (_, schema) => {
    const { what, example } =
      /^(?<what>.+?\.) .*?Example: (?<example>.+)\.$/s.exec(schema.description ?? '')?.groups ?? {};
    expect(what).toMatch(/^\S.{10,}/);
    expect(schema.safeParse(parse(example ?? '')).error?.issues).toBeUndefined();
  });

  it.each(KEYS.filter(([, schema]) => schema.description?.includes('Default:')))('%s may be left out', (_, schema) => {
    expect(schema.safeParse(undefined).success).toBe(true);
  });
});

describe("Slipway's keys", () => {
  const metadata = Object.fromEntries(Object.entries(about).map(([key, { example }]) => [key, example]));
  const variants = { on: true, off: false };
  const problems = (definition: Partial<FlagDefinition>) => {
    const read = aboutOf('f', { state: 'ENABLED', variants, metadata, ...definition });
    return read.ok ? [] : read.problems;
  };

  it('have examples that are taken', () => expect(problems({})).toEqual([]));

  it.each(Object.entries(about))('%s: is needed where it has no default', (key, { standard }) => {
    const { [key]: _, ...others } = metadata;
    expect(problems({ metadata: others })).toHaveLength(standard === null ? 1 : 0);
  });

  it.each(Object.keys(about))('%s: is read', (key) => {
    expect(problems({ metadata: { ...metadata, [key]: '=' } })).toHaveLength(
      key === 'owner' || key === 'purpose' ? 0 : 1,
    );
    expect(problems({ metadata: { ...metadata, [key]: 7 } })).toHaveLength(1);
  });
});

describe('an operator', () => {
  it('has a number of arguments, and no other has', () => {
    expect(operators.map(({ name }) => name).toSorted()).toEqual(Object.keys(ARITY).toSorted());
    expect(operators.filter(({ takes }) => takes === '')).toEqual([]);
  });

  it.each(operators)('$name: its example is a rule of it that is taken', ({ name, what, example }) => {
    expect(what).toMatch(/\.$/);
    const rule = JSON.parse(example);
    expect(Object.keys(rule)).toEqual([name]);
    const targeting = { if: [{ '!': [rule] }, 'on', 'off'] };
    const flags = { f: { state: 'ENABLED', variants: { on: true, off: false }, targeting } };
    expect(parseFlagSet(JSON.stringify({ flags }))).toMatchObject({ ok: true });
  });
});

describe('what the page says of rules', () => {
  const variants = { on: true, off: false, true: true };
  const served = (targeting: FlagDefinition['targeting'], context: object): string | undefined => {
    const definition: FlagDefinition = {
      state: 'ENABLED',
      variants,
      defaultVariant: 'off',
      targeting: targeting ?? null,
    };
    const evaluator = createFlagEvaluator({ flags: { f: definition } }, { bucketing: 'v2' });
    const resolution = evaluator.evaluate('f', { ...context }, 5);
    return resolution.reason === 'ERROR' ? resolution.errorCode : resolution.variant;
  };

  it.each<[string, FlagDefinition['targeting'], object, string]>([
    ['true is a variant', { '!': [false] }, {}, 'true'],
    ['null is the default', { fractional: [['on', 1]] }, {}, 'off'],
    ['null is less than 1', { if: [{ '<': [{ var: 'n' }, 1] }, 'on', 'off'] }, {}, 'on'],
    ['what var stands for', { if: [{ '<': [{ var: ['n', 9] }, 1] }, 'on', 'off'] }, {}, 'off'],
    ['an empty list is not true', { if: [{ var: 'n' }, 'on', 'off'] }, { n: [] }, 'off'],
    ['an empty map is not true', { if: [{ var: 'n' }, 'on', 'off'] }, { n: {} }, 'off'],
    ['a number and a text', { if: [{ '==': [{ var: 'n' }, 'a'] }, 'on', 'off'] }, { n: 1 }, 'GENERAL'],
    ['1 and "1"', { if: [{ '==': [{ var: 'n' }, '1'] }, 'on', 'off'] }, { n: 1 }, 'on'],
    [
      'a forged value',
      { if: [{ '==': [{ var: '$flagd.flagKey' }, 'f'] }, 'on', 'off'] },
      { $flagd: { flagKey: 'x' } },
      'on',
    ],
  ])('%s', (_, targeting, context, expected) => expect(served(targeting, context)).toBe(expected));

  it.each(Object.keys(values))('%s is given', (path) => {
    expect(served({ if: [{ '==': [{ var: path }, null] }, 'off', 'on'] }, {})).toBe('on');
  });
});
