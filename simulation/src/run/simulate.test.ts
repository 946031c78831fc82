import { describe, expect, test } from 'vitest';
import { simulateEngine } from '../engine/engine-simulation.ts';
import { complaint } from './campaign.ts';
import { describeLaunch } from './describe-launch.ts';
import { simulate } from './simulate.ts';

describe('a seed', () => {
  test.each([1, 77, 4711])('%i always flies the same launch', (seed) => {
    const { log } = simulate(seed);
    expect(log.length).toBeGreaterThan(3);
    expect(simulate(seed).log).toEqual(log);
  });

  test.each([1, 77])('%i always flies the same launch through the engine', async (seed) => {
    const { log, broken } = await simulateEngine(seed);
    expect(broken).toBeNull();
    expect((await simulateEngine(seed)).log).toEqual(log);
  });

  test('gives another launch than its neighbour', () => {
    expect(simulate(1).scenario).not.toEqual(simulate(2).scenario);
  });
});

describe('a launch that broke', () => {
  const flown = { ...simulate(5), broken: new Error('gates: it was open') };

  test('says how to see it again', () => {
    expect(complaint(flown, 'core')).toBe('gates: it was open\nSee all of it with: npm run simulate -- --seed 5');
    expect(complaint(flown, 'engine')).toContain('npm run simulate -- --engine --seed 5');
  });

  test('is printed with its plan, its log and what broke', () => {
    const text = describeLaunch(flown);
    for (const id of Object.keys(flown.scenario.plan.steps)) expect(text).toContain(`  ${id}`);
    expect(text.match(/^ +\d+ +[+-]+\d+\.\d{3}s /gm)).toHaveLength(flown.log.length);
    expect(text).toContain('BROKEN gates: it was open');
  });
});
