import type { Plan, RollingBounds, Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import type { Effect, EffectWork } from '../model/effect.ts';
import type { Outcome } from '../model/outcome.ts';
import { done, failed, judged, surveyed, unknown } from '../testing/outcomes.ts';
import { Flight, goesWell } from '../testing/flight.ts';
import { check, darkLaunch, deploy, readOnlyRun, rolling, rollout, run, soak, stage } from '../testing/steps.ts';
import { inOrder, NEW, OLD, planOf } from '../testing/plans.ts';
import { type UndoItem, wayBack } from './way-back.ts';

const onto =
  (found: string | null) =>
  (effect: Effect): Outcome =>
    effect.work.kind === 'survey' ? surveyed(found) : goesWell(effect);

/** The way back of a launch that flew until `last` was in flight (null: to its end). */
function backFrom(steps: readonly Step[], last: string | null, found: string | null = OLD): string[] {
  const flight = new Flight(planOf(steps));
  flight.fly(last, onto(found));
  if (last !== null) flight.begin(last);
  return wayBack(flight.launch).map(inShort);
}

function inShort({ step, undo }: UndoItem): string {
  return `${step} ${undo.kind === 'none' ? `none: ${undo.because}` : workInShort(undo.work)}`;
}

function workInShort(work: EffectWork): string {
  switch (work.kind) {
    case 'restore': {
      const rolled = work.rolled === undefined ? '' : ` rolled by ${work.rolled.by} ${amounts(work.rolled.bounds)}`;
      return `restore ${work.version}${rolled}`;
    }
    case 'stop':
      return `${work.kind} ${work.version}`;
    case 'shift':
      return `shift ${JSON.stringify(work.weights)}`;
    case 'confirm-back':
      return `confirm ${work.version}`;
    case 'command':
      return work.command.argv.join(' ');
    case 'lock':
    case 'survey':
    case 'check':
    case 'start':
    case 'observe':
    case 'roll':
    case 'flag-survey':
    case 'ramp':
    case 'send':
      return work.kind;
    case 'kill-flag':
      return `kill ${work.flag}`;
  }
}

const amounts = ({ maxSurge, maxUnavailable }: RollingBounds): string =>
  [maxSurge, maxUnavailable].map(({ value, unit }) => `${value} ${unit}`).join(' ');

const shiftOld = `shift {"${OLD}":100}`;
const canary = rollout('r', 'production');
const big = rollout('r', 'production', { strategy: 'big-bang', stages: [stage(100)] });
const dark = darkLaunch('r', 'production');
const endOfDark = [`r ${shiftOld}`, `r stop ${NEW}`, `r confirm ${OLD}`];
const batches = rolling('r', 'production');
const rolledBack = [
  `r restore ${OLD} rolled by ${NEW} 1 instances 0 instances`,
  `r ${shiftOld}`,
  `r stop ${NEW}`,
  `r confirm ${OLD}`,
];
const ups = deploy('d', 'production');
const plain = deploy('d', 'backstage');

/** A step, the effect in flight when it turns back (null: it was done), what the survey found, the way back. */
const ways: [name: string, step: Step, last: string | null, found: string | null, items: string[]][] = [
  ['a lock changes nothing', ups, 'd:0.0', OLD, []],
  ['a survey changes nothing', ups, 'd:1.0', OLD, []],
  ['deploy, start begun', ups, 'd:2.0', OLD, [`d stop ${NEW}`, `d confirm ${OLD}`]],
  ['deploy, shift begun', ups, 'd:3.0', OLD, [`d ${shiftOld}`, `d stop ${NEW}`, `d confirm ${OLD}`]],
  [
    'deploy, stop of the old one begun: it is restored first',
    ups,
    'd:4.0',
    OLD,
    [`d restore ${OLD}`, `d ${shiftOld}`, `d stop ${NEW}`, `d confirm ${OLD}`],
  ],
  ['deploy done', ups, null, OLD, [`d restore ${OLD}`, `d ${shiftOld}`, `d stop ${NEW}`, `d confirm ${OLD}`]],
  ['deploy without a router', plain, null, OLD, [`d restore ${OLD}`, `d stop ${NEW}`, `d confirm ${OLD}`]],
  ['deploy without a router, start begun', plain, 'd:2.0', OLD, [`d stop ${NEW}`, `d confirm ${OLD}`]],
  ['first install', ups, null, null, ['d shift {}', `d stop ${NEW}`, 'd confirm null']],
  ['first install, start begun', ups, 'd:2.0', null, [`d stop ${NEW}`, 'd confirm null']],
  ['first install without a router', plain, null, null, [`d stop ${NEW}`, 'd confirm null']],
  ['it ran already', ups, null, NEW, []],
  ['canary, first weight watched', canary, 'r:4.0', OLD, [`r ${shiftOld}`, `r stop ${NEW}`, `r confirm ${OLD}`]],
  ['canary done', canary, null, OLD, [`r restore ${OLD}`, `r ${shiftOld}`, `r stop ${NEW}`, `r confirm ${OLD}`]],
  ['big bang watched', big, 'r:5.0', OLD, [`r restore ${OLD}`, `r ${shiftOld}`, `r stop ${NEW}`, `r confirm ${OLD}`]],
  ['rolling, nothing begun', batches, 'r:1.0', OLD, []],
  ['rolling, first batch begun: old instances may be gone', batches, 'r:2.0', OLD, rolledBack],
  ['rolling, first batch watched', batches, 'r:3.0', OLD, rolledBack],
  ['rolling, last batch begun', batches, 'r:4.0', OLD, rolledBack],
  ['rolling done', batches, null, OLD, rolledBack],
  ['dark launch, nothing begun', dark, 'r:1.0', OLD, []],
  ['dark launch, start begun', dark, 'r:2.0', OLD, [`r stop ${NEW}`, `r confirm ${OLD}`]],
  ['dark launch, copies begun', dark, 'r:3.0', OLD, endOfDark],
  ['dark launch, last share watched', dark, 'r:6.0', OLD, endOfDark],
  ['dark launch, stop of the new one begun: the old one was never stopped', dark, 'r:8.0', OLD, endOfDark],
  ['dark launch done: nothing is left of it', dark, null, OLD, [`r confirm ${OLD}`]],
  ['run begun', run('m'), 'm:0.0', OLD, ['m undo m']],
  ['run done', run('m'), null, OLD, ['m undo m']],
  ['run with a lock, only the lock begun', run('m', { environment: 'staging' }), 'm:0.0', OLD, []],
  [
    'run without a way back',
    run('m', { undo: { kind: 'none', because: 'it only adds' } }),
    null,
    OLD,
    ['m none: it only adds'],
  ],
  ['read-only run', readOnlyRun('q'), null, OLD, []],
  ['soak', soak('s', 'production'), null, OLD, []],
  ['check', check('c'), null, OLD, []],
];

describe('the way back of one step', () => {
  test.each(ways)('%s', (_name, step, last, found, items) => {
    expect(backFrom([step], last, found)).toEqual(items);
  });
});

describe('the way back of a launch', () => {
  test('is the reverse of the order in which steps were begun', () => {
    const steps = inOrder(run('one'), deploy('stage', 'staging'), check('ok'), run('two'), canary);
    const order = backFrom(steps, null).map((item) => item.split(' ')[0]);
    expect([...new Set(order)]).toEqual(['r', 'two', 'stage', 'one']);
  });

  test('follows what was begun first, not the order of the file', () => {
    const flight = new Flight(planOf([run('one'), run('two'), run('three')]));
    for (const step of ['two', 'three', 'one']) flight.begin(`${step}:0.0`);
    expect(wayBack(flight.launch).map((item) => item.step)).toEqual(['one', 'three', 'two']);
  });

  test('of a canary after a dark launch in the same place undoes the canary alone', () => {
    const steps = inOrder(darkLaunch('d', 'production'), canary);
    expect(backFrom(steps, 'r:4.0')).toEqual([
      `r ${shiftOld}`,
      `r stop ${NEW}`,
      `r confirm ${OLD}`,
      `d confirm ${OLD}`,
    ]);
    expect(backFrom(steps, null).slice(0, 2)).toEqual([`r restore ${OLD}`, `r ${shiftOld}`]);
  });

  test('a step that was tried again keeps its first place and all it began', () => {
    const flight = new Flight(planOf([ups, run('late', { needs: [] })]));
    flight.run('d:0.0');
    flight.run('d:1.0', surveyed(OLD));
    flight.run('d:2.0');
    flight.run('d:3.0', failed());
    flight.do({ type: 'retry', step: 'd' });
    flight.run('late:0.0');
    expect(wayBack(flight.launch).map(inShort)).toEqual([
      'late undo late',
      `d ${shiftOld}`,
      `d stop ${NEW}`,
      `d confirm ${OLD}`,
    ]);
  });

  test('undoes what nobody knows to have happened', () => {
    const flight = new Flight(planOf([run('m')]));
    flight.run('m:0.0', unknown());
    expect(wayBack(flight.launch).map(inShort)).toEqual(['m undo m']);
  });

  test('goes back to what the first survey found, not to what a retry would see', () => {
    const plan: Plan = planOf([ups]);
    const flight = new Flight(plan);
    flight.run('d:0.0');
    flight.run('d:1.0', failed(true));
    flight.pass(500);
    flight.run('d:1.0', surveyed(OLD));
    flight.begin('d:2.0');
    expect(flight.launch.surveys).toEqual({ d: OLD });
    flight.settle('d:2.0', done());
    expect(wayBack(flight.launch).at(-1)).toMatchObject({ undo: { work: { kind: 'confirm-back', version: OLD } } });
  });

  test('an undo is run with the time-out of its command, a version with that of its step', () => {
    const undo = { kind: 'command', command: { argv: ['x'], directory: '.', env: {}, timeout: 77 } } as const;
    const flight = new Flight(planOf([run('m', { undo }), deploy('d', 'production', { timeout: 55 })]));
    flight.fly(null, (effect) => (effect.work.kind === 'observe' ? judged('pass') : goesWell(effect)));
    const timeouts = wayBack(flight.launch).map((item) => item.undo.kind === 'effect' && item.undo.timeout);
    expect(new Set(timeouts)).toEqual(new Set([55, 77]));
  });
});
