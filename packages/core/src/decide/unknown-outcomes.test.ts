import type { Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { Flight } from '../testing/flight.ts';
import { done, failed, unknown } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { announce, check, deploy, readOnlyRun, run, soak } from '../testing/steps.ts';

const answer = (effect: string, wasDone: boolean) =>
  ({ type: 'answer', effect, done: wasDone, reason: 'I logged in and looked' }) as const;

function unclear(step: Step, effect: string): Flight {
  const flight = new Flight(planOf([step, check('aside')])).fly(effect);
  flight.run(effect, unknown());
  return flight;
}

describe('an unknown outcome', () => {
  test('holds the launch once and is not tried again by itself', () => {
    const flight = unclear(run('one', { attempts: 5 }), 'one:0.0');
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'unknown-outcome', effect: 'one:0.0' }] });
    flight.pass(3_600_000);
    expect(flight.wanted()).toEqual([]);
    expect(flight.log.filter(({ event }) => event.type === 'held')).toHaveLength(1);
    expect(flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: true }).code).toBe('not-now');
  });

  test('answered with "done" goes on', () => {
    const flight = unclear(deploy('ship', 'production'), 'ship:2.0');
    flight.do(answer('ship:2.0', true));
    expect(flight.launch.mode.is).toBe('running');
    expect(flight.wanted()).toContain('ship:3.0');
  });

  test('answered with "not done" is a failure that a person may retry', () => {
    const flight = unclear(run('one'), 'one:0.0');
    flight.do(answer('one:0.0', false));
    expect(flight.launch.steps['one']).toMatchObject({ is: 'failed', reason: expect.stringContaining('not done') });
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'step-failed' }] });
    flight.do({ type: 'retry', step: 'one' });
    expect(flight.wanted()).toContain('one:0.1');
  });

  test('answered with "not done" turns back where the step says so', () => {
    const flight = unclear(run('one', { onFail: 'rollback' }), 'one:0.0');
    flight.do(answer('one:0.0', false));
    expect(flight.launch.mode).toMatchObject({ is: 'undoing', cause: { kind: 'step-failed' } });
  });

  test('may be retried outright: that is a person’s decision too', () => {
    const flight = unclear(run('one'), 'one:0.0');
    flight.do({ type: 'retry', step: 'one' });
    expect(flight.launch.mode.is).toBe('running');
    expect(flight.wanted()).toContain('one:0.1');
  });

  const looks: [name: string, step: Step, effect: string][] = [
    ['check', check('one'), 'one:0.0'],
    ['read-only run', readOnlyRun('one'), 'one:0.0'],
    ['survey', deploy('one', 'production'), 'one:1.0'],
    ['observation', soak('one', 'production'), 'one:0.0'],
  ];
  test.each(looks)('of a %s is looked at again: nobody can answer for it', (_name, step, effect) => {
    const flight = unclear(step, effect);
    for (const wasDone of [true, false])
      expect(flight.refusal(answer(effect, wasDone)).message).toContain('retry one instead of answering for it');
    flight.do({ type: 'retry', step: 'one' });
    expect(flight.wanted()).toContain('one:0.1');
  });
});

describe('nobody asks', () => {
  test('about what is in flight, done, failed or not there', () => {
    const flight = new Flight(planOf([run('one'), run('two'), run('three')]));
    flight.begin('one:0.0');
    flight.run('two:0.0', done());
    flight.run('three:0.0', failed());
    for (const effect of ['one:0.0', 'two:0.0', 'three:0.0', 'four:0.0', 'constructor', '~undo:0.0'])
      expect(flight.refusal(answer(effect, true))).toEqual({
        code: 'not-now',
        message: `nobody asks about ${effect}`,
      });
  });

  test('about an attempt that a retry has left behind', () => {
    const flight = unclear(run('one'), 'one:0.0');
    flight.do({ type: 'retry', step: 'one' });
    flight.run('one:0.1', failed());
    const { mode } = flight.launch;
    expect(flight.refusal(answer('one:0.0', true)).code).toBe('not-now');
    expect(flight.launch.mode).toEqual(mode);
  });

  test('about a message: it is sent again, or its step is skipped', () => {
    const flight = new Flight(planOf([announce('news', null)]));
    const [notice = ''] = flight.wanted();
    flight.run(notice, unknown());
    expect(flight.step('news')).toBe('failed');
    expect(flight.refusal(answer(notice, true)).code).toBe('not-now');
  });

  test('on the way back about what was done on the way there', () => {
    const flight = unclear(inOrder(run('one'))[0] ?? run('one'), 'one:0.0');
    flight.do({ type: 'abort', reason: 'enough' });
    expect(flight.refusal(answer('one:0.0', true)).code).toBe('not-now');
  });

  test('Slipway itself', () => {
    const flight = unclear(run('one'), 'one:0.0');
    expect(flight.refusal(answer('one:0.0', true), SLIPWAY).code).toBe('not-allowed');
  });
});
