import { describe, expect, test } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { failed, rolled } from '../testing/outcomes.ts';
import { NEW, OLD, planOf } from '../testing/plans.ts';
import { darkLaunch, rolling, rollout, run } from '../testing/steps.ts';
import { rollProgress } from './roll-progress.ts';
import { splitOf, workOf } from './split.ts';

const ramp = () => new Flight(planOf([rollout('ramp', 'production')]));

describe('the split of an environment', () => {
  test('is what was last set, there and back', () => {
    const flight = ramp().fly('ramp:3.0');
    expect(splitOf(flight.launch, 'production')).toBeNull();
    flight.fly('ramp:4.0');
    expect(splitOf(flight.launch, 'production')).toEqual({ [NEW]: 10, [OLD]: 90 });
    expect(splitOf(flight.launch, 'staging')).toBeNull();
    flight.run('ramp:4.0', failed());
    flight.do({ type: 'rollback', reason: 'enough' });
    flight.pass(1);
    flight.fly();
    expect(splitOf(flight.launch, 'production')).toEqual({ [OLD]: 100 });
  });
});

test('the split is that of the old version all through a dark launch', () => {
  const flight = new Flight(planOf([darkLaunch('dark', 'production')])).fly('dark:4.0');
  expect(splitOf(flight.launch, 'production')).toEqual({ [OLD]: 100 });
  flight.fly();
  expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  expect(splitOf(flight.launch, 'production')).toEqual({ [OLD]: 100 });
});

describe('the split of an environment that is rolled', () => {
  const batches = () => new Flight(planOf([rolling('roll', 'production')])).fly('roll:2.0');
  const progress = { kind: 'rolled', instances: 1, of: 4, weights: { [NEW]: 20, [OLD]: 80 } } as const;
  const half = { [NEW]: 50, [OLD]: 50 };
  const noted = (flight: Flight) => {
    flight.begin('roll:2.0');
    flight.do({ type: 'note-effect', effect: 'roll:2.0', attempt: 1, note: progress });
    return flight;
  };

  test('is not known before it says so', () => {
    const flight = batches();
    flight.begin('roll:2.0');
    expect(splitOf(flight.launch, 'production')).toBeNull();
  });

  test('is what it noted on its way, also after it failed', () => {
    const flight = noted(batches());
    expect(splitOf(flight.launch, 'production')).toEqual(progress.weights);
    flight.settle('roll:2.0', failed());
    expect(splitOf(flight.launch, 'production')).toEqual(progress.weights);
    expect(rollProgress(flight.launch.effects['roll:2.0'])).toEqual(progress);
  });

  test('is what it says at its end', () => {
    const flight = noted(batches());
    flight.settle('roll:2.0', rolled(2, 4, half));
    expect(splitOf(flight.launch, 'production')).toEqual(half);
  });

  test('is that of the batch in flight, not of the one before', () => {
    const flight = batches();
    flight.run('roll:2.0', rolled(2, 4, half));
    flight.fly('roll:4.0').begin('roll:4.0');
    expect(splitOf(flight.launch, 'production')).toEqual(half);
    flight.do({
      type: 'note-effect',
      effect: 'roll:4.0',
      attempt: 1,
      note: { ...progress, weights: { [NEW]: 60, [OLD]: 40 } },
    });
    expect(splitOf(flight.launch, 'production')).toEqual({ [NEW]: 60, [OLD]: 40 });
  });

  test('is that of the way back, also where the roll never said how it ended', () => {
    const flight = noted(batches());
    flight.do({ type: 'rollback', reason: 'enough' });
    flight.pass(60_000);
    flight.fly();
    expect(flight.launch.effects['roll:2.0']?.is).toBe('started');
    expect(splitOf(flight.launch, 'production')).toEqual({ [OLD]: 100 });
  });

  test.each([null, 7, [], { kind: 'other' }, { ...progress, of: '4' }, { ...progress, weights: [] }])(
    'is not taken from a note of another shape: %j',
    (note) => {
      const flight = batches();
      flight.begin('roll:2.0');
      flight.do({ type: 'note-effect', effect: 'roll:2.0', attempt: 1, note });
      expect(splitOf(flight.launch, 'production')).toBeNull();
    },
  );
});

test('the newest shift counts, even if the clock was set back in between', () => {
  const flight = ramp().fly('ramp:5.0');
  flight.now -= 600_000;
  flight.fly('ramp:6.0');
  expect(splitOf(flight.launch, 'production')).toEqual({ [NEW]: 100 });
});

describe('the work of an effect', () => {
  test('of a step, of the way back, of neither', () => {
    const flight = new Flight(planOf([run('one')]));
    flight.begin('one:0.0');
    expect(workOf(flight.launch, 'one:0.0')).toMatchObject({ kind: 'command', command: { argv: ['do', 'one'] } });
    expect(workOf(flight.launch, '~undo:0.0')).toBeNull();
    flight.do({ type: 'abort', reason: 'enough' });
    flight.settle('one:0.0', failed());
    expect(workOf(flight.launch, '~undo:0.0')).toMatchObject({ kind: 'command', command: { argv: ['undo', 'one'] } });
    flight.fly();
    expect(workOf(flight.launch, '~undo:0.0')).not.toBeNull();
    for (const nothing of ['~undo:7.0', '~notice:1.0', 'two:0.0', 'one:9.0', ''])
      expect(workOf(flight.launch, nothing)).toBeNull();
  });
});
