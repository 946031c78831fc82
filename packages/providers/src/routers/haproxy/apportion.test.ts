import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { apportion } from './apportion.ts';

/** [weight, number of instances] of v1, v2, ... */
type Shares = readonly (readonly [number, number])[];

function splitOf(shares: Shares): Pick<Split, 'backends'> {
  const backends = shares.map(([weight, instances], index) => {
    const addresses = Array.from({ length: instances }, (_, place) => `10.0.${index}.${place}:80`);
    return [`v${index + 1}`, { weight, addresses }] as const;
  });
  return { backends: Object.fromEntries(backends) };
}

function weightsOf(shares: Shares): readonly (readonly number[])[] {
  const weighed = apportion(splitOf(shares));
  return shares.map((_, index) =>
    weighed.filter(({ version }) => version === `v${index + 1}`).map(({ weight }) => weight),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('apportion', () => {
  it.each<[Shares, readonly (readonly number[])[]]>([
    [[[100, 1]], [[100]]],
    [[[100, 3]], [[100, 100, 100]]],
    [
      [
        [95, 1],
        [5, 1],
      ],
      [[190], [10]],
    ],
    [
      [
        [99, 1],
        [1, 1],
      ],
      [[198], [2]],
    ],
    // Too small a share for all ten: an exact split goes before the use of all.
    [
      [
        [99, 1],
        [1, 10],
      ],
      [[198], [1, 1]],
    ],
    [
      [
        [50, 3],
        [50, 2],
      ],
      [
        [84, 83, 83],
        [125, 125],
      ],
    ],
    [
      [
        [0, 2],
        [100, 2],
      ],
      [[], [100, 100]],
    ],
    [
      [
        [100 / 3, 1],
        [100 / 3, 1],
        [100 / 3, 1],
      ],
      [[67], [67], [67]],
    ],
  ])('%j: %j', (shares, expected) => {
    expect(weightsOf(shares)).toEqual(expected);
  });

  it('is exact for every whole per cent and up to 12 instances of each, within what HAProxy takes', () => {
    for (let percent = 1; percent < 100; percent += 1) {
      for (const [old, young] of [
        [1, 1],
        [1, 12],
        [12, 1],
        [3, 5],
        [7, 2],
      ] as const) {
        const [v1 = [], v2 = []] = weightsOf([
          [100 - percent, old],
          [percent, young],
        ]);
        expect((100 * sum(v2)) / (sum(v1) + sum(v2))).toBeCloseTo(percent, 9);
        expect([...v1, ...v2].every((weight) => weight >= 1 && weight <= 256)).toBe(true);
      }
    }
  });

  it('never lowers the weight of a version whose share rises, so that a consistent hash moves clients one way', () => {
    let before = 0;
    for (let percent = 1; percent < 100; percent += 1) {
      const now = sum(
        weightsOf([
          [100 - percent, 2],
          [percent, 3],
        ])[1] ?? [],
      );
      expect(now).toBeGreaterThan(before);
      before = now;
    }
  });

  it.each<[Shares, RegExp]>([
    [
      [
        [99.9, 1],
        [0.1, 1],
      ],
      /cannot give .* smallest share is 0.39 %/,
    ],
    [
      [
        [99.99, 2],
        [0.01, 2],
      ],
      /cannot give .* smallest share is 0.2 %/,
    ],
  ])('refuses %j, which no whole weights give', (shares, message) => {
    expect(() => weightsOf(shares)).toThrow(TerminalError);
    expect(() => weightsOf(shares)).toThrow(message);
  });

  it('gives nothing to nobody', () => {
    expect(apportion({ backends: {} })).toEqual([]);
  });
});
