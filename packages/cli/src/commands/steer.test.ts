import type { LaunchView } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AskedLaunch, askedLaunch } from '../testing/asked-launch.ts';
import { VIEW } from '../testing/sample-launch.ts';

let launch: AskedLaunch;
beforeEach(async () => {
  launch = await askedLaunch(VIEW);
});
afterEach(() => launch.close());

/** The sample launch, its first step in this state. */
function withStep(
  state: LaunchView['phases'][number]['steps'][number]['state'],
  changes: Partial<LaunchView>,
): LaunchView {
  const [gate, ...rest] = VIEW.phases;
  const steps = (gate?.steps ?? []).map((step) => ({ ...step, state, detail: `${state}: known to be flaky` }));
  return { ...VIEW, ...changes, phases: [{ name: 'gate', state: 'active', steps }, ...rest] };
}

describe('retry', () => {
  test.each<[string, () => LaunchView, readonly string[], unknown]>([
    ['of a named step', () => withStep('failed', { state: 'held' }), ['tree'], { type: 'retry', step: 'tree' }],
    [
      'of an incomplete way back',
      () => withStep('failed', { state: 'rollback-incomplete' }),
      [],
      { type: 'retry', step: null },
    ],
    ['where nothing failed, for the server to refuse', () => VIEW, [], { type: 'retry', step: null }],
  ])('%s is sent', async (_, at, words, command) => {
    launch.view = at();
    await launch.slipway('retry', ...words);
    expect(launch.sent).toEqual([command]);
  });

  test('without a step lists those that failed, each with its command', async () => {
    launch.view = withStep('failed', { state: 'held' });
    expect(await launch.slipway('retry')).toEqual({
      code: 2,
      out: '',
      errors:
        '  The tree is clean:\n    slipway retry tree --launch shop-1\nslipway: say which failed step is to run again\n',
    });
    expect(launch.sent).toEqual([]);
  });
});

describe('skip', () => {
  test('says what was waived, why, and what follows', async () => {
    launch.view = withStep('skipped', {});
    const { code, out } = await launch.slipway('skip', 'tree', '--reason', 'known to be flaky');
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain(
      'Waived: The tree is clean · skipped: known to be flaky · next: Tag the release → Shop 2.1.0 is live',
    );
  });
});

describe('the commands that are shown after one was sent', () => {
  test('name the launch that was named', async () => {
    const waiting = { step: 'go', who: 'tech-lead', what: 'GO or NO-GO', how: 'slipway approve go', basis: null };
    launch.view = { ...VIEW, waitingFor: [waiting] };
    const { out } = await launch.slipway('resume');
    expect(out).toContain('\n  slipway approve go --launch shop-1\n');
  });
});
