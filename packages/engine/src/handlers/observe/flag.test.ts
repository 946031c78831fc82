import type { ObserveWork } from '@slipway/core';
import type { FlagCommand } from '@slipway/flags';
import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, BOOLEAN_FLAG, type FakeFlags, fakeFlags } from '../../testing/fake-flags.ts';
import { observeWith, OBSERVED_PLAN, ratio, sampleOf, type Source } from '../../testing/observing.ts';
import { startedLaunch } from '../../testing/sample-launch.ts';

const rules = { times: 1.1, plus: 0.001, better: 'lower', limit: null, weight: 1, dispersion: 1, skew: 0 } as const;
const HOLD = 60_000;
const share = (percent: number) => ({ kind: 'share', percent, of: null }) as const;
const work = (percent: number): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  flag: 'one-click',
  audience: [share(percent)],
  newVersion: 'on',
  oldVersion: 'off',
  hold: HOLD,
  judging: {
    conditions: [],
    comparing: {
      metrics: [{ metric: 'errors', unit: 'ratio', ...rules }],
      falseAlarms: 0.01,
      wrongPromotions: null,
      warmUp: 0,
    },
    minSamples: 10,
    every: 1_000,
    silence: 30_000,
  },
  mode: 'decide',
});
const launch = startedLaunch(OBSERVED_PLAN);
const SET = `${launch.plan.artifact.name}.production`;

/** Each look so many more of each, one in a hundred of them bad. */
const counted =
  (fresh: number, old: number, then: (reading: number) => unknown = () => {}): Source =>
  async (reading) => {
    await then(reading);
    return sampleOf(ratio((reading * fresh) / 100, reading * fresh), {
      old: ratio((reading * old) / 100, reading * old),
    });
  };

let flags: FakeFlags;
const asks = (command: FlagCommand, who = ANN) => flags.execute({ set: SET, command, actor: who });
const rampTo = (percent: number, id = launch.id) => {
  const ramp = { variant: 'on', cohort: 'one-click', audience: [share(percent)], launch: { id, step: 'rollout' } };
  return asks({ type: 'launch-ramp', flag: 'one-click', ramp }, { kind: 'slipway' });
};
const KILL: FlagCommand = { type: 'kill', flag: 'one-click', reason: 'it burns', launch: null };
const END: FlagCommand = { type: 'change', id: 'c', change: { kind: 'end-ramp', flag: 'one-click' }, reason: 'enough' };

beforeEach(async () => {
  flags = await fakeFlags(SET, { 'one-click': BOOLEAN_FLAG });
  await rampTo(5);
});
const watched = (source: Source, percent = 5) => observeWith({ work: work(percent), source, launch, flags });

describe('a flag that is watched', () => {
  it('is compared by its variants, at the share that was asked for', async () => {
    expect((await watched(counted(50, 950))).verdict).toMatchObject({ decision: 'pass' });
    const { verdict } = await watched(counted(480, 520));
    expect(verdict).toMatchObject({
      decision: 'telemetry-broken',
      sentence: 'on answers 48 % of the requests; 5 % were asked for',
    });
  });

  it('has nothing to be compared with once everybody has it', async () => {
    await rampTo(100);
    const { verdict } = await watched(counted(1_000, 0), 100);
    expect(verdict.decision).toBe('pass');
    expect(verdict.compared?.metrics[0]?.times).toBeNull();
  });

  it('that somebody kills fails in both languages, with who and why', async () => {
    const looks: number[] = [];
    const watching = watched(
      counted(50, 950, (reading) => {
        looks.push(reading);
        return reading === 20 ? asks(KILL) : null;
      }),
    );
    await expect(watching).rejects.toMatchObject({
      name: 'TerminalError',
      reasons: {
        en: 'the flag one-click was killed by ann: it burns',
        fr: 'le flag one-click a été éteint par ann : it burns',
      },
    });
    expect(Math.max(...looks)).toBeLessThan(28);
  });

  it('whose ramp somebody ends fails, and names who', async () => {
    await expect(watched(counted(50, 950, (reading) => (reading === 20 ? asks(END) : null)))).rejects.toThrow(
      'the flag one-click is not ramped by this launch any more: ann changed it',
    );
  });

  it('may be unknown for a moment on a server that has not heard of its ramp', async () => {
    await asks(END);
    const late = (reading: number) => (reading === 2 ? rampTo(5) : null);
    expect((await watched(counted(50, 950, late))).verdict.decision).toBe('pass');
  });

  it('is taken at what was known last while the database is away', async () => {
    await asks(END);
    flags.isDown = true;
    expect((await watched(counted(50, 950))).verdict.decision).toBe('pass');
  });
});
