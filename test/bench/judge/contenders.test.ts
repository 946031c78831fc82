import type { Counts } from '@slipway/judge';
import { describe, expect, it } from 'vitest';
import { argoRollouts } from '../../../bench/judge/contenders/argo.ts';
import type { Contender } from '../../../bench/judge/contenders/contender.ts';
import { flagger } from '../../../bench/judge/contenders/flagger.ts';
import { isHigh, kayenta } from '../../../bench/judge/contenders/kayenta.ts';
import { isAboveZero, shiftOf } from '../../../bench/judge/contenders/mann-whitney.ts';
import { logRatioOf, msprt } from '../../../bench/judge/contenders/msprt.ts';
import { logRatio, oracle } from '../../../bench/judge/contenders/oracle.ts';
import { pooledZ, varianceOf, zOf } from '../../../bench/judge/contenders/pooled-z.ts';
import { slipway, STRICT } from '../../../bench/judge/contenders/slipway.ts';
import { MIDDLE } from '../../../bench/judge/grid.ts';
import { STEADY } from '../../../bench/judge/streams/pattern.ts';
import { times } from '../../../bench/judge/streams/regression.ts';

const counts = (newBad: number, newUnits: number, oldBad: number, oldUnits: number): Counts => ({
  newUnits,
  newBad,
  oldUnits,
  oldBad,
});

/** The look, 1 the first, at which it stops; null: at none of them. */
function stopOf(contender: Contender, looks: readonly Counts[]): number | null {
  const index = looks.findIndex((look) => contender.look(look));
  return index === -1 ? null : index + 1;
}

describe('the Mann-Whitney interval', () => {
  // 25 differences, spread sqrt(25/12 * 11) = 4.787: the end is number floor(12.5 - 0.5 - 2.326 * 4.787) = 0 of them.
  it('of five and five', () => {
    expect(shiftOf([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toEqual({ lower: 1, estimate: 5 });
  });

  // Spread without ties sqrt(30/12 * 14) = 5.916: number 0, which is 0.5. With 9 and 3 alike sqrt(30/12 * (14 - 744/156)) = 4.804: number 3.
  it('is narrower where values are tied', () => {
    expect(shiftOf([0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0])).toEqual({ lower: 1, estimate: 1 });
  });

  // 9 differences: floor(4.5 - 0.5 - 2.326 * 2.291) is below 0.
  it('begins with the smallest difference where there are too few', () => {
    expect(shiftOf([5, 6, 7], [1, 2, 3])).toEqual({ lower: 2, estimate: 4 });
  });

  it('is above zero exactly where its end is', () => {
    const other = [1, 2, 3, 4, 5, 6];
    for (let shift = -6; shift <= 12; shift += 0.5) {
      const sample = other.map((each) => each + shift);
      expect(isAboveZero(sample, other)).toBe(shiftOf(sample, other).lower > 0);
    }
  });
});

describe('Kayenta', () => {
  it.each([
    ['end 1 against 0.25 * 5', 0, false],
    ['end 2 against 0.25 * 6', 1, true],
    ['end -5 against nothing', -6, false],
  ])('%s', (_, shift, expected) => {
    const fresh = [6, 7, 8, 9, 10].map((each) => each + shift);
    expect(isHigh(fresh, [1, 2, 3, 4, 5])).toBe(expected);
  });

  it('looks in its minutes alone', () => {
    const minutes = Array.from({ length: 60 }, (_, minute) => counts(50 + minute, 100, minute, 1_000));
    expect(
      stopOf(
        kayenta((minute) => minute >= 3),
        minutes,
      ),
    ).toBe(3);
    expect(
      stopOf(
        kayenta((minute) => minute === 50),
        minutes,
      ),
    ).toBe(50);
  });
});

describe('thresholds', () => {
  const [good, bad] = [counts(1, 100, 0, 100), counts(2, 100, 0, 100)];

  it('Flagger stops at the fifth minute with less than 99 %, and forgets none', () => {
    expect(stopOf(flagger(), [bad, good, bad, good, good, bad, bad, good, bad, bad])).toBe(9);
    expect(stopOf(flagger(), [bad, bad, bad, bad, ...Array.from({ length: 60 }, () => good)])).toBe(null);
  });

  it('Argo Rollouts stops at the fourth minute with less than 95 %', () => {
    const [fine, worse] = [counts(5, 100, 0, 100), counts(6, 100, 0, 100)];
    expect(stopOf(argoRollouts(), [worse, fine, worse, worse, fine, worse])).toBe(6);
  });

  it('a minute without requests says nothing', () => {
    expect(
      stopOf(
        flagger(),
        Array.from({ length: 60 }, () => counts(0, 0, 0, 100)),
      ),
    ).toBe(null);
  });
});

describe('the pooled z', () => {
  // Share 0.075, variance 0.075 * 0.925 * (2/100) = 0.0013875, z = 0.05 / 0.037249.
  it('of 10 and 5 in a hundred', () => {
    expect(varianceOf(counts(10, 100, 5, 100))).toBeCloseTo(0.0013875, 12);
    expect(zOf(counts(10, 100, 5, 100))).toBeCloseTo(1.34231, 5);
  });

  it('counts from the beginning', () => {
    // z is 1.34 * sqrt(minutes): above 2.326 from the fourth on.
    expect(
      stopOf(
        pooledZ(),
        Array.from({ length: 9 }, () => counts(10, 100, 5, 100)),
      ),
    ).toBe(4);
  });

  it.each([counts(0, 100, 0, 100), counts(0, 0, 5, 100), counts(100, 100, 100, 100)])('of %j is 0', (given) => {
    expect(zOf(given)).toBe(0);
  });
});

describe('mSPRT', () => {
  // V = 0.015 * 0.985 * 0.002 = 2.955e-5, V + tau^2 = 5.455e-5; ln sqrt(2.955/5.455) + 2.5e-5 * 1e-4 / (2 * 2.955e-5 * 5.455e-5).
  it('of 20 and 10 in a thousand', () => {
    expect(logRatioOf(counts(20, 1_000, 10, 1_000), 0.005)).toBeCloseTo(-0.306516 + 0.775456, 5);
  });

  it('stops what is worse alone', () => {
    const better = Array.from({ length: 60 }, () => counts(10, 1_000, 100, 1_000));
    const worse = better.map((each) => counts(each.oldBad, each.newUnits, each.newBad, each.oldUnits));
    expect(stopOf(msprt(), better)).toBe(null);
    expect(stopOf(msprt(), worse)).toBe(1);
  });
});

describe('the oracle', () => {
  it.each([
    // 2 ln 2 + 98 ln(0.98/0.99)
    ['two of a hundred', { units: 100, bad: 2 }, 0.01, 0.02, 0.391365],
    // 5 ln 100
    ['an outage', { units: 5, bad: 5 }, 0.01, 1, 23.025851],
    ['nothing is wrong yet', { units: 5, bad: 5 }, 0.01, 0.01, 0],
  ])('%s', (_, given, sound, bad, expected) => {
    expect(logRatio(given, sound, bad)).toBeCloseTo(expected, 5);
  });

  it('stops at a likelihood ratio of 100', () => {
    const scene = { cell: { ...MIDDLE, base: 0.01 }, pattern: STEADY, regression: times(2) };
    // 0.391365 each: ln 100 = 4.60517 is passed with the twelfth.
    expect(
      stopOf(
        oracle(scene),
        Array.from({ length: 20 }, () => counts(2, 100, 0, 0)),
      ),
    ).toBe(12);
  });
});

it('Slipway stops an outage, and no version that is like the old one', () => {
  const start = (): Contender => slipway({ margin: STRICT, dispersion: 1 });
  expect(stopOf(start(), [counts(25, 25, 1, 475)])).toBe(1);
  expect(
    stopOf(
      start(),
      Array.from({ length: 600 }, () => counts(1, 100, 1, 100)),
    ),
  ).toBe(null);
});
