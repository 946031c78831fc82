import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../../bench/flags/evaluator/agreement.ts';
import { turned } from '../../../bench/flags/evaluator/evaluator-part.ts';
import { findingsOf, type Measured, type Rounds } from '../../../bench/flags/evaluator/findings.ts';
import { COUNTRIES, drawnPeople } from '../../../bench/flags/evaluator/people.ts';
import { DEFINITION, type Question, RULE, SHARE } from '../../../bench/flags/evaluator/questions.ts';
import type { OpenSide } from '../../../bench/flags/evaluator/side.ts';
import { SIDE_NAMES, SIDES } from '../../../bench/flags/evaluator/sides.ts';
import { isMet } from '../../../bench/report/result.ts';

describe('the people', () => {
  test('are the same ones each time, and half of them live where the rule is', () => {
    const people = drawnPeople(2_000);
    expect(drawnPeople(2_000)).toEqual(people);
    expect(new Set(people.map(({ key }) => key)).size).toBe(2_000);
    const named = people.filter(({ country }) => RULE.some((each) => each === country)).length;
    expect(named / 2_000).toBeCloseTo(RULE.length / COUNTRIES.length, 1);
  });
});

describe('every side', () => {
  const people = drawnPeople(2_000);
  const expected = { plain: [1, 1], rollout: [0.105, 0.145] } as const;

  test.each(SIDE_NAMES.flatMap((name) => [[name, 'plain'] as const, [name, 'rollout'] as const]))(
    '%s gives %s to as many as it should',
    async (name, question: Question) => {
      const open: OpenSide = await SIDES[name].open();
      const share = (await (await open(people)).ask(question)) / people.length;
      const [least, most] = expected[question];
      expect(share).toBeGreaterThanOrEqual(least);
      expect(share).toBeLessThanOrEqual(most);
    },
  );
});

describe('the agreement with flagd-core', () => {
  const people = drawnPeople(300);

  test('holds for each of the people', () => {
    expect(agreementOf(DEFINITION, people)).toEqual({ answers: 600, alike: 600, first: null });
  });

  test('says who is answered in another way', () => {
    const doubled = { ...DEFINITION.flags.plain, variants: { on: 'yes', off: 'no' } };
    const { alike, first } = agreementOf({ flags: { plain: doubled } }, people);
    // flagd-core gives no text where a boolean is asked for.
    expect(alike).toBe(0);
    expect(first).toContain(`plain for ${people[0]?.key}`);
  });
});

describe('the findings', () => {
  const rounds = (side: Rounds['side'], ...nanoseconds: readonly number[]): Rounds => ({
    side,
    label: side,
    answered: nanoseconds.map((each) => ({ nanoseconds: each, on: SHARE })),
  });
  const slow = [rounds('flagd', 90, 100, 110), rounds('growthbook', 400, 500)];
  const measured = (own: number): Measured => ({
    plain: [rounds('slipway', own), ...slow],
    rollout: [rounds('slipway', own), ...slow],
  });
  const alike = { answers: 10, alike: 10, first: null };

  test.each([
    [33, true],
    [34, false],
  ])('%d ns beside the fastest of the others at 100 ns: met is %s', (own, met) => {
    const { goals } = findingsOf(measured(own), 100, alike);
    expect(goals.map(isMet)).toEqual([met, met, true]);
    expect(goals[0]?.measured).toBeCloseTo(100 / own);
  });

  test('one answer that flagd-core does not give is one too many', () => {
    expect(findingsOf(measured(10), 100, { ...alike, alike: 9 }).goals.map(isMet)).toEqual([true, true, false]);
  });

  test('a row has the median, the least and the most, how many times as fast, and the share of people', () => {
    const [plain] = findingsOf(measured(50), 100, alike).tables;
    expect(plain?.rows.find(({ label }) => label === 'slipway')?.figures).toEqual([50, 50, 50, 2, SHARE]);
    expect(plain?.rows.find(({ label }) => label === 'flagd')?.figures).toEqual([100, 90, 110, 1, SHARE]);
  });

  test('without any other side there is no figure, and no goal that is met', () => {
    const alone = [rounds('slipway', 10)];
    expect(findingsOf({ plain: alone, rollout: alone }, 100, alike).goals.map(isMet)).toEqual([false, false, true]);
  });
});

test('the one that begins is another one each round', () => {
  expect([0, 1, 2, 3].map((by) => turned(['a', 'b', 'c'], by).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
});
