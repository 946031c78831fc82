import { describe, expect, test } from 'vitest';
import { DEFAULT_DESIGN } from '../sequential/kernel/design.ts';
import { powerOf } from './power.ts';
import type { HeldShare, PowerQuestion, WatchedShare } from './question.ts';
import { LATENCY, QUESTION, RULES, STRICT } from './testing/questions.ts';
import { quantile, simulated } from './testing/simulated.ts';

const HOUR = 3_600_000;

function sharesOf(question: PowerQuestion): readonly WatchedShare[] {
  return powerOf(question).flatMap((share) => (share.kind === 'alone' ? [] : [share]));
}

function shareOf(question: PowerQuestion, index = 0): WatchedShare {
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
    ['twice as bad, no margin', { ...cell(500, 5, [0.006, 0.003]), rules: STRICT }],
    ['five times as bad, no margin', { ...cell(500, 5, [0.015, 0.003]), rules: STRICT }],
    ['five points worse, no margin', { ...cell(500, 5, [0.053, 0.003]), rules: STRICT }],
    ['nothing answers', { ...cell(500, 5, [1, 0.003]), rules: STRICT }],
    ['1 % against 0.3 %', cell(500, 5, [0.01, 0.003])],
    ['five times as bad', cell(500, 5, [0.015, 0.003])],
    ['at little traffic', cell(50, 5, [0.01, 0.003])],
    ['at a quarter', cell(50, 25, [0.01, 0.003])],
    ['at a half', cell(50, 50, [0.01, 0.003])],
    ['at a half, twice as bad, no margin', { ...cell(500, 50, [0.006, 0.003]), rules: STRICT }],
    ['at nine tenths', cell(50, 90, [0.03, 0.01])],
    ['at much traffic', { ...cell(2_000, 10, [0.004, 0.002]), rules: STRICT }],
    ['at two requests a second', cell(2, 50, [0.1, 0.01])],
    ['a tenth of the answers is bad already', { ...cell(200, 5, [0.2, 0.1]), rules: STRICT }],
    ['one false alarm in twenty', { ...cell(500, 5, [0.006, 0.003]), rules: STRICT, alpha: 0.05 }],
    ['one false alarm in a thousand', { ...cell(500, 5, [0.01, 0.003]), alpha: 0.001 }],
    ['looked at every ten seconds', { ...cell(50, 25, [0.01, 0.003]), every: 10_000 }],
    ['with other bets', { ...cell(50, 25, [0.01, 0.003]), design: DEFAULT_DESIGN }],
    ['with other bets, far worse', { ...cell(50, 5, [0.1, 0.003]), design: DEFAULT_DESIGN }],
    ['in clusters of four', { ...cell(100, 25, [0.02, 0.003]), rules: { ...RULES, dispersion: 4 } }],
    ['in clusters of three, few of them', { ...cell(50, 5, [0.1, 0.003]), rules: { ...RULES, dispersion: 3 } }],
  ])('%s', (_, changes) => {
    const question = { ...QUESTION, ...changes };
    const found = simulated({ question, launches: LAUNCHES, seed: 1 });
    const { seconds } = shareOf(question);
    const off = question.rules.dispersion > 1 ? OFF_IN_CLUSTERS : OFF;
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

const SHAPE = { median: 60, spread: 0.7 };
const slow = (sought: number, [perSecond, weight]: readonly [number, number]): Partial<PowerQuestion> => ({
  perSecond,
  shares: [{ weight, hold: HOUR }],
  rules: LATENCY,
  usual: SHAPE,
  sought,
  design: DEFAULT_DESIGN,
});

const HIGHER = { ...RULES, better: 'higher', plus: 0 } as const;
const fewer = (sought: number, usual: number): Partial<PowerQuestion> => ({
  shares: [{ weight: 25, hold: 10 * HOUR }],
  rules: HIGHER,
  usual,
  sought,
});

/** Of latencies just above their margin it tells up to a quarter more than it takes: several quantiles show a little each. */
const OFF_IN_LATENCIES = 0.25;
/** Of limits, and of what is better when higher. */
const OFF_ELSEWHERE = 0.17;

describe('and so it is for other metrics', () => {
  test.each<[string, Partial<PowerQuestion>]>([
    ['twice as slow', slow(2, [50, 25])],
    ['half as slow again', slow(1.5, [50, 25])],
    ['half as slow again, no margin', { ...slow(1.5, [20, 25]), rules: { ...LATENCY, times: 1 } }],
    ['twice as slow, a twentieth', slow(2, [50, 5])],
    ['twice as slow, a margin in milliseconds', { ...slow(2, [50, 5]), rules: { ...LATENCY, plus: 20 } }],
    ['just above the margin', slow(1.35, [50, 50])],
    ['five times as slow, at little traffic', slow(5, [5, 10])],
    ['hardly spread', { ...slow(1.27, [100, 25]), usual: { median: 60, spread: 0.3 } }],
    ['three times as slow, in clusters of ten', { ...slow(3, [150, 10]), rules: { ...LATENCY, dispersion: 10 } }],
    ['over a limit alone', { ...slow(2, [50, 25]), rules: { ...LATENCY, times: 3, limit: 500 } }],
    ['2 % of what was 3 %', fewer(0.02, 0.03)],
    ['none of what was 3 %', fewer(0, 0.03)],
    ['a half of what were six tenths', fewer(0.5, 0.6)],
    ['fewer in clusters of two', { ...fewer(0.015, 0.03), rules: { ...HIGHER, dispersion: 2 } }],
    ['over a limit, within the margin', { rules: { ...RULES, times: 9, limit: 0.01 }, sought: 0.025 }],
    ['over a limit and beyond the margin', { rules: { ...RULES, limit: 0.01 }, sought: 0.03 }],
    [
      'over a limit with all traffic',
      { rules: { ...RULES, limit: 0.01 }, sought: 0.02, shares: [{ weight: 100, hold: HOUR }] },
    ],
  ])('%s', (_, changes) => {
    const question = { ...QUESTION, ...changes };
    const found = simulated({ question, launches: LAUNCHES, seed: 1 });
    const { seconds } = shareOf(question);
    const off = typeof question.usual === 'number' ? OFF_ELSEWHERE : OFF_IN_LATENCIES;
    for (const [predicted, part] of [
      [seconds.half, 0.5],
      [seconds.most, 0.9],
    ] as const) {
      const measured = quantile(found, part);
      expect(measured).toBeLessThan(Infinity);
      expect(Math.abs((predicted ?? Infinity) - measured)).toBeLessThanOrEqual(Math.max(2, off * measured));
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

test('what a limit finds with all traffic is its own, whatever was found before', () => {
  const shares = [
    { weight: 50, hold: HOUR },
    { weight: 100, hold: HOUR },
  ];
  const rules = { ...RULES, limit: 0.01 };
  const [beside, alone] = sharesOf({ ...QUESTION, shares, rules });
  expect(beside?.finds.most).toBeLessThan(0.01);
  expect(alone).toMatchObject({ kind: 'limited', chance: { before: beside?.chance.after }, weightNeeded: null });
  expect(alone?.finds.most).toBeGreaterThan(0.01);
});

test.each<[string, Partial<PowerQuestion>]>([
  ['a latency', slow(2, [50, 25])],
  ['what is better when higher', fewer(0.02, 0.03)],
])('the smallest harm of %s is found in as many launches', (_, changes) => {
  const question = { ...QUESTION, ...changes, shares: [{ weight: 25, hold: 300_000 }] };
  const sought = shareOf(question).finds.most ?? Number.NaN;
  const found = foundIn({ ...question, sought });
  expect(Math.abs(partOf(found) - 0.9)).toBeLessThan(CHANCE_OFF);
});

test('a quantile that too little traffic shows is not counted on', () => {
  // What 300 looks remember by half is fewer answers than the upper quantiles take.
  const { seconds } = shareOf({ ...QUESTION, ...slow(20, [0.1, 50]) });
  const { seconds: known } = shareOf({ ...QUESTION, ...slow(20, [1, 50]) });
  expect(seconds.half).toBeGreaterThan(10 * (known.half ?? Infinity));
});

test('nothing is compared while all traffic is on the new version', () => {
  const shares = [{ weight: 100, hold: 60_000 }];
  expect(powerOf({ ...QUESTION, shares })).toEqual([{ kind: 'alone', weight: 100, hold: 60_000, requests: 3_000 }]);
});

test('clusters of four are worth a quarter of the answers', () => {
  const [single, clustered] = [
    shareOf(QUESTION),
    shareOf({ ...QUESTION, perSecond: 200, rules: { ...RULES, dispersion: 4 } }),
  ];
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
  ['a margin that allows everything', { rules: { ...RULES, times: 1, plus: 1 } }],
  ['a margin that allows what is sought', { sought: 0.004 }],
])('with %s nothing is found', (_, changes) => {
  expect(shareOf({ ...QUESTION, ...changes })).toMatchObject({ chance: { before: 0 }, weightNeeded: null });
  expect(shareOf({ ...QUESTION, ...changes }).chance.after).toBeLessThan(0.05);
});

test('an old version that never fails is no obstacle', () => {
  const { chance, finds } = shareOf({ ...QUESTION, usual: 0, rules: STRICT });
  expect(chance.after).toBeGreaterThan(0.99);
  expect(finds.most).toBeGreaterThan(0);
});
