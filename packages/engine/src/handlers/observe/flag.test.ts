import type { ObserveWork } from '@slipway/core';
import type { FlagCommand } from '@slipway/flags';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Flags } from '../../flags/flags.ts';
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
const rampOn = (set: FakeFlags, percent = 5, id = launch.id) => {
  const ramp = { variant: 'on', cohort: 'one-click', audience: [share(percent)], launch: { id, step: 'rollout' } };
  const command: FlagCommand = { type: 'launch-ramp', flag: 'one-click', ramp };
  return set.execute({ set: SET, command, actor: { kind: 'slipway' } });
};
const rampTo = (percent: number) => rampOn(flags, percent);
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
      sentence: 'one-click=on answers 48 % of the requests; 5 % were asked for',
    });
  });

  it('has nothing to be compared with once everybody has it', async () => {
    await rampTo(100);
    const { verdict } = await watched(counted(1_000, 0), 100);
    expect(verdict.decision).toBe('pass');
    expect(verdict.compared?.metrics[0]?.times).toBeNull();
  });

  it('is exposed only to those who met the variant in this step, and was bad only since the launch began', async () => {
    const at =
      (exposure: number | null, firstBadAt: number | null): Source =>
      (reading) => ({
        ...sampleOf(
          reading === 0 && exposure === null ? { kind: 'unseen', reason: 'nobody' } : ratio(0, reading * 50),
          {
            old: ratio(0, reading * 950),
          },
        ),
        exposure: exposure === null && reading === 0 ? null : (exposure ?? 0) + reading * 50,
        firstBadAt,
      });
    const { startedAt } = launch;
    expect((await watched(at(90_000, startedAt - 1))).verdict).toMatchObject({ exposure: 3_000, firstBadAt: null });
    expect((await watched(at(null, startedAt + 5))).verdict).toMatchObject({
      exposure: 3_000,
      firstBadAt: startedAt + 5,
    });
    const { data } = await watched(at(90_000, null));
    const outcome = { result: 'done', evidence: { summary: '', items: [] }, data } as const;
    const effects = { 'rollout:2.0': { is: 'settled', attempt: 1, outcome, seq: 5, at: 0, note: null } } as const;
    const later = await observeWith({
      work: work(25),
      source: at(93_100, null),
      launch: { ...launch, effects },
      flags,
      effect: 'rollout:4.0',
    });
    expect(later.verdict.exposure).toBe(6_000);
  });

  it('whose definition comes to give everybody the variant is not taken from the launch', async () => {
    await rampTo(100);
    const change = {
      kind: 'define',
      flag: 'one-click',
      definition: { ...BOOLEAN_FLAG, defaultVariant: 'on' },
    } as const;
    const define = (reading: number) =>
      reading === 20 ? asks({ type: 'change', id: 'd', change, reason: 'done' }) : null;
    expect((await watched(counted(1_000, 0, define), 100)).verdict.decision).toBe('pass');
    expect(flags.find(SET)?.state.flags.get('one-click')?.ramp).toBeNull();
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

  it.each([58, 59, 60])('that somebody kills at the end of the hold, at look %i, does not pass', async (at) => {
    const watching = watched(counted(50, 950, (reading) => (reading === at ? asks(KILL) : null)));
    await expect(watching).rejects.toThrow('killed by ann');
  });

  it('does not pass on what another server has killed before this one heard of it', async () => {
    // The log has the kill at look 60; what is served here has it three looks later.
    let elsewhere = flags;
    const here: Flags = new Proxy(flags, {
      get: (of, key) => {
        const from = key === 'history' ? elsewhere : of;
        const value: unknown = Reflect.get(from, key, from);
        return typeof value === 'function' ? value.bind(from) : value;
      },
    });
    const source = counted(50, 950, async (reading) => {
      if (reading === 60) {
        elsewhere = await fakeFlags(SET, { 'one-click': BOOLEAN_FLAG });
        await rampOn(elsewhere);
        await elsewhere.execute({ set: SET, command: KILL, actor: ANN });
      }
      if (reading === 63) await asks(KILL);
    });
    await expect(observeWith({ work: work(5), source, launch, flags: here })).rejects.toThrow('killed by ann');
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
