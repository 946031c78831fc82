import { expect, test } from 'vitest';
import { Flight } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { run } from '../testing/steps.ts';

const HOUR = 3_600_000;

test('a retry that a clock set back would put off for an hour is wanted at once', () => {
  const flight = new Flight(planOf([{ ...run('one'), attempts: 2 }]));
  flight.run('one:0.0', failed(true));
  expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now + 500 });
  flight.now -= HOUR;
  expect(flight.wanted()).toEqual(['one:0.0']);
  expect(flight.pending().wakeAt).toBeNull();
});

test('a clock that is corrected by a second puts a retry off by no more than that', () => {
  const flight = new Flight(planOf([{ ...run('one'), attempts: 2 }]));
  flight.run('one:0.0', failed(true));
  const due = flight.now + 500;
  flight.now -= 1_000;
  expect(flight.pending()).toEqual({ effects: [], wakeAt: due });
});

test.each([
  ['set back by an hour', -HOUR, 'undoing'],
  ['corrected by a second', -1_000, 'stopping'],
  ['left alone', 0, 'stopping'],
])('a way back waits for work in flight, but not for an hour: the clock is %s', (_, set, is) => {
  const flight = new Flight(planOf([run('one')]));
  flight.begin('one:0.0');
  flight.do({ type: 'rollback', reason: 'enough' });
  flight.now += set;
  flight.pass(0);
  expect(flight.launch.mode.is).toBe(is);
});
