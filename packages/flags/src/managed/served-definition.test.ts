import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { createFlagEvaluator } from '../evaluate/create-flag-evaluator.ts';
import { emptyFlagSet } from './empty-flag-set.ts';
import { evolveAll } from './evolve-flags.ts';
import { servedDefinition } from './served-definition.ts';
import { asking, askingFlagd, people } from './testing/asked.ts';
import type { Ask } from './testing/asked.ts';
import { Desk, flagOf, inSegment, share } from './testing/desk.ts';

const FRENCH: Json = { '==': [{ var: 'country' }, 'FR'] };
const PRO: Json = { if: [{ '==': [{ var: 'plan' }, 'pro'] }, 'on', 'off'] };
const FIFTY: Json = {
  fractional: [
    ['on', 50],
    ['off', 50],
  ],
};
const PEOPLE = people(600);
const NOBODY = {};

const EVALUATORS: readonly [string, (desk: Desk) => Ask][] = [
  ['this package', (desk) => asking(desk.set)],
  ['flagd', (desk) => askingFlagd(desk.set)],
];

function desk(more: Parameters<typeof flagOf>[0] = {}, about: Parameters<typeof flagOf>[1] = {}): Desk {
  const at = new Desk();
  at.segment('french', FRENCH);
  at.define('f', flagOf(more, about));
  return at;
}

describe.each(EVALUATORS)('what is served, asked of %s', (_, askOf) => {
  const french = { targetingKey: 'u0', country: 'FR' };
  const german = { targetingKey: 'u0', country: 'DE' };
  const to100: readonly ReturnType<typeof share>[] = [share(100)];

  it.each<[string, (at: Desk) => unknown, object, string]>([
    ['the default', () => 0, german, 'off'],
    ['a ramp at 100 %', (at) => at.ramp('f', to100), german, 'on'],
    ['a ramp at 100 %, without a key', (at) => at.ramp('f', to100), NOBODY, 'on'],
    ['a ramp at 0 %', (at) => at.ramp('f', [share(0)]), german, 'off'],
    ['a ramp at 99.999 %, without a key', (at) => at.ramp('f', [share(99.999)]), NOBODY, 'off'],
    ['a ramp at 99.999 %, with an empty key', (at) => at.ramp('f', [share(99.999)]), { targetingKey: '' }, 'off'],
    ['a ramp of nobody', (at) => at.ramp('f', []), german, 'off'],
    ['a segment, in it', (at) => at.ramp('f', [inSegment('french')]), french, 'on'],
    ['a segment, in it, without a key', (at) => at.ramp('f', [inSegment('french')]), { country: 'FR' }, 'on'],
    ['a segment, not in it', (at) => at.ramp('f', [inSegment('french')]), german, 'off'],
    ['all of a segment, in it', (at) => at.ramp('f', [share(100, 'french')]), french, 'on'],
    ['all of a segment, not in it', (at) => at.ramp('f', [share(100, 'french')]), german, 'off'],
    ['a rule', (at) => at.ramp('f', [{ kind: 'rule', name: 'de', rule: { '!': FRENCH } }]), german, 'on'],
    ['a kill over a ramp', (at) => [at.ramp('f', to100), at.kill('f')], german, 'off'],
    [
      'a kill lifted',
      (at) => [at.ramp('f', to100), at.kill('f'), at.change({ kind: 'unkill', flag: 'f', reason: 'x' })],
      german,
      'off',
    ],
    ['own targeting, met', (at) => at.define('f', flagOf({ targeting: PRO })), { plan: 'pro' }, 'on'],
    [
      'own targeting under a ramp',
      (at) => [at.define('f', flagOf({ targeting: PRO })), at.ramp('f', [inSegment('french')])],
      { plan: 'pro' },
      'on',
    ],
    [
      'a ramp over own targeting',
      (at) => [at.define('f', flagOf({ targeting: PRO })), at.ramp('f', [inSegment('french')])],
      french,
      'on',
    ],
    [
      'targeting that gives null under a ramp',
      (at) => [at.define('f', flagOf({ targeting: { if: [false, 'on'] } })), at.ramp('f', [inSegment('french')])],
      german,
      'off',
    ],
    ['no default', (at) => at.define('f', flagOf({ defaultVariant: null })), german, 'default'],
    [
      'no default, out of a ramp',
      (at) => [at.define('f', flagOf({ defaultVariant: null })), at.ramp('f', [inSegment('french')])],
      german,
      'default',
    ],
    ['empty targeting', (at) => at.define('f', flagOf({ targeting: {} })), german, 'off'],
    ['DISABLED', (at) => at.define('f', flagOf({ state: 'DISABLED' })), german, 'default'],
    ['DISABLED and killed', (at) => [at.define('f', flagOf({ state: 'DISABLED' })), at.kill('f')], german, 'off'],
  ])('%s', (_name, act, context, expected) => {
    const at = desk();
    act(at);
    expect(askOf(at)('f', context as never)).toBe(expected);
  });

  it.each<[string, Parameters<typeof flagOf>[0], (at: Desk) => unknown]>([
    ['by its default', {}, () => 0],
    ['by a rule', { targeting: PRO }, () => 0],
    ['by a share in shorthand', { targeting: FIFTY }, () => 0],
    [
      'by a share of weights that are worked out',
      {
        targeting: {
          fractional: [
            ['on', { '+': [20, 20] }],
            ['off', 60],
          ],
        },
      },
      () => 0,
    ],
    [
      'by a share of its own text',
      { targeting: { fractional: [{ cat: ['x', { var: 'targetingKey' }] }, ['on', 1], ['off', 1]] } },
      () => 0,
    ],
    ['by its key', { targeting: { if: [{ ends_with: [{ var: '$flagd.flagKey' }, 'f'] }, 'on', 'off'] } }, () => 0],
    ['by nulls', { targeting: { if: [FRENCH, null, 'on'] }, defaultVariant: 'on' }, () => 0],
    [
      'by a bare condition',
      { variants: { true: true, false: false }, defaultVariant: 'false', targeting: FRENCH },
      () => 0,
    ],
    ['by a choice without an end', { targeting: { if: [FRENCH, 'on'] } }, () => 0],
    [
      'by a chain of choices',
      { targeting: { if: [FRENCH, 'on', { '==': [{ var: 'plan' }, 'pro'] }, 'off', FIFTY] } },
      () => 0,
    ],
    ['by a variable', { targeting: { var: 'choice' }, defaultVariant: 'on' }, () => 0],
    ['by nothing', { defaultVariant: null }, () => 0],
    ['ramping', {}, (at) => at.launchRamp('f', [share(30), share(50, 'french')])],
    ['ramping over a share', { targeting: FIFTY }, (at) => at.launchRamp('f', [share(30)])],
    ['at 100 %', {}, (at) => at.launchRamp('f', [share(100)])],
    ['killed', { defaultVariant: 'on' }, (at) => at.kill('f')],
    ['DISABLED', { defaultVariant: 'on', state: 'DISABLED' }, () => 0],
  ])('a prerequisite %s holds for whom the other flag serves the variant', (_name, more, act) => {
    const at = desk(more);
    act(at);
    const names = Object.keys(more?.variants ?? { on: 1, off: 0 });
    for (const name of names) {
      at.define(`needs-${name}`, flagOf({ defaultVariant: 'on' }, { requires: `f=${name}` }));
      at.define(`chain-${name}`, flagOf({ targeting: PRO, defaultVariant: 'on' }, { requires: `needs-${name}=on` }));
    }
    const ask = askOf(at);
    for (const person of PEOPLE) {
      const got = ask('f', person);
      for (const name of names) {
        const met = got === name;
        expect(ask(`needs-${name}`, person)).toBe(met ? 'on' : 'off');
        expect(ask(`chain-${name}`, person)).toBe(met && person['plan'] === 'pro' ? 'on' : 'off');
      }
    }
  });

  it('a share of a segment within others', () => {
    const at = desk();
    at.segment('half', FIFTY);
    at.segment('chosen', { and: [{ $ref: 'french' }, { '==': [{ $ref: 'half' }, 'on'] }] });
    at.define('uses', flagOf({ targeting: { if: [{ $ref: 'chosen' }, 'on', 'off'] } }));
    at.define('needs', flagOf({ defaultVariant: 'on' }, { requires: 'uses=on' }));
    const ask = askOf(at);
    const on = PEOPLE.filter((person) => ask('uses', person) === 'on');
    expect(on.length).toBeGreaterThan(60);
    expect(on.length).toBeLessThan(140);
    expect(PEOPLE.filter((person) => ask('needs', person) === 'on')).toEqual(on);
  });
});

describe('under v3', () => {
  it.each<[string, Json]>([
    ['shorthand', FIFTY],
    ['a text of its own', { fractional: [{ var: 'targetingKey' }, ['on', 1], ['off', 1]] }],
  ])('a prerequisite agrees with the other flag: %s', (_, targeting) => {
    const at = new Desk('v3');
    at.define('f', flagOf({ targeting }));
    at.define('needs', flagOf({ defaultVariant: 'on' }, { requires: 'f=on' }));
    const ask = asking(at.set);
    for (const person of PEOPLE) expect(ask('needs', person)).toBe(ask('f', person));
    expect(new Set(PEOPLE.map((person) => ask('f', person)))).toEqual(new Set(['on', 'off']));
  });

  it('cohorts grow', () => {
    const at = new Desk('v3');
    at.define('f');
    let before = new Set<unknown>();
    for (const percent of [0.5, 5, 25, 50, 99, 100]) {
      at.launchRamp('f', [share(percent)]);
      const ask = asking(at.set);
      const now = new Set(PEOPLE.filter((person) => ask('f', person) === 'on'));
      expect([...before].every((person) => now.has(person as never))).toBe(true);
      before = now;
    }
    expect(before.size).toBe(PEOPLE.length);
  });
});

describe('the served JSON', () => {
  it("leaves out what is Slipway's, and keeps the rest", () => {
    const at = desk({}, { ticket: 'A-1', off: 'off', requires: '' });
    expect(servedDefinition(at.set)).toEqual({
      flags: {
        f: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off', metadata: { ticket: 'A-1' } },
      },
      $evaluators: { french: FRENCH },
    });
    expect(servedDefinition(emptyFlagSet())).toEqual({ flags: {} });
  });

  it('is the same after the set is folded anew, and shares what did not change', () => {
    const at = desk({ targeting: PRO });
    at.define('g', flagOf({}, { requires: 'f=on' }));
    at.define('h');
    at.launchRamp('h', [share(10), inSegment('french')]);
    const first = servedDefinition(at.set);
    expect(JSON.stringify(servedDefinition(evolveAll(emptyFlagSet(), at.log)))).toBe(JSON.stringify(first));
    at.kill('h');
    const second = servedDefinition(at.set);
    expect(second.flags['f']).toBe(first.flags['f']);
    expect(second.flags['g']).toBe(first.flags['g']);
    expect(second.flags['h']).not.toBe(first.flags['h']);
    at.kill('f');
    expect([second.flags['g']?.targeting, servedDefinition(at.set).flags['g']?.targeting]).toEqual([
      expect.anything(),
      undefined,
    ]);
  });

  it('follows a segment that a required flag takes its key into', () => {
    const at = desk();
    at.segment('half', FIFTY);
    at.define('uses', flagOf({ targeting: { $ref: 'half' } }));
    at.define('needs', flagOf({ defaultVariant: 'on' }, { requires: 'uses=on' }));
    servedDefinition(at.set);
    at.segment('half', PRO);
    const ask = createFlagEvaluator(servedDefinition(at.set), { bucketing: 'v2' });
    expect(ask.evaluate('needs', { targetingKey: 'x', plan: 'pro' }, 0)).toMatchObject({ variant: 'on' });
    expect(ask.evaluate('needs', { targetingKey: 'x', plan: 'free' }, 0)).toMatchObject({ variant: 'off' });
  });
});
