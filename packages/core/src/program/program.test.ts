import type { FlagAudience, Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import type { EffectWork } from '../model/effect.ts';
import {
  announce,
  check,
  darkLaunch,
  deploy,
  everybody,
  flagRollout,
  flagStage,
  readOnlyRun,
  rolling,
  rollout,
  run,
  segment,
  signoff,
  soak,
  stage,
  task,
  wait,
} from '../testing/steps.ts';
import { NEW, OLD, planOf } from '../testing/plans.ts';
import { program, type Surveyed } from './program.ts';

const UNSEEN = undefined;
const canary = rollout('r', 'production', { stages: [stage(5), stage(50), stage(100)] });
const big = rollout('r', 'production', { strategy: 'big-bang', stages: [stage(100)] });
const blue = rollout('r', 'production', { strategy: 'blue-green', stages: [stage(100)] });

const batches = rolling('r', 'production');

const dark = darkLaunch('r', 'production');

const flag = flagRollout('r', 'production');
const FLAG = ['lock one-click', 'flag-survey on'].concat(
  ...['internal', 'internal + 10', 'internal + 100'].map((who) => [`ramp on: ${who}!`, `observe on off: ${who}`]),
  'ramp on: internal + 100!',
);

const DARK = ['lock', 'survey', 'start!']
  .concat(`shift ${OLD}:100 copies ${NEW}:10!`, 'observe', `shift ${OLD}:100 copies ${NEW}:50!`, 'observe')
  .concat(`shift ${OLD}:100!`, `stop ${NEW}!`);

const CANARY = ['lock', 'survey', 'start!']
  .concat(`shift ${NEW}:5 ${OLD}:95!`, 'observe', `shift ${NEW}:50 ${OLD}:50!`, 'observe')
  .concat(`shift ${NEW}:100!`, 'observe', `stop ${OLD}!`);

/** A step, what the survey found, and its moves in short. */
const programs: [name: string, step: Step, surveyed: Surveyed, moves: string[]][] = [
  ['check', check('c'), UNSEEN, ['check']],
  ['read-only run', readOnlyRun('r'), UNSEEN, ['command']],
  ['read-only run in an environment takes no lock', readOnlyRun('r', { environment: 'staging' }), UNSEEN, ['command']],
  ['executive run', run('r'), UNSEEN, ['command!']],
  ['executive run in an environment', run('r', { environment: 'staging' }), UNSEEN, ['lock', 'command!']],
  ['run with a phrase', run('r', { confirm: 'RESET' }), UNSEEN, ['confirm', 'command!']],
  ['read-only run with a phrase', readOnlyRun('r', { confirm: 'LOOK' }), UNSEEN, ['confirm', 'command']],
  ['run with everything', run('r', { confirm: 'X', environment: 'staging' }), UNSEEN, ['confirm', 'lock', 'command!']],
  ['deploy, nobody looked yet', deploy('d', 'production'), UNSEEN, ['lock', 'survey']],
  ['deploy of what runs already', deploy('d', 'production'), NEW, ['lock', 'survey']],
  ['first install behind a router', deploy('d', 'production'), null, ['lock', 'survey', 'start!', `shift ${NEW}:100!`]],
  ['first install without a router', deploy('d', 'backstage'), null, ['lock', 'survey', 'start!']],
  ['deploy', deploy('d', 'production'), OLD, ['lock', 'survey', 'start!', `shift ${NEW}:100!`, `stop ${OLD}!`]],
  ['deploy without a router', deploy('d', 'backstage'), OLD, ['lock', 'survey', 'start!', `stop ${OLD}!`]],
  ['rollout, nobody looked yet', canary, UNSEEN, ['lock', 'survey']],
  ['rollout where nothing runs', canary, null, ['lock', 'survey']],
  ['rollout of what runs already', canary, NEW, ['lock', 'survey']],
  ['canary', canary, OLD, CANARY],
  ['blue-green', blue, OLD, ['lock', 'survey', 'start!', `shift ${NEW}:100!`, 'observe', `stop ${OLD}!`]],
  ['big bang', big, OLD, ['lock', 'survey', 'start!', `shift ${NEW}:100!`, `stop ${OLD}!`, 'observe']],
  ['rolling, nobody looked yet', batches, UNSEEN, ['lock', 'survey']],
  ['rolling', batches, OLD, ['lock', 'survey', 'roll 50!', 'observe', 'roll 100!', 'observe']],
  ['dark launch, nobody looked yet', dark, UNSEEN, ['lock', 'survey']],
  ['dark launch where nothing runs', dark, null, ['lock', 'survey']],
  ['dark launch of what runs already', dark, NEW, ['lock', 'survey']],
  ['dark launch', dark, OLD, DARK],
  ['rollout by flag, nobody looked yet', flag, UNSEEN, ['lock one-click', 'flag-survey on']],
  ['rollout by flag of a variant that everybody has', flag, 'on', ['lock one-click', 'flag-survey on']],
  ['rollout by flag', flag, 'off', FLAG],
  ['soak', soak('s', 'production'), UNSEEN, ['observe']],
  ['sign-off', signoff('go', { tech: 1 }), UNSEEN, ['vote']],
  ['task', task('t', 'support'), UNSEEN, ['proof']],
  ['announce', announce('a', null), UNSEEN, ['send']],
  ['wait', wait('w', { kind: 'elapsed', ms: 1 }), UNSEEN, ['wait']],
];

/** `kind detail`, with `!` where it changes the world. */
function movesOf(step: Step, surveyed: Surveyed): string[] {
  return program(planOf([step]), step, surveyed).map((move) => {
    if (move.kind !== 'effect') return move.kind;
    return `${inShort(move.work)}${move.class === 'executive' ? '!' : ''}`;
  });
}

function inShort(work: EffectWork): string {
  if (work.kind === 'stop') return `stop ${work.version}`;
  if (work.kind === 'roll') return `roll ${work.weight}`;
  if (work.kind === 'lock' && work.flag !== undefined) return `lock ${work.flag}`;
  if (work.kind === 'flag-survey') return `flag-survey ${work.variant}`;
  if (work.kind === 'ramp') return `ramp ${work.variant}: ${whoIs(work.audience)}`;
  if (work.kind === 'observe' && work.audience !== undefined)
    return `observe ${work.newVersion} ${work.oldVersion}: ${whoIs(work.audience)}`;
  if (work.kind !== 'shift') return work.kind;
  const shares = Object.entries(work.weights).map(([version, weight]) => `${version}:${weight}`);
  const copies = work.mirror === undefined ? [] : [`copies ${work.mirror.version}:${work.mirror.share}`];
  return ['shift', ...shares, ...copies].join(' ');
}

const whoIs = (audience: readonly FlagAudience[]): string =>
  audience
    .map((one) => (one.kind === 'segment' ? one.segment : one.kind === 'share' ? one.percent : one.name))
    .join(' + ');

describe('program', () => {
  test.each(programs)('%s', (_name, step, surveyed, moves) => {
    expect(movesOf(step, surveyed)).toEqual(moves);
  });

  test.each([
    ['deploy', deploy('d', 'production')],
    ['rollout', canary],
    ['rolling rollout', batches],
    ['dark launch', dark],
    ['rollout by flag', flag],
  ])('of a %s only grows when the survey is in: what is there never changes', (_name, step) => {
    const before = program(planOf([step]), step, UNSEEN);
    for (const found of [null, OLD, NEW])
      expect(program(planOf([step]), step, found).slice(0, before.length)).toEqual(before);
  });

  test('of a flag that an earlier step ramps reaches those of that step as well', () => {
    const rings = flagRollout('rings', 'production', { stages: [flagStage(segment('internal'))] });
    const shares = flagRollout('shares', 'production', { stages: [flagStage(everybody(5))], needs: ['rings'] });
    const other = flagRollout('other', 'production', { flag: 'dark-mode', needs: ['rings'], stages: shares.stages });
    const ramped = (step: Step) =>
      program(planOf([rings, shares, other]), step, 'off').flatMap((move) =>
        move.kind === 'effect' && move.work.kind === 'ramp' ? [whoIs(move.work.audience)] : [],
      );
    // The last one twice: a flag that was killed meanwhile is refused, and nothing else happens.
    expect([rings, shares, other].map(ramped)).toEqual([
      ['internal', 'internal'],
      ['internal + 5', 'internal + 5'],
      ['5', '5'],
    ]);
  });

  test('carries the limits of its step; locks and observations have no time-out', () => {
    const step = deploy('d', 'production', { timeout: 7_000, attempts: 4 });
    const limits = program(planOf([step]), step, OLD).map(
      (move) => move.kind === 'effect' && [move.timeout, move.attempts],
    );
    expect(limits).toEqual([
      [null, 1],
      [30_000, 3],
      [7_000, 4],
      [7_000, 4],
      [7_000, 4],
    ]);
    const watching = soak('s', 'production');
    expect(program(planOf([watching]), watching, UNSEEN)[0]).toMatchObject({ timeout: null, attempts: 1 });
  });

  test('a rollout compares with the version it found, a soak with none', () => {
    const observes = (step: Step) =>
      program(planOf([step]), step, OLD).flatMap((move) =>
        move.kind === 'effect' && move.work.kind === 'observe' ? [move.work] : [],
      );
    expect(observes(blue)).toMatchObject([{ newVersion: NEW, oldVersion: OLD, mode: 'decide', hold: 60_000 }]);
    expect(observes(soak('s', 'production'))).toMatchObject([{ newVersion: NEW, oldVersion: null, hold: 600_000 }]);
  });

  test('a roll knows both versions, its bounds and the limits of its step', () => {
    const { bounds } = batches;
    const step = rolling('r', 'production', { stages: [stage(30)], timeout: 7_000, attempts: 4 });
    expect(program(planOf([step]), step, OLD)[2]).toEqual({
      kind: 'effect',
      class: 'executive',
      timeout: 7_000,
      attempts: 4,
      work: { kind: 'roll', environment: 'production', newVersion: NEW, oldVersion: OLD, weight: 30, bounds },
    });
  });

  test('a dark launch says at each share what is copied, also to whoever watches it', () => {
    const { mirroring } = dark;
    const works = program(planOf([dark]), dark, OLD).flatMap((move) => (move.kind === 'effect' ? [move.work] : []));
    const mirrors = works.map((work) => ('mirror' in work ? work.mirror : null));
    const mirror = (share: number) => ({ version: NEW, share, ...mirroring });
    expect(mirrors).toEqual([null, null, null, mirror(10), mirror(10), mirror(50), mirror(50), null, null]);
    expect(works[4]).toMatchObject({ kind: 'observe', newVersion: NEW, oldVersion: OLD });
  });

  test('the command of a run keeps its verify and whether it may be repeated', () => {
    const verify = { argv: ['ask'], directory: '.', env: {}, timeout: 1_000 };
    const step = run('r', { verify, idempotent: true, attempts: 2 });
    expect(program(planOf([step]), step, UNSEEN)[0]).toMatchObject({
      work: { kind: 'command', verify, idempotent: true },
      timeout: 5_000,
      attempts: 2,
    });
  });
});
