import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../testing/test-context.ts';
import { rehearsalExit } from './rehearsal-exit.ts';

const cwd = join(import.meta.dirname, '../../../../examples/flag-rollout');
const run = (...argv: readonly string[]) => runCommand(['rehearse', ...argv], { cwd });

describe('slipway rehearse', { timeout: 60_000 }, () => {
  test('walks every way back, and says how each ended', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toContain('bad:everybody@25: rolled back after');
    expect(out).toContain('Everything in the plan was exercised.');
    expect(out).toMatch(/one-click 2\.2\.0: (\d+) of \1 scenarios ended as the plan wants\./);
  });

  test('--inject prints the time-line of one scenario', async () => {
    const { code, out } = await run('--inject', 'silent:rings@internal');
    expect(code).toBe(0);
    expect(out).toMatch(/0:00 {2}.*one-click|0:00 {2}/);
    expect(out).toContain('noticed after 0:30');
    expect(out).toContain('asked whoever is there: what to do about rings');
  });

  test('--json is the report itself', async () => {
    const { out } = await run('--inject', 'good', '--json');
    expect(JSON.parse(out)).toMatchObject({ launch: 'one-click', scenario: { id: 'good', end: 'completed' } });
  });

  test('a scenario that is not there ends with 2 and tells those that are', async () => {
    const { code, errors } = await run('--inject', 'fail:nothing');
    expect([code, errors]).toEqual([2, expect.stringContaining('bad:everybody@25')]);
  });

  test('speaks French', async () => {
    const { out } = await run('--inject', 'good', '--lang', 'fr');
    expect(out).toContain('good: mené à terme après');
  });
});

const broken = [{ invariant: 'watched', why: '' }] as const;
const exits = [
  ['all good', [{ isGood: true, end: 'rolled-back', broken: [] }], 0],
  ['incomplete', [{ isGood: false, end: 'rollback-incomplete', broken: [] }], 7],
  ['held', [{ isGood: false, end: 'held', broken: [] }], 4],
  ['stuck', [{ isGood: false, end: 'stuck', broken: [] }], 1],
  ['an invariant', [{ isGood: false, end: 'completed', broken }], 1],
] as const;
test.each(exits)('ends, %s', (_name, scenarios, code) => {
  expect(rehearsalExit(scenarios)).toBe(code);
});
