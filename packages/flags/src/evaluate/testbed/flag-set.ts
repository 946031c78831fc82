import type { FlagDefinition, FlagSetDefinition } from '../../definition/flag-definition.ts';
import type { Json } from '../../json.ts';

// The flags that flagd's testbed asks (https://github.com/open-feature/flagd-testbed, release 3.9.0, evaluator/flags), in an arrangement of our own.

/** A variant for each text, named and valued alike. */
const texts = (...names: string[]): Record<string, Json> => Object.fromEntries(names.map((name) => [name, name]));

function flag(variants: Record<string, Json>, defaultVariant?: string | null, targeting?: Json): FlagDefinition {
  return {
    state: 'ENABLED',
    variants,
    ...(defaultVariant === undefined ? {} : { defaultVariant }),
    ...(targeting === undefined ? {} : { targeting }),
  };
}

const disabled = (variants: Record<string, Json>): FlagDefinition => ({
  ...flag(variants, Object.keys(variants)[0]),
  state: 'DISABLED',
});

const byPath = (path: string): Json => ({ var: path });
const isBallmer: Json = { $ref: 'is_ballmer' };
const quarters: Json[] = [
  ['clubs', 25],
  ['diamonds', 25],
  ['hearts', 25],
  ['spades', 25],
];
const suits = ['clubs', 'diamonds', 'hearts', 'spades'];
const aces = { ...Object.fromEntries(suits.map((suit) => [suit, `ace-of-${suit}`])), wild: 'wild' };
const template = { showImages: true, title: 'Check out these pics!', imagesPerPage: 100 };
const seeded = (seed: Json): Json => ({ fractional: [{ cat: [seed, byPath('user.name')] }, ...quarters] });
const version = (operator: string, other: string): Json => ({ sem_ver: [byPath('version'), operator, other] });
const matches = (rule: Json): FlagDefinition =>
  flag(texts('match', 'no-match'), 'no-match', { if: [rule, 'match', 'no-match'] });
const answers = (rule: Json): FlagDefinition => flag(texts('true', 'false', 'fallback'), 'fallback', rule);
const zero = (none: Json, some: Json): Record<string, Json> => ({ zero: none, 'non-zero': some });
const zeroForBallmer = (none: Json, some: Json): FlagDefinition =>
  flag(zero(none, some), 'zero', { if: [isBallmer, 'zero'] });
const oneOrTwo = (...shares: Json[]): FlagDefinition =>
  flag(texts('one', 'two', 'fallback'), 'fallback', { fractional: shares });
const key = byPath('targetingKey');
const isPremium: Json = { '==': [byPath('tier'), 'premium'] };
const sizes = { big: 'hundreds', small: 'ones', fallback: 'zero' };
const greets = (): FlagDefinition => flag(texts('hi', 'bye', 'fallback'), 'fallback', { if: [isBallmer, 'hi', 'bye'] });
const isJobs: Json = { '==': ['jobs@orange.com', { var: ['email'] }] };
const officers = { normal: 'CFO', special: 'CEO' };

export const TESTBED_FLAGS: FlagSetDefinition = {
  flags: {
    'boolean-flag': flag({ on: true, off: false }, 'on'),
    'string-flag': flag({ greeting: 'hi', parting: 'bye' }, 'greeting'),
    'integer-flag': flag({ one: 1, ten: 10 }, 'ten'),
    'float-flag': flag({ tenth: 0.1, half: 0.5 }, 'half'),
    'object-flag': flag({ empty: {}, template }, 'template'),
    'boolean-zero-flag': flag(zero(false, true), 'zero'),
    'string-zero-flag': flag(zero('', 'str'), 'zero'),
    'integer-zero-flag': flag(zero(0, 1), 'zero'),
    'float-zero-flag': flag(zero(0, 1), 'zero'),
    'object-zero-flag': flag(zero({}, template), 'zero'),
    'boolean-targeted-zero-flag': zeroForBallmer(false, true),
    'string-targeted-zero-flag': zeroForBallmer('', 'str'),
    'integer-targeted-zero-flag': zeroForBallmer(0, 1),
    'float-targeted-zero-flag': zeroForBallmer(0, 1),
    'wrong-flag': flag({ one: 'uno', two: 'dos' }, 'one'),
    'null-default-flag': flag({ on: true, off: false }, null),
    'undefined-default-flag': flag({ small: 10, big: 1000 }),
    'no-default-flag-null-targeting-variant': flag(officers, undefined, { if: [isJobs, 'special', null] }),
    'no-default-flag-undefined-targeting-variant': flag(officers, undefined, { if: [isJobs, 'special'] }),
    'metadata-flag': {
      ...flag({ on: true, off: false }, 'on'),
      metadata: { string: '1.0.2', integer: 2, boolean: true, float: 0.1 },
    },
    'some-email-targeted-flag': flag(texts('hi', 'bye', 'none'), 'none', { if: [isBallmer, 'hi', 'bye'] }),
    'some-other-email-targeted-flag': flag(texts('yes', 'no', 'none'), 'none', { if: [isBallmer, 'yes', 'no'] }),
    'fractional-flag': flag(texts(...suits, 'wild'), 'wild', seeded(byPath('$flagd.flagKey'))),
    'fractional-flag-shorthand': flag(texts('heads', 'tails', 'draw'), 'draw', {
      fractional: [['heads'], ['tails', 1]],
    }),
    'fractional-flag-A-shared-seed': flag(texts(...suits, 'wild'), 'wild', seeded('shared-seed')),
    'fractional-flag-B-shared-seed': flag(aces, 'wild', seeded('shared-seed')),
    'fractional-hash-edge-flag': flag(texts('lower', 'upper'), 'lower', {
      fractional: [key, ['lower', 50], ['upper', 50]],
    }),
    'fractional-nested-if-flag': flag(texts('premium', 'standard', 'fallback'), 'fallback', {
      fractional: [key, [{ if: [isPremium, 'premium', 'standard'] }, 50], ['standard', 50]],
    }),
    'fractional-nested-var-flag': flag(texts('red', 'green', 'blue', 'fallback'), 'fallback', {
      fractional: [key, [byPath('color'), 50], ['blue', 50]],
    }),
    'fractional-nested-weight-flag': flag(texts('red', 'blue', 'fallback'), 'fallback', {
      fractional: [key, ['red', { if: [isPremium, 100, 0] }], ['blue', 10]],
    }),
    'fractional-as-condition-flag': flag(sizes, 'fallback', {
      if: [
        {
          fractional: [
            [false, 0],
            [true, 100],
          ],
        },
        'big',
        'small',
      ],
    }),
    'fractional-as-condition-false-flag': flag(sizes, 'fallback', {
      if: [
        {
          fractional: [
            [false, 100],
            [true, 0],
          ],
        },
        'big',
        'small',
      ],
    }),
    'fractional-single-entry-flag': flag(texts('single', 'fallback'), 'fallback', { fractional: [['single', 1]] }),
    'fractional-null-bucket-key-flag': oneOrTwo(byPath('missing_key'), ['one', 50], ['two', 50]),
    'fractional-zero-weights-flag': oneOrTwo(key, ['one', 0], ['two', 0]),
    'fractional-negative-weight-flag': oneOrTwo(key, ['one', -50], ['two', 100]),
    'starts-ends-flag': flag(texts('prefix', 'postfix', 'none'), 'none', {
      if: [
        { starts_with: [byPath('id'), 'abc'] },
        'prefix',
        { if: [{ ends_with: [byPath('id'), 'xyz'] }, 'postfix', 'none'] },
      ],
    }),
    'equal-greater-lesser-version-flag': flag(texts('equal', 'greater', 'lesser', 'none'), 'none', {
      if: [
        version('=', '2.0.0'),
        'equal',
        { if: [version('>', '2.0.0'), 'greater', { if: [version('<', '2.0.0'), 'lesser', 'none'] }] },
      ],
    }),
    'major-minor-version-flag': flag(texts('minor', 'major', 'none'), 'none', {
      if: [version('~', '3.0.0'), 'minor', { if: [version('^', '3.0.0'), 'major', 'none'] }],
    }),
    'targeting-key-flag': flag(texts('miss', 'hit'), 'miss', {
      if: [{ '==': [key, '5c3d8535-f81a-4478-a6d3-afaa4d51199e'] }, 'hit', null],
    }),
    'semver-invalid-version-flag': answers(version('=', '1.0.0')),
    'semver-invalid-operator-flag': answers(version('===', '1.0.0')),
    'semver-wrong-args-flag': answers({ sem_ver: [byPath('version'), '='] }),
    'semver-v-prefix-flag': matches(version('=', 'v1.0.0')),
    'semver-partial-version-flag': matches(version('^', '1')),
    'semver-build-metadata-flag': matches(version('=', '1.0.0+build')),
    'semver-numeric-context-flag': matches(version('>', '1.1')),
    'ref-whitespace-compact-flag': greets(),
    'ref-whitespace-space-after-colon-flag': greets(),
    'ref-whitespace-space-around-colon-flag': greets(),
    'ref-to-nonexistent-evaluator-flag': flag(texts('hit', 'miss', 'fallback'), 'fallback', {
      if: [{ $ref: 'nonexistent_evaluator' }, 'hit', 'miss'],
    }),
    'starts-with-non-string-flag': answers({ starts_with: [byPath('num'), 'abc'] }),
    'ends-with-non-string-flag': answers({ ends_with: [byPath('num'), 'xyz'] }),
    'starts-with-wrong-args-flag': answers({ starts_with: ['abc'] }),
    'ends-with-wrong-args-flag': answers({ ends_with: ['xyz'] }),
    'disabled-boolean-flag': disabled({ on: true, off: false }),
    'disabled-string-flag': disabled({ greeting: 'hi', parting: 'bye' }),
    'disabled-integer-flag': disabled({ one: 1, ten: 10 }),
    'disabled-float-flag': disabled({ tenth: 0.1, half: 0.5 }),
    'disabled-object-flag': disabled({ empty: {}, template }),
  },
  $evaluators: { is_ballmer: { '==': ['ballmer@macrosoft.com', { var: ['email'] }] } },
};
