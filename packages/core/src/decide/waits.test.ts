import { describe, expect, test } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { Flight } from '../testing/flight.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { run, wait } from '../testing/steps.ts';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Later than it is due by this, so that what is told in whole milliseconds has passed for certain. */
const ROUNDING = 2;

const flightOf = (ms: number): Flight => new Flight(planOf([wait('pause', { kind: 'elapsed', ms })]));
const counts = (flight: Flight): readonly number[] =>
  flight.log.flatMap(({ event }) => (event.type === 'time-counted' ? [event.ms] : []));

describe('a wait for a length', () => {
  test('is over when as much time has passed, and not a moment before', () => {
    const flight = flightOf(5_000);
    expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now + 5_000 + ROUNDING });
    flight.pass(4_999);
    expect(flight.step('pause')).toBe('active');
    flight.pass(1);
    expect(flight.step('pause')).toBe('passed');
  });

  test('of nothing is none', () => {
    expect(flightOf(0).launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('writes down now and then how much has passed, and after a death goes on from there', () => {
    const flight = flightOf(20 * MINUTE);
    expect(flight.pending().wakeAt).toBe(flight.now + MINUTE + ROUNDING);
    flight.pass(MINUTE + ROUNDING);
    flight.pass(MINUTE / 2);
    expect(counts(flight)).toEqual([MINUTE + ROUNDING]);
    // Who comes next knows of nothing that passed since.
    flight.now += HOUR;
    flight.do({ type: 'tick' }, SLIPWAY);
    expect(flight.step('pause')).toBe('active');
    expect(flight.launch.steps['pause']).toMatchObject({ counted: MINUTE + ROUNDING, since: flight.now });
  });

  test.each([
    ['forward', HOUR],
    ['back', -HOUR],
  ])('takes as long as it was asked to, though the clock is set %s', (_, set) => {
    const flight = flightOf(5 * MINUTE);
    flight.now += set;
    flight.live(15 * SECOND);
    expect(flight.step('pause')).toBe('active');
    // From the new time on it is awaited as if nothing had been.
    expect(flight.pending().wakeAt).toBe(flight.now + 15 * SECOND + ROUNDING);
    for (let passed = 15; passed < 285; passed += 15) flight.pass(15 * SECOND);
    expect(flight.step('pause')).toBe('active');
    flight.pass(15 * SECOND);
    expect(flight.step('pause')).toBe('passed');
  });

  test('a clock that is corrected by half a second is not worth an event', () => {
    const flight = flightOf(5 * MINUTE);
    flight.now -= 500;
    flight.live(0);
    expect(counts(flight)).toEqual([]);
  });

  test('is not ended by anything that only knows the wall clock', () => {
    const flight = new Flight(planOf([wait('pause', { kind: 'elapsed', ms: MINUTE }), run('one')]));
    flight.now += HOUR;
    flight.run('one:0.0');
    flight.do({ type: 'tick' }, SLIPWAY);
    expect(flight.step('pause')).toBe('active');
  });

  test('counts from its own start, not from the launch', () => {
    const flight = new Flight(planOf(inOrder(run('one'), wait('pause', { kind: 'elapsed', ms: 100 }))));
    flight.pass(HOUR);
    flight.run('one:0.0');
    flight.pass(99);
    expect(flight.step('pause')).toBe('active');
  });
});

test('a wait for a moment follows the wall clock, as T-0 does', () => {
  const flight = new Flight(planOf([wait('pause', { kind: 't-offset', ms: HOUR })]));
  flight.now += HOUR;
  flight.live(0);
  expect(flight.step('pause')).toBe('passed');
});

describe('a way back that waits for work in flight', () => {
  const turned = (): Flight => {
    const flight = new Flight(planOf([run('one')]));
    flight.begin('one:0.0');
    flight.do({ type: 'rollback', reason: 'enough' });
    return flight;
  };
  const look = (flight: Flight, stopping: number | null): string => {
    flight.do({ type: 'tick', lived: { waits: {}, stopping } }, SLIPWAY);
    return flight.launch.mode.is;
  };

  test.each([
    ['set forward', HOUR],
    ['set back', -HOUR],
    ['left alone', 0],
  ])('waits for ten seconds of those who were there: the clock is %s', (_, set) => {
    const flight = turned();
    flight.now += set;
    expect(look(flight, 9_999)).toBe('stopping');
    expect(look(flight, 10_000)).toBe('undoing');
  });

  test('looks again soon where the clock says that it is over, and it is not', () => {
    const flight = turned();
    flight.now += HOUR;
    expect(flight.pending().wakeAt).toBe(flight.now + SECOND);
  });

  test('goes by the clock of those who were not there', () => {
    const flight = turned();
    expect(look(flight, null)).toBe('stopping');
    flight.now += 10_000;
    expect(look(flight, null)).toBe('undoing');
  });
});
