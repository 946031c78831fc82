import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFlags } from './decide-flags.ts';
import { emptyFlagSet } from './empty-flag-set.ts';
import { evolveAll } from './evolve-flags.ts';
import type { FlagChange, FlagCommand } from './flag-command.ts';
import type { Audience, ScheduledChange } from './flag-record.ts';
import { asking, askingFlagd, people } from './testing/asked.ts';
import { ANN, BOB, CLOCK, Desk, flagOf, inSegment, share, START } from './testing/desk.ts';

const PEOPLE = people(300);
const FRENCH = { '==': [{ var: 'country' }, 'FR'] };
const PRO = { '==': [{ var: 'plan' }, 'pro'] };

const percent = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1_000);
const growing = fc.array(fc.tuple(percent, percent, fc.boolean()), { minLength: 1, maxLength: 6 }).map((drawn) => {
  const of = (index: 0 | 1): readonly number[] => drawn.map((each) => each[index]).toSorted((a, b) => a - b);
  const from = drawn.findIndex(([, , joins]) => joins);
  return of(0).map((all, i): readonly Audience[] => {
    const french = share(of(1)[i] ?? 100, 'french');
    return [share(all), french, ...(from >= 0 && i >= from ? [inSegment('pro')] : [])];
  });
});

function desk(): Desk {
  const at = new Desk();
  at.segment('french', FRENCH);
  at.segment('pro', PRO);
  at.define(
    'a',
    flagOf({
      targeting: {
        fractional: [
          ['on', 1],
          ['off', 9],
        ],
      },
    }),
  );
  at.define('b', flagOf({ defaultVariant: 'on' }, { requires: 'a=on' }));
  at.define('c', flagOf({ defaultVariant: 'on' }, { requires: 'b=on,a=on' }));
  return at;
}

function reached(at: Desk, flag = 'a'): ReadonlySet<unknown> {
  const ask = asking(at.set);
  return new Set(PEOPLE.filter((person) => ask(flag, person) === 'on'));
}

describe('over any growing ramp', () => {
  it('a cohort only grows, and is the same after the set is folded anew', () => {
    fc.assert(
      fc.property(growing, (steps) => {
        const at = desk();
        let before = reached(at);
        for (const audience of steps) {
          at.launchRamp('a', audience);
          const now = reached(at);
          expect([...before].filter((person) => !now.has(person))).toEqual([]);
          at.set = evolveAll(emptyFlagSet(), at.log);
          expect(reached(at)).toEqual(now);
          before = now;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a kill gives the off variant to everybody, and prerequisites agree with the other flag; flagd says the same', () => {
    fc.assert(
      fc.property(growing, fc.boolean(), (steps, kills) => {
        const at = desk();
        for (const audience of steps) at.launchRamp('a', audience);
        if (kills) at.kill('a');
        const ask = asking(at.set);
        const flagd = askingFlagd(at.set);
        for (const person of [...PEOPLE.slice(0, 60), {}, { targetingKey: '' }, { targetingKey: 'x y', plan: null }]) {
          const a = ask('a', person);
          expect(kills ? a : 'off').toBe('off');
          expect([ask('b', person), ask('c', person)]).toEqual([a, a]);
          expect(['a', 'b', 'c'].map((flag) => flagd(flag, person))).toEqual([a, a, a]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("each step is a person's too: joined audiences never lose anybody", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom<Audience>(share(5), share(20), share(7, 'french'), share(60, 'pro'), inSegment('pro')),
        ),
        (asked) => {
          const at = desk();
          let before = reached(at);
          for (const audience of asked) {
            at.ramp('a', [audience]);
            const now = reached(at);
            expect([...before].every((person) => now.has(person))).toBe(true);
            before = now;
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a share', () => {
  it.each([0.5, 5, 25, 50, 90])('of %d % is that large', (asked) => {
    const at = new Desk();
    at.define('sized');
    at.launchRamp('sized', [share(asked)]);
    const ask = asking(at.set);
    const count = people(20_000).filter((person) => ask('sized', person) === 'on').length;
    // Five standard deviations of 20,000 draws; the ids are fixed.
    const spread = 5 * Math.sqrt(20_000 * (asked / 100) * (1 - asked / 100));
    expect(Math.abs(count - 200 * asked)).toBeLessThan(spread);
  });
});

describe('cohorts of two flags at half', () => {
  /** Chi-square of the fourfold table of who has which; 1 degree of freedom. */
  function chiSquare(cohorts: readonly [string, string]): number {
    const at = new Desk();
    for (const [index, flag] of ['one', 'two'].entries()) {
      at.define(flag);
      at.launchRamp(flag, [share(50)], { cohort: cohorts[index] ?? '' });
    }
    const ask = asking(at.set);
    const table = [0, 0, 0, 0];
    const asked = people(4_000);
    for (const person of asked) {
      const cell = (ask('one', person) === 'on' ? 2 : 0) + (ask('two', person) === 'on' ? 1 : 0);
      table[cell] = (table[cell] ?? 0) + 1;
    }
    const [a = 0, b = 0, c = 0, d = 0] = table;
    return (asked.length * (a * d - b * c) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d));
  }

  it('are independent', () => {
    // 15.1 is passed by chance once in 10,000; the ids are fixed, so it is passed always or never.
    for (const pair of [
      ['one', 'two'],
      ['checkout', 'checkout-2'],
      ['a', 'b'],
    ] as const)
      expect(chiSquare(pair)).toBeLessThan(15.1);
  });

  it('are the same where they are linked', () => expect(chiSquare(['shared', 'shared'])).toBeCloseTo(4_000));
});

const flag = fc.constantFrom('a', 'b', 'c', 'new', 'gone', '__proto__');
const reason = fc.constantFrom('', 'why', 'x'.repeat(2_000));
const audience = fc.array(
  fc.oneof(
    fc.constantFrom<Audience>(inSegment('french'), inSegment('none'), { kind: 'rule', name: 'r', rule: PRO }),
    fc.constantFrom(5, 10, 50, 100, -1, 0.12345, Number.NaN, Number.POSITIVE_INFINITY).map((each) => share(each)),
  ),
  { maxLength: 3 },
);
const ramp = fc.record({
  variant: fc.constantFrom('on', 'off', 'x', ''),
  cohort: fc.constantFrom('a', 'q', ''),
  audience,
});
const definition = fc.constantFrom(
  flagOf(),
  flagOf({ state: 'DISABLED' }),
  flagOf({ variants: { x: 'x' } }, { off: 'x' }),
  flagOf({ defaultVariant: null }, { requires: 'c=on' }),
  flagOf({ targeting: { if: [{ $ref: 'pro' }, 'on'] } }),
  flagOf({}, { type: 'none' }),
);
const scheduled = fc.record({
  id: fc.constantFrom('s1', 's2', 's3', ''),
  flag,
  at: fc.integer({ min: START - 5, max: START + 50 }),
  change: fc.oneof<fc.Arbitrary<ScheduledChange>[]>(
    ramp.map((each) => ({ kind: 'ramp', ramp: each })),
    reason.map((each) => ({ kind: 'kill', reason: each })),
    definition.map((each) => ({ kind: 'define', definition: each })),
    fc.constant({ kind: 'end-ramp' }),
  ),
});
const change = fc.oneof<fc.Arbitrary<FlagChange>[]>(
  fc.record({ kind: fc.constant('define'), flag, definition }),
  fc.record({ kind: fc.constant('remove'), flag }),
  fc.record({ kind: fc.constant('end-ramp'), flag }),
  fc.record({ kind: fc.constant('unkill'), flag, reason }),
  fc.record({ kind: fc.constant('ramp'), flag, ramp }),
  fc.record({ kind: fc.constant('schedule'), scheduled: fc.array(scheduled, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('remove-segment'), segment: fc.constantFrom('french', 'pro', 'none') }),
  fc.record({
    kind: fc.constant('define-segment'),
    segment: fc.constantFrom('french', 'new'),
    rule: fc.constantFrom(FRENCH, { $ref: 'new' }),
  }),
  fc.record({
    kind: fc.constant('apply'),
    origin: fc.constantFrom({ kind: 'server' } as const, { kind: 'file', file: 'f.json' } as const),
    flags: fc.dictionary(flag, definition, { maxKeys: 3 }),
    segments: fc.constantFrom({}, { pro: PRO }),
  }),
);
const launch = fc.constantFrom(null, { id: 'l1', step: 's' }, { id: 'l2', step: 's' });
const id = fc.constantFrom('p1', 'p2', 's1', 's2');
const command = fc.oneof<fc.Arbitrary<FlagCommand>[]>(
  { arbitrary: fc.record({ type: fc.constant('change'), id, change, reason }), weight: 6 } as never,
  fc.record({ type: fc.constant('approve'), id }),
  fc.record({ type: fc.constant('reject'), id, reason }),
  fc.record({ type: fc.constant('kill'), flag, reason, launch: fc.constantFrom(null, 'l1') }),
  fc.record({
    type: fc.constant('launch-ramp'),
    flag,
    ramp: fc.tuple(ramp, launch).map(([each, by]) => ({ ...each, launch: by })),
  }),
  fc.record({ type: fc.constant('cancel-schedule'), id, reason }),
  fc.constant({ type: 'run-due' }),
  fc.constantFrom<FlagCommand>(
    { type: 'set-policy', policy: { approvals: 1, channels: {}, language: 'en' } },
    { type: 'set-policy', policy: { approvals: 0, channels: {}, language: 'fr' } },
  ),
);

describe('any commands in any order', () => {
  it('never throw, leave no event where they are rejected, and keep the set sound', () => {
    const orders = fc.array(fc.tuple(command, fc.constantFrom(ANN, BOB, CLOCK), fc.nat({ max: 20 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(orders, (drawn) => {
        const at = desk();
        for (const [each, actor, passed] of drawn) {
          at.now += passed;
          const before = at.set;
          const said = at.do(each, actor);
          expect(at.set === before).toBe(said.includes(':') || said === '');
        }
        for (const { key, about, definition: kept, ramp: running } of at.set.flags.values()) {
          expect(Object.keys(kept.variants)).toContain(about.off);
          for (const other of about.requires)
            expect(Object.keys(at.set.flags.get(other.flag)?.definition.variants ?? {})).toContain(other.variant);
          expect(Object.keys(kept.variants)).toContain(running?.variant ?? about.off);
          expect(key).not.toBe('__proto__');
        }
        const [ask, flagd] = [asking(at.set), askingFlagd(at.set)];
        for (const person of PEOPLE.slice(0, 4)) {
          for (const key of at.set.flags.keys()) {
            expect(ask(key, person)).not.toContain('error');
            expect(flagd(key, person)).toBe(ask(key, person));
          }
        }
        expect(evolveAll(emptyFlagSet(), at.log)).toEqual(at.set);
      }),
      { numRuns: 150 },
    );
  });

  it('are decided the same each time', () => {
    fc.assert(
      fc.property(command, (drawn) => {
        const { set } = desk();
        const asked = { actor: ANN, now: START };
        expect(decideFlags(set, drawn, asked)).toEqual(decideFlags(set, drawn, asked));
      }),
    );
  });
});
