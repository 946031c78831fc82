import type { EffectWork, RampWork } from '@slipway/core';
import type { FlagChange, FlagCommand, FlagDefinition } from '@slipway/flags';
import { beforeEach, describe, expect, it } from 'vitest';
import { ANN, BOOLEAN_FLAG, FakeFlags, fakeFlags } from '../../testing/fake-flags.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext, Handler } from '../handler.ts';
import { flagSurveyHandler } from './flag-survey.ts';
import { killFlagHandler } from './kill-flag.ts';
import { rampHandler } from './ramp.ts';

const launch = startedLaunch(samplePlan({}));
const SET = `${launch.plan.artifact.name}.production`;
const named = { environment: 'production', flag: 'one-click' } as const;
const survey = { kind: 'flag-survey', ...named, variant: 'on' } as const;
const kill = { kind: 'kill-flag', ...named } as const;
const clock = createManualClock();
const internal = { kind: 'rule', name: 'internal', rule: { '===': [{ var: 'team' }, true] } } as const;
const share = (percent: number) => ({ kind: 'share', percent, of: null }) as const;
const ramp = (...audience: RampWork['audience']): RampWork => ({
  kind: 'ramp',
  ...named,
  variant: 'on',
  cohort: 'one-click',
  audience,
});

function run<Work extends EffectWork>(handler: Handler<Work>, work: Work, id = launch.id) {
  const effect = { id: 'ramp:2.0', step: 'ramp', class: 'executive', work, timeout: null, attempts: 1 } as const;
  const context: EffectContext = {
    launch: { ...launch, id },
    effect,
    attempt: 1,
    signal: AbortSignal.timeout(20_000),
    note: null,
    noteDown: () => Promise.resolve(true),
    say: () => {},
    look: () => {},
  };
  return handler.run(work, context);
}

const change = (what: FlagChange): FlagCommand => ({ type: 'change', id: 'c', change: what, reason: 'because' });
const byAnn = (flags: FakeFlags, command: FlagCommand) => flags.execute({ set: SET, command, actor: ANN });
const ramped = { variant: 'on', cohort: 'one-click', audience: [share(5)] };
const KILL: FlagCommand = { type: 'kill', flag: 'one-click', reason: 'it burns', launch: null };

let flags: FakeFlags;
beforeEach(async () => {
  flags = await fakeFlags(SET, { 'one-click': BOOLEAN_FLAG });
});
const record = () => flags.find(SET)?.state.flags.get('one-click');

describe('a survey of a flag', () => {
  const asked = (variant = 'on') => run(flagSurveyHandler(flags), { ...survey, variant });
  const defined = async (definition: Partial<FlagDefinition>) => {
    flags = await fakeFlags(SET, { 'one-click': { ...BOOLEAN_FLAG, ...definition } });
  };

  it('finds the variant that those get who are in no ramp', async () => {
    expect(await asked()).toMatchObject({
      evidence: { summary: 'one-click serves all who are in no ramp off' },
      data: { kind: 'survey', current: 'off' },
    });
  });

  it('finds what everybody has by default, or by a ramp that has reached all', async () => {
    await defined({ defaultVariant: 'on' });
    expect((await asked()).data).toEqual({ kind: 'survey', current: 'on' });
    await defined({});
    await run(rampHandler(flags), ramp(share(100)), 'shop-0');
    expect((await asked()).data).toEqual({ kind: 'survey', current: 'on' });
  });

  it.each<[what: string, prepare: () => unknown, reason: RegExp]>([
    ['no set', () => (flags = new FakeFlags()), /there is no flag set/],
    ['a flag that was killed', () => byAnn(flags, KILL), /killed by ann \(it burns\): lift that first/],
    ["another launch's ramp", () => run(rampHandler(flags), ramp(share(5)), 'shop-0'), /ramped by the launch shop-0/],
    [
      "a person's ramp",
      () => byAnn(flags, change({ kind: 'ramp', flag: 'one-click', ramp: ramped })),
      /ramped by a person/,
    ],
    ['a flag that is disabled', () => defined({ state: 'DISABLED' }), /is disabled/],
    [
      'a default that targeting takes away',
      () => defined({ defaultVariant: 'on', targeting: { if: [{ var: 'x' }, 'off', 'on'] } }),
      /nothing to ramp/,
    ],
    ['no default', () => defined({ defaultVariant: null }), /has no default variant/],
  ])('refuses %s', async (_, prepare, reason) => {
    await prepare();
    await expect(asked()).rejects.toThrow(reason);
  });

  it('refuses a variant that there is not, and the one that a kill would serve', async () => {
    await expect(asked('blue')).rejects.toThrow('one-click has no variant blue, only on, off');
    await expect(asked('off')).rejects.toThrow(/off is the off variant/);
  });
});

describe('a ramp', () => {
  const to = (...audience: RampWork['audience']) => run(rampHandler(flags), ramp(...audience));

  it('gives the variant to exactly these, says whom, and may be done again', async () => {
    const audience = [internal, share(5)];
    for (let round = 0; round < 2; round += 1)
      expect((await to(...audience)).evidence.summary).toBe('one-click: on for internal and 5 % of everybody');
    expect(record()?.ramp).toEqual({
      variant: 'on',
      cohort: 'one-click',
      audience,
      launch: { id: launch.id, step: 'ramp' },
    });
    await to(internal);
    expect(record()?.ramp?.audience).toEqual([internal]);
  });

  it('is refused once the flag is off: a worker that stalled undoes no way back', async () => {
    await run(killFlagHandler(flags, { clock }), kill);
    await expect(to(share(5))).rejects.toMatchObject({
      name: 'TerminalError',
      message: expect.stringMatching(/killed/),
    });
  });

  it('of a flag that a person has killed says in both languages who and why', async () => {
    await byAnn(flags, KILL);
    await expect(to(share(5))).rejects.toMatchObject({
      reasons: {
        en: 'the flag one-click was killed by ann: it burns',
        fr: 'le flag one-click a été éteint par ann : it burns',
      },
    });
  });

  it('is tried again where the database is away', async () => {
    flags.isDown = true;
    await expect(to(share(5))).rejects.toMatchObject({ name: 'RetryableError' });
  });
});

describe('a kill', () => {
  it('serves the off variant to everybody, names its launch, and may be done again', async () => {
    await run(rampHandler(flags), ramp(share(100)));
    for (let round = 0; round < 2; round += 1)
      expect((await run(killFlagHandler(flags, { clock }), kill)).evidence.summary).toBe(
        'one-click serves off to everybody since 1970-01-01T00:16:40.000Z',
      );
    expect(record()?.kill).toMatchObject({ launch: launch.id, reason: `the launch ${launch.id} turned back` });
  });

  it('of a flag that is gone is nothing that anybody may take for done', async () => {
    await byAnn(flags, change({ kind: 'remove', flag: 'one-click' }));
    await expect(run(killFlagHandler(flags, { clock }), kill)).rejects.toMatchObject({ name: 'TerminalError' });
  });

  it('is tried again where the database is away', async () => {
    flags.isDown = true;
    await expect(run(killFlagHandler(flags, { clock }), kill)).rejects.toMatchObject({ name: 'RetryableError' });
  });
});
