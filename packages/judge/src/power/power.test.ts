import { describe, expect, test } from 'vitest';
import { DEFAULT_DESIGN, REFERENCE_DESIGN } from '../sequential/kernel/design.ts';
import { powerOf } from './power.ts';
import type { ComparedShare, HeldShare, PowerQuestion } from './question.ts';
import { quantile, simulated } from './testing/simulated.ts';

const STRICT = { ratio: 1, points: 0 };
const USUAL = { ratio: 1.1, points: 0.001 };
const HOUR = 3_600_000;

const QUESTION: PowerQuestion = {
  perSecond: 50,
  shares: [{ weight: 25, hold: 2 * HOUR }],
  warmUp: 0,
  usual: 0.003,
  sought: 0.01,
  margin: USUAL,
  alpha: 0.01,
  dispersion: 1,
  leastBad: 3,
  every: 1_000,
  design: REFERENCE_DESIGN,
};

function sharesOf(question: PowerQuestion): readonly ComparedShare[] {
  return powerOf(question).flatMap((share) => (share.kind === 'compared' ? [share] : []));
}

function shareOf(question: PowerQuestion, index = 0): ComparedShare {
  const share = sharesOf(question)[index];
  if (share === undefined) throw new Error('this share is compared with nothing');
  return share;
}

/** One share of a traffic: requests a second, per cent, the new version's and the old one's bad answers. */
const cell = (
  perSecond: number,
  weight: number,
  [sought, usual]: readonly [number, number],
): Partial<PowerQuestion> => ({
  perSecond,
  shares: [{ weight, hold: 2 * HOUR }],
  sought,
  usual,
});

const LAUNCHES = 300;
/**
 * Part by which a predicted time may be off: the largest difference seen is an eighth, the simulated median itself is uncertain by a
 * twentieth. Beside it a second, for that is how often one looks.
 */
const OFF = 0.2;
/** Where bad answers come in clusters. */
const OFF_IN_CLUSTERS = 0.25;

describe('the time that it takes is what simulation takes, in half and in nine tenths of launches', () => {
  test.each<[string, Partial<PowerQuestion>]>([
    ['twice as bad, no margin', { ...cell(500, 5, [0.006, 0.003]), margin: STRICT }],
    ['five times as bad, no margin', { ...cell(500, 5, [0.015, 0.003]), margin: STRICT }],
    ['five points worse, no margin', { ...cell(500, 5, [0.053, 0.003]), margin: STRICT }],
    ['nothing answers', { ...cell(500, 5, [1, 0.003]), margin: STRICT }],
    ['1 % against 0.3 %', cell(500, 5, [0.01, 0.003])],
    ['five times as bad', cell(500, 5, [0.015, 0.003])],
    ['at little traffic', cell(50, 5, [0.01, 0.003])],
    ['at a quarter', cell(50, 25, [0.01, 0.003])],
    ['at a half', cell(50, 50, [0.01, 0.003])],
    ['at a half, twice as bad, no margin', { ...cell(500, 50, [0.006, 0.003]), margin: STRICT }],
    ['at nine tenths', cell(50, 90, [0.03, 0.01])],
    ['at much traffic', { ...cell(2_000, 10, [0.004, 0.002]), margin: STRICT }],
    ['at two requests a second', cell(2, 50, [0.1, 0.01])],
    ['a tenth of the answers is bad already', { ...cell(200, 5, [0.2, 0.1]), margin: STRICT }],
    ['one false alarm in twenty', { ...cell(500, 5, [0.006, 0.003]), margin: STRICT, alpha: 0.05 }],
    ['one false alarm in a thousand', { ...cell(500, 5, [0.01, 0.003]), alpha: 0.001 }],
    ['looked at every ten seconds', { ...cell(50, 25, [0.01, 0.003]), every: 10_000 }],
    ['with other bets', { ...cell(50, 25, [0.01, 0.003]), design: DEFAULT_DESIGN }],
    ['with other bets, far worse', { ...cell(50, 5, [0.1, 0.003]), design: DEFAULT_DESIGN }],
    ['in clusters of four', { ...cell(100, 25, [0.02, 0.003]), dispersion: 4 }],
    ['in clusters of three, few of them', { ...cell(50, 5, [0.1, 0.003]), dispersion: 3 }],
  ])('%s', (_, changes) => {
    const question = { ...QUESTION, ...changes };
    const found = simulated({ question, launches: LAUNCHES, seed: 1 });
    const { seconds } = shareOf(question);
    const off = question.dispersion > 1 ? OFF_IN_CLUSTERS : OFF;
    for (const [predicted, part] of [
      [seconds.half, 0.5],
      [seconds.most, 0.9],
    ] as const) {
      const measured = quantile(found, part);
      expect(measured).toBeLessThan(Infinity);
      expect(Math.abs((predicted ?? Infinity) - measured)).toBeLessThanOrEqual(
        Math.max(question.every / 1_000, off * measured),
      );
    }
  });
});

/** Part of launches: three standard errors of it, and what the prediction may be off. */
const CHANCE_OFF = 0.12;

function foundIn(question: PowerQuestion, sound = 0): readonly number[] {
  return simulated({ question, launches: LAUNCHES, seed: 2, sound });
}

const partOf = (found: readonly number[]): number => found.filter(Number.isFinite).length / found.length;

describe('within a hold', () => {
  const HOLD = 450_000;
  const question = { ...QUESTION, shares: [{ weight: 10, hold: HOLD }] };

  test.each([
    ['half', 0.5],
    ['most', 0.9],
  ] as const)('the smallest share that is found in %s of launches is', (asked, part) => {
    const sought = shareOf(question).finds[asked] ?? Number.NaN;
    expect(Math.abs(partOf(foundIn({ ...question, sought })) - part)).toBeLessThan(CHANCE_OFF);
  });

  test('the weight that is needed does', () => {
    const weight = shareOf(question).weightNeeded ?? Number.NaN;
    expect(weight).toBeGreaterThan(10);
    const found = foundIn({ ...question, shares: [{ weight, hold: HOLD }] });
    expect(Math.abs(partOf(found) - 0.9)).toBeLessThan(CHANCE_OFF);
  });

  test('the chance is that of simulation', () => {
    const { chance } = shareOf({ ...question, sought: 0.012 });
    expect(chance.after).toBeGreaterThan(0.3);
    expect(chance.after).toBeLessThan(0.95);
    expect(Math.abs(partOf(foundIn({ ...question, sought: 0.012 })) - chance.after)).toBeLessThan(CHANCE_OFF);
  });
});

describe('a share after others', () => {
  const shares: readonly HeldShare[] = [
    { weight: 5, hold: 600_000 },
    { weight: 25, hold: 2 * HOUR },
  ];
  const question = { ...QUESTION, shares };

  test('goes on from their evidence', () => {
    const { seconds, chance } = shareOf(question, 1);
    const found = foundIn(question);
    const inFirst = found.filter((second) => second <= 600).length / found.length;
    expect(Math.abs(inFirst - chance.before)).toBeLessThan(CHANCE_OFF);
    const measured = quantile(found, 0.5) - 600;
    expect(Math.abs((seconds.half ?? Infinity) - measured)).toBeLessThanOrEqual(OFF * measured);
    expect(seconds.half).toBeLessThan(shareOf({ ...question, shares: shares.slice(1) }).seconds.half ?? 0);
  });

  test('takes longer where the harm only begins with it', () => {
    const { secondsIfNew, seconds } = shareOf(question, 1);
    const measured = quantile(foundIn(question, 1), 0.5) - 600;
    expect(Math.abs((secondsIfNew ?? Infinity) - measured)).toBeLessThanOrEqual(OFF * measured);
    expect(secondsIfNew).toBeGreaterThan(seconds.half ?? Infinity);
  });

  test('has nothing left to find where they found it', () => {
    const [first, second] = sharesOf({ ...question, sought: 0.2 });
    expect(first?.seconds.half).toBeGreaterThan(0);
    expect(second).toMatchObject({ seconds: { half: 0, most: 0 } });
  });
});

test('nothing is compared while all traffic is on the new version', () => {
  const shares = [{ weight: 100, hold: 60_000 }];
  expect(powerOf({ ...QUESTION, shares })).toEqual([{ kind: 'alone', weight: 100, hold: 60_000, requests: 3_000 }]);
});

test('clusters of four are worth a quarter of the answers', () => {
  const [single, clustered] = [shareOf(QUESTION), shareOf({ ...QUESTION, perSecond: 200, dispersion: 4 })];
  expect({ ...clustered, requests: single.requests }).toEqual({
    ...single,
    chance: { before: 0, after: expect.closeTo(single.chance.after, 9) as number },
    finds: {
      half: expect.closeTo(single.finds.half ?? 0, 9) as number,
      most: expect.closeTo(single.finds.most ?? 0, 9) as number,
    },
    weightNeeded: expect.closeTo(single.weightNeeded ?? 0, 9) as number,
  });
});

test('the warm-up counts for nothing, and for its time', () => {
  const [cold, warm] = [60_000, 0].map((warmUp) => shareOf({ ...QUESTION, warmUp }));
  expect(cold?.seconds.half).toBe((warm?.seconds.half ?? 0) + 60);
  expect(shareOf({ ...QUESTION, warmUp: 3 * HOUR }).chance.after).toBe(0);
});

test.each<[string, Partial<PowerQuestion>]>([
  ['no traffic', { perSecond: 0 }],
  ['no time', { shares: [{ weight: 5, hold: 0 }] }],
  ['a margin that allows everything', { margin: { ratio: 1, points: 1 } }],
  ['a margin that allows what is sought', { sought: 0.004 }],
])('with %s nothing is found', (_, changes) => {
  expect(shareOf({ ...QUESTION, ...changes })).toMatchObject({ chance: { before: 0 }, weightNeeded: null });
  expect(shareOf({ ...QUESTION, ...changes }).chance.after).toBeLessThan(0.05);
});

test('an old version that never fails is no obstacle', () => {
  const { chance, finds } = shareOf({ ...QUESTION, usual: 0, margin: STRICT });
  expect(chance.after).toBeGreaterThan(0.99);
  expect(finds.most).toBeGreaterThan(0);
});
