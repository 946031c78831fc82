import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advise } from './advise.ts';
import type { AdvisedStrategy, Situation } from './situation.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** A standard feature of a small product, with everything there that a strategy takes. */
const PLAIN: Situation = {
  change: 'feature',
  users: 2_000,
  traffic: 50,
  reversible: true,
  instances: 4,
  router: true,
  flags: false,
  risk: 'low',
  audience: 'b2c',
  compliance: false,
  loadUnproven: false,
  fixedDate: false,
};
const HIGH = { risk: 'high' } as const;
const [GROWN, LARGE] = [{ users: 50_000 }, { users: 500_000 }];

type Leaf = readonly [changes: Partial<Situation>, strategy: AdvisedStrategy, rules: readonly string[]];

const TREE: readonly Leaf[] = [
  // A standard application.
  [{}, 'rolling', ['standard', 'small-product']],
  [{ users: 9_999 }, 'rolling', ['standard', 'small-product']],
  [{ users: 10_000 }, 'rolling', ['standard', 'fixes-roll']],
  [{ users: 100_000 }, 'rolling', ['standard', 'fixes-roll']],
  [{ change: 'migration' }, 'rolling', ['standard', 'small-product']],
  [{ change: 'migration', ...GROWN }, 'blue-green', ['standard', 'migration-whole']],
  [{ fixedDate: true }, 'big-bang', ['standard', 'imposed-date']],
  [{ fixedDate: true, reversible: false }, 'rolling', ['standard', 'small-product']],
  [{ fixedDate: true, change: 'config' }, 'rolling', ['standard', 'small-product']],
  // A critical one with many people.
  [{ users: 100_001 }, 'canary', ['critical-size', 'large-audience']],
  [{ ...GROWN, ...HIGH }, 'canary', ['critical-risk', 'large-audience']],
  [{ ...GROWN, ...HIGH, flags: true }, 'canary', ['critical-risk', 'large-audience']],
  [{ ...LARGE, flags: true }, 'flag', ['critical-size', 'large-audience', 'flags-for-everything']],
  [{ ...GROWN, ...HIGH, loadUnproven: true }, 'dark-launch', ['critical-risk', 'large-audience', 'prove-load-first']],
  [{ ...GROWN, ...HIGH, change: 'migration' }, 'blue-green', ['critical-risk', 'large-audience', 'migration-whole']],
  [{ ...GROWN, ...HIGH, change: 'config' }, 'canary', ['critical-risk', 'large-audience']],
  [{ ...LARGE, change: 'config' }, 'blue-green', ['critical-size', 'large-audience', 'infrastructure-whole']],
  // A critical one with few.
  [{ ...HIGH, compliance: true }, 'blue-green', ['critical-risk', 'compliance']],
  [{ ...HIGH, flags: true }, 'flag', ['critical-risk', 'critical-feature-flag']],
  [HIGH, 'rolling', ['critical-risk', 'small-product']],
  // Businesses.
  [{ audience: 'b2b', flags: true }, 'flag', ['standard', 'small-product', 'by-account']],
  [{ audience: 'b2b' }, 'rolling', ['standard', 'small-product']],
  [{ audience: 'b2b', flags: true, change: 'config' }, 'rolling', ['standard', 'small-product']],
  // Without what it takes.
  [{ ...GROWN, ...HIGH, traffic: 0.9 }, 'blue-green', ['critical-risk', 'large-audience', 'little-traffic']],
  [{ ...GROWN, ...HIGH, traffic: 1 }, 'canary', ['critical-risk', 'large-audience']],
  [
    { ...GROWN, ...HIGH, loadUnproven: true, router: false },
    'deploy',
    ['critical-risk', 'large-audience', 'prove-load-first', 'no-router'],
  ],
  [{ router: false }, 'deploy', ['standard', 'small-product', 'no-router']],
  [{ router: false, flags: true }, 'flag', ['standard', 'small-product', 'no-router-flag']],
  [{ router: false, flags: true, change: 'config' }, 'deploy', ['standard', 'small-product', 'no-router']],
  [{ router: false, fixedDate: true }, 'deploy', ['standard', 'imposed-date', 'no-router']],
  [{ router: false, ...GROWN, change: 'migration' }, 'deploy', ['standard', 'migration-whole', 'no-router']],
  [{ instances: 1 }, 'blue-green', ['standard', 'small-product', 'one-instance']],
];

describe('advise', () => {
  test.each(TREE)('%j: %s', (changes, strategy, rules) => {
    const advice = advise({ ...PLAIN, ...changes }, 'en');
    expect({ strategy: advice.strategy, rules: advice.rules.map(({ rule }) => rule) }).toEqual({ strategy, rules });
  });

  test('the table reaches each strategy and each rule', () => {
    expect(new Set(TREE.map(([, strategy]) => strategy))).toEqual(new Set(Object.keys(en.strategies)));
    expect(new Set(TREE.flatMap(([, , rules]) => rules))).toEqual(new Set(Object.keys(en.rules)));
  });

  test.each<readonly [Partial<Situation>, readonly string[]]>([
    [{}, ['b2c-hours']],
    [HIGH, ['soft-launch', 'b2c-hours']],
    [{ ...HIGH, fixedDate: true }, ['hybrid', 'b2c-hours']],
    [{ fixedDate: true }, ['b2c-hours']],
    [
      { change: 'migration', reversible: false, audience: 'b2b' },
      ['point-of-no-return', 'expand-contract', 'keep-both', 'b2b-hours'],
    ],
    [{ ...GROWN, ...HIGH, loadUnproven: true, flags: true }, ['soft-launch', 'flag-after', 'b2c-hours']],
    [{ compliance: true }, ['compliance-too', 'b2c-hours']],
  ])('%j: notes', (changes, notes) => {
    expect(advise({ ...PLAIN, ...changes }, 'en').notes.map(({ note }) => note)).toEqual(notes);
  });
});

test('the decision does not depend on the language, and each language has words for all of it', () => {
  const situation: fc.Arbitrary<Situation> = fc.record({
    change: fc.constantFrom('feature', 'migration', 'config'),
    users: fc.nat({ max: 1_000_000 }),
    traffic: fc.double({ min: 0, max: 10_000, noNaN: true }),
    reversible: fc.boolean(),
    instances: fc.integer({ min: 1, max: 50 }),
    router: fc.boolean(),
    flags: fc.boolean(),
    risk: fc.constantFrom('low', 'high'),
    audience: fc.constantFrom('b2c', 'b2b'),
    compliance: fc.boolean(),
    loadUnproven: fc.boolean(),
    fixedDate: fc.boolean(),
  });
  fc.assert(
    fc.property(situation, (given) => {
      const [english, french] = [advise(given, 'en'), advise(given, 'fr')];
      expect(french.rules.map(({ rule }) => rule)).toEqual(english.rules.map(({ rule }) => rule));
      // Nothing that it takes a router for is recommended without one, and no flag without flags.
      expect(given.router || ['flag', 'deploy'].includes(english.strategy)).toBe(true);
      expect(given.flags || english.strategy !== 'flag').toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(Object.keys(fr.notes)).toEqual(Object.keys(en.notes));
});
