import { describe, expect, test } from 'vitest';
import { SimulatedEnvironment, SplitRefused } from './environment.ts';

const rolling = (missing: number) => (weight: number) => ({
  newVersion: 'v2',
  oldVersion: 'v1',
  weight,
  bounds: { maxUnavailable: { unit: 'instances' as const, value: missing } },
});

describe('an environment behind a router', () => {
  test('goes from one version to the next without an outage', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    expect([place.serving(), place.answers(), place.servesAlone('v1')]).toEqual(['v1', true, true]);
    place.start('v2');
    place.shift({ v2: 10, v1: 90 });
    expect([place.serving(), place.answers(), place.servesAlone('v1')]).toEqual(['v1', true, false]);
    place.shift({ v2: 100 });
    place.stop('v1');
    expect([place.serving(), place.answers(), place.servesAlone('v2')]).toEqual(['v2', true, true]);
  });

  test('refuses a split to what does not run, and changes nothing', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    expect(() => place.shift({ v2: 100 })).toThrow(SplitRefused);
    expect(place.hasSplit({ v1: 100 })).toBe(true);
  });

  test('is rolled instance by instance, and can be left in the middle', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    const roll = rolling(0);
    place.roll(roll(10));
    expect([place.hasRolled(roll(10)), place.hasSplit({ v2: 25, v1: 75 }), place.answers()]).toEqual([
      true,
      true,
      true,
    ]);
    place.rollInPart(roll(100));
    expect([place.hasRolled(roll(100)), place.hasSplit({ v2: 75, v1: 25 }), place.answers()]).toEqual([
      false,
      true,
      true,
    ]);
    place.roll(roll(100));
    expect([place.hasRolled(roll(100)), place.servesAlone('v2'), place.answers()]).toEqual([true, true, true]);
    expect(() => place.roll(roll(10))).toThrow(SplitRefused);
  });

  test('has an outage when a version has more traffic than instances', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.roll(rolling(0)(50));
    place.shift({ v1: 100 });
    expect(place.answers()).toBe(false);
    place.start('v1');
    expect(place.answers()).toBe(true);
  });

  test.each<[number, Record<string, number>]>([
    [0, { v2: 50, v1: 50 }],
    [1, { v2: 100 / 3, v1: 100 - 100 / 3 }],
    [2, { v1: 100 }],
  ])('gives back what the rest can carry where %d may be missing', (missing, weights) => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.roll(rolling(missing)(50));
    place.giveBack('v1', 'v2');
    expect(place.hasSplit(weights)).toBe(true);
    place.restore('v1');
    expect([place.answers(), place.broughtBackLate]).toEqual([true, false]);
  });

  test('tells that something was started before traffic was moved', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.roll(rolling(1)(50));
    place.restore('v1');
    expect([place.answers(), place.broughtBackLate]).toEqual([true, true]);
  });

  test('gives nothing back to a version of which nothing is left, and brings it back as soon as it can', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.roll(rolling(2)(100));
    place.giveBack('v1', 'v2');
    place.restore('v1');
    expect([place.hasSplit({ v2: 100 }), place.answers(), place.broughtBackLate]).toEqual([true, true, false]);
  });

  test('copies requests to a version that has no traffic', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    expect(() => place.shift({ v1: 100 }, 'v2')).toThrow(SplitRefused);
    place.start('v2');
    place.shift({ v1: 100 }, 'v2');
    expect([place.hasSplit({ v1: 100 }, 'v2'), place.hasSplit({ v1: 100 }), place.darkIsDark]).toEqual([
      true,
      false,
      true,
    ]);
    place.stop('v2');
    expect([place.answers(), place.darkIsDark, place.servesAlone('v1')]).toEqual([true, false, false]);
    place.shift({ v1: 100 });
    expect([place.darkIsDark, place.servesAlone('v1')]).toEqual([true, true]);
  });

  test('is not dark where what gets copies has traffic', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.start('v2');
    place.shift({ v1: 90, v2: 10 }, 'v2');
    expect(place.darkIsDark).toBe(false);
  });

  test('has an outage when what has traffic is stopped', () => {
    const place = new SimulatedEnvironment(true, 'v1');
    place.stop('v1');
    expect(place.answers()).toBe(false);
  });
});

test('without a router what has run longest serves', () => {
  const place = new SimulatedEnvironment(false, 'v1');
  place.start('v2');
  place.start('v1');
  expect([place.serving(), place.answers()]).toEqual(['v1', true]);
  place.stop('v1');
  expect([place.serving(), place.servesAlone('v2')]).toEqual(['v2', true]);
});

test('an empty environment serves nothing, alone', () => {
  const place = new SimulatedEnvironment(true, null);
  expect([place.serving(), place.answers(), place.servesAlone(null)]).toEqual([null, false, true]);
});
