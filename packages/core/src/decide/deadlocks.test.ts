import { expect, test } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { deadlock, done } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { check, deploy } from '../testing/steps.ts';

/** A launch whose deploy waits in a ring; it would turn back where the deploy failed. */
function stuck(): Flight {
  const flight = new Flight(planOf([deploy('ship', 'production', { onFail: 'rollback' }), check('aside')]));
  flight.run('ship:0.0', deadlock());
  return flight;
}

test('a ring of waits holds the launch once, says who waits for whom, and is no failure', () => {
  const flight = stuck();
  expect(flight.launch.mode).toEqual({
    is: 'held',
    causes: [{ kind: 'deadlock', step: 'ship', waits: deadlock().waits }],
  });
  expect(flight.step('ship')).toBe('active');
  flight.pass(3_600_000);
  expect(flight.wanted()).toEqual([]);
  expect(flight.log.filter(({ event }) => event.type === 'held')).toHaveLength(1);
});

test('what was in flight beside it goes on to its end', () => {
  const flight = new Flight(planOf([deploy('ship', 'production'), check('aside')]));
  flight.begin('aside:0.0');
  flight.run('ship:0.0', deadlock());
  flight.settle('aside:0.0', done());
  expect(flight.step('aside')).toBe('passed');
});

test('it does not go on by "resume"', () => {
  const flight = stuck();
  expect(flight.refusal({ type: 'resume' }).message).toBe(
    'ship waits in a circle: call one of the launches off, then retry it',
  );
  flight.do({ type: 'hold', reason: 'lunch' });
  flight.do({ type: 'resume' });
  expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'deadlock' }] });
});

test('retried it asks again, and is held again where the ring is still there', () => {
  const flight = stuck();
  flight.do({ type: 'retry', step: 'ship' });
  expect(flight.launch.mode.is).toBe('running');
  flight.run('ship:0.1', deadlock());
  expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'deadlock' }] });
  flight.do({ type: 'retry', step: 'ship' });
  expect(flight.fly().launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
});

test('its step can be skipped with a reason: it has changed nothing', () => {
  const flight = stuck();
  flight.do({ type: 'skip', step: 'ship', reason: 'the other launch brings it' });
  expect(flight.fly().launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
});

test.each(['abort', 'rollback'] as const)('nothing of it is in the way of %s', (type) => {
  const flight = stuck();
  flight.do({ type, reason: 'the other one first' });
  expect(flight.fly().launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
});

test('nobody answers for it', () => {
  const flight = stuck();
  const answer = { type: 'answer', effect: 'ship:0.0', done: true, reason: 'I looked' } as const;
  expect(flight.refusal(answer).message).toBe('nobody asks about ship:0.0');
});
