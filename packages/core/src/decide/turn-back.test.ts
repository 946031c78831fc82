import { describe, expect, test } from 'vitest';
import type { Command } from '../model/command.ts';
import { Flight } from '../testing/flight.ts';
import { cancelled, done, failed, judged, surveyed, unknown } from '../testing/outcomes.ts';
import { inOrder, OLD, planOf } from '../testing/plans.ts';
import { announce, check, deploy, rollout, run, signoff, soak, wait } from '../testing/steps.ts';

const ABORT: Command = { type: 'abort', reason: 'enough' };
const ROLLBACK: Command = { type: 'rollback', reason: 'enough' };

describe('the ending', () => {
  const endings: [name: string, environment: string | null, begun: boolean, ending: string][] = [
    ['nothing was begun', 'production', false, 'scrubbed'],
    ['staging was touched', 'staging', true, 'scrubbed'],
    ['production was touched', 'production', true, 'rolled-back'],
    ['what was touched names no environment', null, true, 'rolled-back'],
    ['what was touched names an unknown environment', 'atlantis', true, 'rolled-back'],
  ];
  test.each(endings)('%s', (_name, environment, begun, ending) => {
    for (const command of [ABORT, ROLLBACK]) {
      const flight = new Flight(planOf([run('one', { environment }), wait('long', { kind: 'elapsed', ms: 9e9 })]));
      if (begun) flight.fly();
      flight.do(command);
      flight.fly();
      expect(flight.launch.mode).toMatchObject({ is: 'ended', as: ending, cause: { kind: command.type } });
    }
  });
});

describe('an executive effect in flight', () => {
  function inFlight(): Flight {
    const flight = new Flight(planOf([run('one'), run('two'), check('look')]));
    flight.run('one:0.0');
    flight.begin('two:0.0');
    flight.begin('look:0.0');
    flight.do(ABORT);
    return flight;
  }

  test('is waited for, and told to stop; what only looks is not waited for', () => {
    const flight = inFlight();
    expect(flight.launch.mode).toMatchObject({ is: 'stopping', stopBy: flight.now + 10_000 });
    expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now + 10_002 });
    flight.settle('look:0.0', done());
    expect(flight.launch.mode.is).toBe('stopping');
  });

  test.each([
    ['done', done()],
    ['failed', failed()],
    ['failed for now', failed(true)],
    ['unknown', unknown()],
    ['cancelled', cancelled()],
  ])('that ends as %s lets the way back begin', (_name, outcome) => {
    const flight = inFlight();
    flight.settle('two:0.0', outcome);
    expect(flight.wanted()).toEqual(['~undo:0.0']);
    expect(flight.launch.mode).toMatchObject({ is: 'undoing', items: [{ step: 'two' }, { step: 'one' }] });
  });

  test('that never ends is waited for until stop-by and no longer', () => {
    const flight = inFlight();
    flight.pass(9_999);
    expect(flight.launch.mode.is).toBe('stopping');
    flight.pass(1);
    expect(flight.launch.mode).toMatchObject({ is: 'undoing', items: [{ step: 'two' }, { step: 'one' }] });
  });

  test('of another step is waited for when a rollout finds nothing to compare with', () => {
    const steps = [run('long'), rollout('ramp', 'production', { onFail: 'rollback' })];
    const flight = new Flight(planOf(steps));
    flight.begin('long:0.0');
    flight.pass(3_600_000);
    flight.run('ramp:0.0');
    flight.run('ramp:1.0', surveyed(null));
    expect(flight.launch.mode).toMatchObject({ is: 'stopping', stopBy: flight.now + 10_000 });
  });

  test('of another step is waited for when a message does not arrive', () => {
    const flight = new Flight(planOf([run('long'), announce('news', null, { onFail: 'rollback' })]));
    flight.begin('long:0.0');
    flight.pass(3_600_000);
    flight.run(flight.wanted().find((id) => id.startsWith('~notice')) ?? '', failed());
    expect(flight.launch.mode).toMatchObject({ is: 'stopping', stopBy: flight.now + 10_000 });
  });
});

describe('nothing holds a way back', () => {
  test('not a person’s hold, not a failed step, not a question that is open', () => {
    const flight = new Flight(planOf([run('one'), check('two'), run('three')]));
    flight.run('one:0.0', unknown());
    flight.do({ type: 'hold', reason: 'wait' });
    flight.do(ROLLBACK);
    expect(flight.wanted()).toEqual(['~undo:0.0']);
    expect(flight.refusal({ type: 'hold', reason: 'wait' }).message).toContain('nothing holds a way back');
  });

  test('it is not turned back a second time', () => {
    const flight = new Flight(planOf([run('one'), run('two')]));
    flight.begin('one:0.0');
    flight.do(ABORT);
    for (const command of [ABORT, ROLLBACK]) expect(flight.refusal(command).code).toBe('not-now');
    flight.settle('one:0.0', done());
    for (const command of [ABORT, ROLLBACK]) expect(flight.refusal(command).code).toBe('not-now');
  });

  const forward: Command[] = [
    { type: 'vote', step: 'go', vote: 'no-go', reason: '', basis: 1 },
    { type: 'retry', step: 'bad' },
    { type: 'skip', step: 'go', reason: 'why not' },
    { type: 'resume' },
    { type: 'begin-effect', effect: 'late:0.0', again: false },
    { type: 'complete-task', step: 'go', proof: 'x' },
    { type: 'confirm', step: 'go', phrase: 'x' },
  ];
  test.each(forward.map((command) => [command.type, command] as const))('%s does not go on', (_type, command) => {
    const flight = new Flight(planOf([run('one'), check('bad'), signoff('go', { release: 1 }), check('late')]));
    flight.begin('one:0.0');
    flight.run('bad:0.0', failed());
    flight.do(ABORT);
    expect(['not-now', 'not-found']).toContain(flight.refusal(command).code);
  });
});

describe('a launch turns back by itself', () => {
  const turns: [name: string, flight: () => Flight, cause: string][] = [
    ['when a step says so', () => failing(new Flight(planOf([run('one', { onFail: 'rollback' })]))), 'step-failed'],
    [
      'when a verdict fails',
      () => judging(new Flight(planOf([soak('one', 'production', { onFail: 'rollback' })]))),
      'verdict',
    ],
    ['when somebody says NO-GO', () => refusing(new Flight(planOf([signoff('one', { tech: 1 })]))), 'no-go'],
  ];
  test.each(turns)('%s', (_name, fly, cause) => {
    const flight = fly().fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', cause: { kind: cause, step: 'one' } });
  });

  const failing = (flight: Flight) => (flight.run('one:0.0', failed()), flight);
  const judging = (flight: Flight) => (flight.run('one:0.0', judged('fail')), flight);
  const refusing = (flight: Flight) => (flight.vote('one', 'tl', 'no-go'), flight);
});

test('what was verified is not verified any more', () => {
  const steps = inOrder(deploy('ship', 'production'), soak('watch', 'production'));
  const flight = new Flight(planOf(steps)).fly('watch:0.0');
  expect(flight.launch.verified).toEqual({ production: '2.0.0' });
  flight.do(ROLLBACK);
  expect(flight.launch.verified).toEqual({});
  expect(flight.launch.surveys).toEqual({ ship: OLD });
});
