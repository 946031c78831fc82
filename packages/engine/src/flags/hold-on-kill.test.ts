import type { Launch, StepState } from '@slipway/core';
import type { FlagRollout } from '@slipway/plan';
import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, BOOLEAN_FLAG, type FakeFlags, fakeFlags } from '../testing/fake-flags.ts';
import { samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { holdOnKill, type HoldOnKillPorts } from './hold-on-kill.ts';

const SET = 'shop.production';
const NOW = 1_000_000;
const BASIS = { seq: 1, hash: '' };
const passed = (at: number): StepState => ({ is: 'passed', at, basis: BASIS, summary: '', round: 0 });
const ACTIVE: StepState = { is: 'active', move: 3, round: 0, since: 1, counted: 0, observing: 'decide' };
const rollout: FlagRollout = {
  id: 'ramp',
  title: 'Ramp',
  phase: 'production',
  needs: [],
  onFail: 'hold',
  kind: 'rollout',
  strategy: 'flag',
  environment: 'production',
  flag: 'one-click',
  variant: 'on',
  cohort: 'one-click',
  stages: [],
  timeout: 1_000,
  attempts: 1,
};

function launchWith(state: StepState, more: Partial<Launch> = {}): Launch {
  const steps = { ramp: rollout, further: { ...rollout, id: 'further' } };
  const plan = samplePlan({ phases: [{ name: 'production', steps: Object.keys(steps) }], steps });
  return { ...startedLaunch(plan), steps: { ramp: state, further: { is: 'waiting' } }, ...more };
}

let flags: FakeFlags;
let said: string[];
beforeEach(async () => {
  flags = await fakeFlags(SET, { 'one-click': BOOLEAN_FLAG, other: BOOLEAN_FLAG });
  said = [];
});

function watching(launch: Launch): HoldOnKillPorts {
  return {
    flags,
    clock: { now: () => NOW } as HoldOnKillPorts['clock'],
    onError: (error) => said.push(String(error)),
    launches: {
      listActive: async () => [{ id: launch.id, name: 'shop', version: 1, active: true, startedAt: 0 }],
      find: async () => launch,
      command: async (id, command, actor) => {
        said.push(`${id} ${command.type} ${'reason' in command ? command.reason : ''} by ${JSON.stringify(actor)}`);
        return { ok: true, version: 2 } as never;
      },
    },
  };
}

async function kill(flag: string, launch: string | null = null): Promise<void> {
  const actor = launch === null ? ANN : ({ kind: 'slipway' } as const);
  await flags.execute({ set: SET, command: { type: 'kill', flag, reason: 'it burns', launch }, actor });
  await new Promise(setImmediate);
}

const HELD = ['shop-1 hold the flag one-click was killed by ann: it burns by {"kind":"person","id":"ann"}'];

describe('a launch that has ramped a flag', () => {
  it.each<[string, Launch, flag: string, by: string | null, readonly string[]]>([
    ['is held when a person kills it', launchWith(passed(NOW - 1)), 'one-click', null, HELD],
    ['goes on when another one is killed', launchWith(passed(NOW - 1)), 'other', null, []],
    ["goes on where it is a launch's own way back", launchWith(passed(NOW - 1)), 'one-click', 'shop-1', []],
    ['notices by itself at the step', launchWith({ is: 'waiting' }), 'one-click', null, []],
    ['goes on where the step passed after the kill', launchWith(passed(NOW + 1)), 'one-click', null, []],
    [
      'notices by itself at a further step of the flag',
      launchWith(passed(1), { steps: { ramp: passed(1), further: ACTIVE } }),
      'one-click',
      null,
      [],
    ],
    [
      'is left alone when it has ended',
      launchWith(passed(1), { mode: { is: 'ended', as: 'completed', cause: null, items: [], at: 2 } }),
      'one-click',
      null,
      [],
    ],
  ])('%s', async (_what, launch, flag, by, expected) => {
    holdOnKill(watching(launch));
    await kill(flag, by);
    expect(said).toEqual(expected);
  });

  it('is held once for each kill, and not any more when it is no longer asked for', async () => {
    const stop = holdOnKill(watching(launchWith(passed(NOW - 1))));
    await kill('one-click');
    await kill('other');
    expect(said).toEqual(HELD);
    stop();
    await flags.execute({
      set: SET,
      command: {
        type: 'change',
        id: 'u',
        reason: 'mended',
        change: { kind: 'unkill', flag: 'one-click', reason: 'mended' },
      },
      actor: ANN,
    });
    flags.now += 1;
    await kill('one-click');
    expect(said).toEqual(HELD);
  });

  it.each([
    [0, HELD],
    [400_000, []],
  ])('is held by a server that starts %i ms after the kill where that is near', async (later, expected) => {
    await kill('one-click');
    const ports = watching(launchWith(passed(NOW - 1)));
    holdOnKill({ ...ports, clock: { ...ports.clock, now: () => NOW + later } });
    await new Promise(setImmediate);
    expect(said).toEqual(expected);
  });
});
