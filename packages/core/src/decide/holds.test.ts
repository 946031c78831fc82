import { describe, expect, test } from 'vitest';
import type { Step } from '@slipway/plan';
import { Flight } from '../testing/flight.ts';
import { done, failed, judged, surveyed, unknown } from '../testing/outcomes.ts';
import { inOrder, OLD, planOf } from '../testing/plans.ts';
import { announce, check, deploy, rollout, run, signoff, soak, task, wait } from '../testing/steps.ts';

const flightOf = (...steps: readonly Step[]) => new Flight(planOf(inOrder(...steps)));
const hold = (flight: Flight) => flight.do({ type: 'hold', reason: 'lunch' });
const causes = (flight: Flight) => {
  const { mode } = flight.launch;
  return mode.is === 'held' ? mode.causes.map((cause) => cause.kind) : mode.is;
};

describe('while held', () => {
  test('an effect in flight ends, and nothing new begins', () => {
    const flight = flightOf(check('one'), check('two'));
    flight.begin('one:0.0');
    hold(flight);
    expect(flight.wanted()).toEqual(['one:0.0']);
    flight.settle('one:0.0', done());
    expect([flight.step('one'), flight.step('two')]).toEqual(['passed', 'waiting']);
    expect(flight.wanted()).toEqual([]);
  });

  test('an effect that is wanted but not begun is refused to a worker', () => {
    const flight = flightOf(check('one'));
    hold(flight);
    expect(flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: false }).code).toBe('not-now');
  });

  test('a retry waits until it goes on', () => {
    const flight = flightOf(check('one', { attempts: 3 }));
    flight.begin('one:0.0');
    hold(flight);
    flight.settle('one:0.0', failed(true));
    flight.pass(500);
    expect(flight.pending()).toEqual({ effects: [], wakeAt: null });
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['one:0.0']);
  });

  test('the next move of a step in the middle does not begin, but a version with traffic is watched', () => {
    const flight = flightOf(rollout('ramp', 'production')).fly('ramp:3.0');
    flight.begin('ramp:3.0');
    hold(flight);
    flight.settle('ramp:3.0', done());
    expect(flight.wanted()).toEqual(['ramp:4.0']);
    flight.run('ramp:4.0', judged('pass'));
    expect(flight.wanted()).toEqual(['ramp:4.1']);
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['ramp:5.1']);
  });

  test('a failed verdict still turns it back', () => {
    const flight = flightOf(soak('watch', 'production', { onFail: 'rollback' }));
    hold(flight);
    flight.run('watch:0.0', judged('fail'));
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
  });

  test('people still vote, confirm and do tasks, and waits run down', () => {
    const steps = [
      signoff('go', { tech: 1 }),
      task('docs', 'support'),
      wait('pause', { kind: 'elapsed', ms: 100 }),
      run('reset', { confirm: 'RESET' }),
    ];
    const flight = new Flight(planOf(steps));
    hold(flight);
    flight.vote('go', 'tl');
    flight.do({ type: 'complete-task', step: 'docs', proof: 'read' }, { kind: 'person', id: 'sl' });
    flight.do({ type: 'confirm', step: 'reset', phrase: 'RESET' });
    expect(flight.pending().wakeAt).toBe(flight.now + 102);
    flight.pass(100);
    expect(['go', 'docs', 'pause', 'reset'].map((id) => flight.step(id))).toEqual([
      'passed',
      'passed',
      'passed',
      'active',
    ]);
    expect(flight.wanted()).toEqual([]);
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['reset:1.0']);
  });

  test('a step message that is not on its way stays, what the launch says of itself leaves', () => {
    const announcements = [{ on: 'held' as const, message: { to: ['team'], title: 'Held', text: 'We wait.' } }];
    const flight = new Flight(planOf([announce('news', null)], { announcements }));
    hold(flight);
    const [first, ...others] = flight.wanted();
    expect(flight.launch.notices[first ?? '']).toMatchObject({ step: null, moment: 'held' });
    expect(others).toEqual([]);
  });

  test('a launch whose last step passes completes only when it goes on', () => {
    const flight = flightOf(check('one'));
    flight.begin('one:0.0');
    hold(flight);
    flight.settle('one:0.0', done());
    expect(flight.launch.mode.is).toBe('held');
    flight.do({ type: 'resume' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });
});

describe('resume', () => {
  test('ends a person’s hold, which is said once', () => {
    const flight = flightOf(check('one'));
    hold(flight);
    expect(flight.refusal({ type: 'hold', reason: 'once more' }).code).toBe('not-now');
    flight.do({ type: 'resume' });
    expect(flight.launch.mode).toEqual({ is: 'running' });
  });

  test('leaves what has an answer of its own', () => {
    const flight = new Flight(planOf([check('one'), run('two'), check('three')]));
    flight.run('one:0.0', failed());
    hold(flight);
    flight.do({ type: 'resume' });
    expect(causes(flight)).toEqual(['step-failed']);
    expect(flight.refusal({ type: 'resume' }).message).toBe('step one failed: retry it, or skip it with a reason');
  });

  test('is refused for an unknown outcome, and to a launch that is not held', () => {
    const flight = flightOf(run('one'));
    expect(flight.refusal({ type: 'resume' }).message).toBe('the launch is not held');
    flight.run('one:0.0', unknown());
    expect(flight.refusal({ type: 'resume' }).message).toContain('nobody knows whether one:0.0 was done');
  });
});

describe('a cause goes with what it was about', () => {
  test('each failed step holds until it is dealt with', () => {
    const flight = new Flight(planOf([check('one'), check('two')]));
    flight.begin('two:0.0');
    flight.run('one:0.0', failed());
    flight.settle('two:0.0', failed());
    expect(causes(flight)).toEqual(['step-failed', 'step-failed']);
    flight.do({ type: 'retry', step: 'one' });
    expect(causes(flight)).toEqual(['step-failed']);
    flight.do({ type: 'skip', step: 'two', reason: 'not needed' });
    expect(causes(flight)).toBe('running');
  });

  test('a retry does not end a person’s hold', () => {
    const flight = flightOf(check('one'));
    flight.run('one:0.0', failed());
    hold(flight);
    flight.do({ type: 'retry', step: 'one' });
    expect(causes(flight)).toEqual(['person']);
  });
});

test('a launch in which nothing can start any more says so instead of waiting in silence', () => {
  const flight = flightOf(deploy('ship', 'production'), announce('news', 'production'));
  flight.do({ type: 'skip', step: 'ship', reason: 'shipped by hand' });
  expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ step: 'news' }] });
  expect(flight.refusal({ type: 'resume' }).message).toContain('news');
  flight.do({ type: 'skip', step: 'news', reason: 'told by hand' });
  expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
});

test('steps that need each other hold the launch', () => {
  const flight = new Flight(planOf([check('a', { needs: ['b'] }), check('b', { needs: ['a'] })]));
  expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ step: 'a' }] });
});

test('a person’s hold and a failure in the middle of a deploy keep its place', () => {
  const flight = flightOf(deploy('ship', 'production')).fly('ship:3.0');
  expect(flight.launch.surveys).toEqual({ ship: OLD });
  flight.run('ship:3.0', failed());
  flight.do({ type: 'retry', step: 'ship' });
  expect(flight.wanted()).toEqual(['ship:3.1']);
});

test('a deploy that failed before it changed anything looks again', () => {
  const flight = flightOf(rollout('ramp', 'production'));
  flight.run('ramp:0.0');
  flight.run('ramp:1.0', surveyed(null));
  expect(flight.launch.steps['ramp']).toMatchObject({ is: 'failed', reason: expect.stringContaining('nothing runs') });
  flight.do({ type: 'retry', step: 'ramp' });
  flight.run('ramp:0.1');
  flight.run('ramp:1.1', surveyed(OLD));
  expect(flight.wanted()).toEqual(['ramp:2.1']);
});
