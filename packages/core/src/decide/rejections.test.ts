import { describe, expect, test } from 'vitest';
import { type Actor, SLIPWAY } from '../model/actor.ts';
import type { Command, Rejection } from '../model/command.ts';
import { ABSENT } from '../model/state.ts';
import { Flight, person, START } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, deploy, run, signoff, task } from '../testing/steps.ts';
import { decide } from './decide.ts';

const RM = person('rm');

/** `look` in flight, `bad` failed, `docs` and `typed` wait for people, `late` waits for `go`. */
function underWay(): Flight {
  const steps = [
    check('look'),
    check('bad'),
    task('docs', 'support'),
    task('link', 'support', { proof: 'url' }),
    run('typed', { confirm: 'RESET all' }),
    signoff('go', { tech: 1 }),
    check('late', { needs: ['go'] }),
  ];
  const flight = new Flight(planOf(steps));
  flight.begin('look:0.0');
  flight.run('bad:0.0', failed());
  return flight;
}

const proof = (step: string, text: string): Command => ({ type: 'complete-task', step, proof: text });
const phrase = (text: string, step = 'typed'): Command => ({ type: 'confirm', step, phrase: text });
const retry = (step: string | null): Command => ({ type: 'retry', step });
const skip = (step: string, reason = 'it does not matter'): Command => ({ type: 'skip', step, reason });

const refused: [name: string, command: Command, actor: Actor, code: Rejection['code'], message: RegExp][] = [
  ['a task by somebody else', proof('docs', 'read'), RM, 'not-allowed', /rm does not speak for support \(sl, sl2\)/],
  ['a task by Slipway', proof('docs', 'read'), SLIPWAY, 'not-allowed', /Slipway does not speak for support/],
  ['a task without proof', proof('docs', ' \n'), person('sl'), 'wrong-input', /must not be empty/],
  ['a task with a novel', proof('docs', 'x'.repeat(2_001)), person('sl'), 'wrong-input', /2,000 characters/],
  ['a task with no link', proof('link', 'it is done'), person('sl'), 'wrong-input', /wants a URL/],
  ['a task with a script', proof('link', 'javascript:alert(1)'), person('sl'), 'wrong-input', /wants a URL/],
  ['a task that is none', proof('look', 'x'), person('sl'), 'not-found', /no task called look/],
  ['a task that is not there', proof('toString', 'x'), person('sl'), 'not-found', /no task called/],
  ['a wrong phrase', phrase('reset all'), RM, 'wrong-input', /type exactly: RESET all/],
  ['a phrase by Slipway', phrase('RESET all'), SLIPWAY, 'not-allowed', /only a person/],
  ['a phrase nobody waits for', phrase('RESET all', 'look'), RM, 'not-now', /does not wait/],
  ['a phrase for nothing', phrase('RESET all', 'constructor'), RM, 'not-now', /does not wait/],
  ['a retry of nothing', retry(null), RM, 'wrong-input', /name the step/],
  ['a retry of a step that is not there', retry('constructor'), RM, 'not-found', /no step called constructor/],
  ['a retry of what is in flight', retry('look'), RM, 'not-now', /look has not failed/],
  ['a retry of what waits', retry('late'), RM, 'not-now', /late has not failed/],
  ['a skip without a reason', skip('bad', '  '), RM, 'wrong-input', /give a reason/],
  ['a skip of a step that is not there', skip('constructor'), RM, 'not-found', /no step called constructor/],
  ['a skip of what is in flight', skip('look'), RM, 'not-now', /look is running/],
  ['a resume past a failed step', { type: 'resume' }, RM, 'not-now', /step bad failed/],
  [
    'a vote without the role',
    { type: 'vote', step: 'go', vote: 'go', reason: '', basis: 1 },
    RM,
    'not-allowed',
    /does not speak for tech \(tl, both\)/,
  ],
];

describe('refused', () => {
  test.each(refused)('%s', (_name, command, actor, code, message) => {
    const rejection = underWay().refusal(command, actor);
    expect(rejection.code).toBe(code);
    expect(rejection.message).toMatch(message);
  });

  test('a second start', () => {
    const flight = underWay();
    const { plan, planDigest, directory } = flight.launch;
    const again: Command = { type: 'start', launch: 'shop-1', plan, planDigest, directory };
    expect(flight.refusal(again)).toEqual({ code: 'conflict', message: 'launch shop-1 has started already' });
  });

  const all: Command[] = [
    proof('docs', 'x'),
    phrase('x'),
    retry('look'),
    skip('look'),
    { type: 'vote', step: 'go', vote: 'go', reason: '', basis: 1 },
    { type: 'hold', reason: '' },
    { type: 'resume' },
    { type: 'abort', reason: '' },
    { type: 'rollback', reason: '' },
    { type: 'answer', effect: 'look:0.0', done: true, reason: '' },
    { type: 'tick' },
    { type: 'begin-effect', effect: 'look:0.0', again: false },
    { type: 'note-effect', effect: 'look:0.0', attempt: 1, note: null },
    { type: 'settle-effect', effect: 'look:0.0', attempt: 1, outcome: failed() },
  ];
  test.each(all.map((command) => [command.type, command] as const))(
    '%s of a launch that is not there',
    (_type, command) => {
      const decision = decide(ABSENT, command, { now: START, actor: RM });
      expect(decision).toEqual({ ok: false, rejection: { code: 'not-found', message: 'there is no such launch' } });
    },
  );

  test.each(all.filter((command) => command.type !== 'tick').map((command) => [command.type, command] as const))(
    '%s of a launch that has ended',
    (_type, command) => {
      const flight = new Flight(
        planOf([check('look'), task('docs', 'support'), run('typed'), signoff('go', { tech: 1 })]),
      );
      flight.do({ type: 'abort', reason: 'enough' });
      expect(flight.launch.mode.is).toBe('ended');
      expect(['not-now', 'conflict']).toContain(flight.refusal(command, person('both')).code);
    },
  );
});

describe('a skip', () => {
  test('of a failed step, of one that waits, of one that waits for a person', () => {
    const flight = underWay();
    for (const step of ['bad', 'late', 'docs', 'typed']) {
      flight.do(skip(step));
      expect(flight.launch.steps[step]).toMatchObject({ is: 'skipped', reason: 'it does not matter', by: RM });
    }
    expect(flight.launch.mode.is).toBe('running');
  });

  test('of a sign-off is for those who could have given a GO', () => {
    const flight = new Flight(planOf(inOrder(signoff('go', { tech: 1, support: 1 }), check('late'))));
    const refusal = flight.refusal(skip('go'), person('rm'));
    expect([refusal.code, refusal.message]).toEqual([
      'not-allowed',
      'rm does not speak for tech (tl, both) or support (sl, sl2)',
    ]);
    flight.do(skip('go'), person('sl'));
    expect(flight.launch.steps['go']).toMatchObject({ is: 'skipped', by: person('sl') });
  });

  test('of what is done is refused', () => {
    const flight = new Flight(planOf(inOrder(check('one'), check('two'), check('three'))));
    flight.run('one:0.0');
    flight.do(skip('two'));
    expect(flight.refusal(skip('one')).message).toBe('one is done');
    expect(flight.refusal(skip('two')).message).toBe('two is done');
  });

  test('of what has begun to change things is refused, failed or not', () => {
    const flight = new Flight(planOf([run('one'), deploy('ship', 'production')])).fly('ship:2.0');
    flight.run('ship:2.0', failed());
    expect(flight.refusal(skip('ship')).message).toContain('retry it, or roll back');
  });

  test('of a deploy that has only looked is accepted', () => {
    const flight = new Flight(planOf([deploy('ship', 'production')]));
    flight.run('ship:0.0', failed());
    flight.do(skip('ship'));
    expect(flight.launch.verified).toEqual({});
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });
});
