import { describe, expect, test } from 'vitest';
import { SimulatedEnvironment, SplitRefused } from './environment.ts';

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
