import { describe, expect, test } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { NEW, OLD, planOf } from '../testing/plans.ts';
import { rollout, run } from '../testing/steps.ts';
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
