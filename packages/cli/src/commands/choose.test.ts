import type { ScenarioView } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AskedLaunch, askedLaunch } from '../testing/asked-launch.ts';
import { AT, VIEW } from '../testing/sample-launch.ts';

const offer = (name: string, reason = false) => ({
  name,
  title: `The ${name}`,
  authority: ['lead'],
  reason,
  phases: [name],
});
const OPEN: ScenarioView = {
  offer: [offer('staging'), offer('production'), offer('freeze', true)],
  basis: { seq: 7, digest: '3f9a12bc44d0'.repeat(5) },
  proposed: 'staging',
  rows: [
    {
      scenario: 'production',
      is: 'false',
      conditions: [{ asked: 'check staged', found: 'failed', expected: 'passed', verdict: 'fail' }],
    },
    { scenario: 'staging', is: 'true', conditions: [] },
  ],
  chosen: null,
};
const CHOSEN = {
  scenario: 'freeze',
  title: 'The freeze',
  by: 'pca@shop.example',
  at: AT,
  reason: 'Christmas',
  override: true,
  until: AT + 7 * 86_400_000,
};

let launch: AskedLaunch;
beforeEach(async () => {
  launch = await askedLaunch({ ...VIEW, scenario: OPEN });
});
afterEach(() => launch.close());

describe('a choice', () => {
  test.each<[words: readonly string[], reason: string]>([
    [['staging'], ''],
    [['staging', '--facts', '3f9a12'], ''],
    [['staging', '--reason', 'seen'], 'seen'],
  ])('%j is sent with the proposal that is there', async (words, reason) => {
    expect((await launch.slipway('choose', ...words)).code).toBe(0);
    expect(launch.sent).toEqual([{ type: 'choose', scenario: 'staging', reason, basis: 7 }]);
  });

  test.each<[words: readonly string[], scenario: ScenarioView | undefined, code: number, said: string]>([
    [['canary'], OPEN, 2, 'staging, production, freeze'],
    [['staging', '--facts', 'ffff'], OPEN, 3, '3f9a12bc44d0'],
    [['staging'], { ...OPEN, basis: null }, 3, 'the gate is not done yet'],
    [['staging'], undefined, 2, 'offers no scenarios'],
  ])('%j is not sent where it cannot be meant', async (words, scenario, code, said) => {
    const { scenario: _open, ...rest } = launch.view;
    launch.view = scenario === undefined ? rest : { ...rest, scenario };
    const ran = await launch.slipway('choose', ...words);
    expect([ran.code, launch.sent]).toEqual([code, []]);
    expect(ran.errors).toContain(said);
  });
});

describe('the status', () => {
  test('shows what is proposed, and why', async () => {
    const { out: stdout } = await launch.slipway('status');
    expect(stdout).toContain('the table proposes staging');
    expect(stdout).toContain('production, false: check staged: failed (passed)');
  });

  test('shows what was chosen, by whom, up to when, and that it is against the table', async () => {
    launch.view = { ...launch.view, scenario: { ...OPEN, chosen: CHOSEN } };
    const said = (await launch.slipway('status')).out.replaceAll(/\s+/g, ' ');
    for (const words of [
      'The freeze, chosen by pca@shop.example',
      'against the table',
      'until 2026-12-01',
      'Christmas',
    ])
      expect(said).toContain(words);
  });

  test('shows what is to be chosen while the gate is open', async () => {
    launch.view = { ...launch.view, scenario: { ...OPEN, basis: null, proposed: null, rows: [] } };
    expect((await launch.slipway('status')).out).toContain(
      'to be chosen at the end of the gate: staging, production, freeze',
    );
  });
});
