import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlagDefinition, FlagSetDefinition } from '../definition/flag-definition.ts';
import type { Json } from '../json.ts';
import { randomRule } from '../testing/random-rule.ts';
import { createFlagEvaluator } from './create-flag-evaluator.ts';
import type { EvaluationContext } from './resolution.ts';

const NOW = 1_700_000_000;
const onOff = (targeting?: Json, more: Partial<FlagDefinition> = {}): FlagDefinition => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  ...(targeting === undefined ? {} : { targeting }),
  ...more,
});
const evaluatorOf = (set: Partial<FlagSetDefinition>) =>
  createFlagEvaluator({ flags: {}, ...set }, { bucketing: 'v2' });
const ask = (targeting: Json, context: EvaluationContext = {}, now = NOW) =>
  evaluatorOf({ flags: { f: onOff(targeting) } }).evaluate('f', context, now);

describe('createFlagEvaluator', () => {
  it('keeps the order of the set', () => {
    const evaluator = evaluatorOf({ flags: { b: onOff(), a: onOff() } });
    expect([...evaluator.flags.keys()]).toEqual(['b', 'a']);
    expect(evaluator.evaluateAll({}, NOW).map(({ key }) => key)).toEqual(['b', 'a']);
  });

  it('lays the metadata of a flag over that of the set', () => {
    const evaluator = evaluatorOf({ flags: { f: onOff(undefined, { metadata: { b: 2 } }) }, metadata: { a: 1, b: 1 } });
    expect(evaluator.evaluate('f', {}, NOW).metadata).toEqual({ a: 1, b: 2 });
    expect(evaluator.evaluate('other', {}, NOW)).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
      metadata: { a: 1, b: 1 },
    });
  });

  it.each(['__proto__', 'constructor', 'toString', ''])('knows no flag %j', (key) => {
    expect(evaluatorOf({ flags: { f: onOff() } }).evaluate(key, {}, NOW)).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
    });
  });

  it('gives the same frozen resolution to all who get the same', () => {
    const rule = { if: [{ '==': [{ var: 'country' }, 'FR'] }, 'on', null] };
    const evaluator = evaluatorOf({ flags: { f: onOff(rule), g: onOff() } });
    expect(evaluator.evaluate('f', { country: 'FR' }, NOW)).toBe(evaluator.evaluate('f', { country: 'FR', n: 1 }, NOW));
    expect(evaluator.evaluate('g', {}, NOW)).toBe(evaluator.evaluate('g', { n: 1 }, NOW));
    expect(Object.isFrozen(evaluator.evaluate('f', {}, NOW))).toBe(true);
  });

  it('gives the time and the flag that it is asked for', () => {
    const later = { if: [{ '>': [{ var: '$flagd.timestamp' }, NOW] }, 'on', 'off'] };
    expect(ask(later, {}, NOW)).toMatchObject({ variant: 'off' });
    expect(ask(later, {}, NOW + 1)).toMatchObject({ variant: 'on' });
  });

  it('tells flags apart that share a rule', () => {
    const rule = { if: [{ $ref: 'isA' }, 'on', 'off'] };
    const evaluator = evaluatorOf({
      flags: { a: onOff(rule), b: onOff(rule) },
      $evaluators: { isA: { '==': [{ var: '$flagd.flagKey' }, 'a'] } },
    });
    expect(evaluator.evaluateAll({}, NOW)).toMatchObject([{ variant: 'on' }, { variant: 'off' }]);
  });

  it.each<[string, Json, string]>([
    ['refers to itself', { if: [{ $ref: 'ring' }, 'on', 'off'] }, 'PARSE_ERROR'],
    ['refers to nothing', { if: [{ $ref: 'none' }, 'on', 'off'] }, 'PARSE_ERROR'],
    ['refers to a prototype', { if: [{ $ref: 'constructor' }, 'on', 'off'] }, 'PARSE_ERROR'],
    ['names an operator of a prototype', { constructor: [1] }, 'PARSE_ERROR'],
    ['is too deep', deep(200), 'PARSE_ERROR'],
    ['names a variant of a prototype', 'constructor', 'GENERAL'],
  ])('ends with an error where targeting %s', (_, targeting, errorCode) => {
    const evaluator = evaluatorOf({ flags: { f: onOff(targeting) }, $evaluators: { ring: { '!': { $ref: 'ring' } } } });
    expect(evaluator.evaluate('f', {}, NOW)).toMatchObject({ reason: 'ERROR', errorCode });
  });

  it('finds one of 100,000 ids', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `user-${index}`);
    const evaluator = evaluatorOf({
      flags: { f: onOff({ if: [{ $ref: 'beta' }, 'on', 'off'] }) },
      $evaluators: { beta: { in: [{ var: 'targetingKey' }, ids] } },
    });
    expect(evaluator.evaluate('f', { targetingKey: 'user-99999' }, NOW)).toMatchObject({ variant: 'on' });
    expect(evaluator.evaluate('f', { targetingKey: 'user-100000' }, NOW)).toMatchObject({ variant: 'off' });
  });

  it.each<[EvaluationContext, string]>([
    [{}, 'DEFAULT'],
    [{ targetingKey: '' }, 'DEFAULT'],
    [{ targetingKey: 'a' }, 'TARGETING_MATCH'],
  ])('needs a targeting key only for shares: %j', (context, reason) => {
    expect(
      ask(
        {
          fractional: [
            ['on', 1],
            ['off', 1],
          ],
        },
        context,
      ).reason,
    ).toBe(reason);
    expect(ask({ if: [true, 'on'] }, context).reason).toBe('TARGETING_MATCH');
  });

  it('never throws, whatever the rule and the context are', () => {
    const wild = fc.dictionary(
      fc.oneof(fc.constantFrom('country', 'n', 'roles', 'user', '$flagd', 'targetingKey', '__proto__'), fc.string()),
      fc.jsonValue(),
    );
    const rule = fc.oneof(randomRule(), fc.jsonValue() as fc.Arbitrary<Json>);
    fc.assert(
      fc.property(rule, wild, (targeting, context) => {
        expect(() => ask(targeting, context as EvaluationContext)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

function deep(levels: number): Json {
  let rule: Json = { var: 'n' };
  for (let i = 0; i < levels; i++) rule = { '!': [rule] };
  return rule;
}
