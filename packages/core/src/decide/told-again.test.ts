import type { Announcement, LaunchMoment, Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { Flight, START } from '../testing/flight.ts';
import { planOf } from '../testing/plans.ts';
import { soak, wait } from '../testing/steps.ts';

const MINUTE = 60_000;
const LONG = wait('long', { kind: 'elapsed', ms: 9e9 });

function telling(on: LaunchMoment, again?: number): Announcement {
  const message = { to: ['team'], title: on, text: on };
  return again === undefined ? { on, message } : { on, message, again };
}

const flightWith = (announcements: readonly Announcement[], steps: readonly Step[] = [LONG]): Flight =>
  new Flight({ ...planOf(steps), announcements });
const told = (flight: Flight): readonly string[] =>
  flight.log.flatMap(({ event, at }) =>
    event.type === 'notice-queued' ? [`${event.message.title} +${Math.round((at - START) / MINUTE)}m`] : [],
  );

/** A minute at a time, as the engine's timer would: it wakes no later than it said. */
function pass(flight: Flight, minutes: number): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    flight.now += MINUTE;
    flight.do({ type: 'tick' });
  }
}

describe('an announcement that is told again', () => {
  test('is, for as long as the launch is held, and not any more', () => {
    const flight = flightWith([telling('held', 30 * MINUTE), telling('resumed')]);
    flight.do({ type: 'hold', reason: 'lunch' });
    pass(flight, 65);
    flight.do({ type: 'resume' });
    pass(flight, 65);
    expect(told(flight)).toEqual(['held +0m', 'held +30m', 'held +60m', 'resumed +65m']);
    flight.do({ type: 'hold', reason: 'again' });
    pass(flight, 31);
    expect(told(flight).slice(4)).toEqual(['held +130m', 'held +160m']);
  });

  test('is told hour by hour from the start until the end', () => {
    const flight = flightWith([telling('started', 60 * MINUTE)]);
    pass(flight, 125);
    flight.do({ type: 'abort', reason: 'enough' });
    pass(flight, 125);
    expect(told(flight)).toEqual(['started +0m', 'started +60m', 'started +120m']);
  });

  test('is told while something is soaked', () => {
    const flight = flightWith([telling('soaking', 10 * MINUTE)], [soak('watch', 'staging')]);
    pass(flight, 25);
    expect(told(flight)).toEqual(['soaking +0m', 'soaking +10m', 'soaking +20m']);
  });

  test('says when it wants to be woken', () => {
    const flight = flightWith([telling('held', 30 * MINUTE)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    expect(flight.pending().wakeAt).toBe(START + 30 * MINUTE);
  });

  test('of a clock that is set back by a day is not put off', () => {
    const flight = flightWith([telling('held', 30 * MINUTE)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.now -= 24 * 60 * MINUTE;
    flight.do({ type: 'tick' });
    expect(told(flight)).toHaveLength(2);
  });

  test.each(['started', 'held'] as const)('of a clock that is set back is not told at every look: %s', (on) => {
    const flight = flightWith([telling(on, 30 * MINUTE)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.now -= 24 * 60 * MINUTE;
    flight.do({ type: 'tick' });
    expect(flight.pending().wakeAt).toBe(flight.now + 30 * MINUTE);
    pass(flight, 61);
    expect(told(flight)).toHaveLength(4);
  });

  test('is told no more than five hundred times', () => {
    const flight = flightWith([telling('held', MINUTE)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    pass(flight, 600);
    expect(told(flight)).toHaveLength(500);
  });

  test('has ids of its own beside others of the same moment', () => {
    const flight = flightWith([telling('held', 10 * MINUTE), telling('held', 10 * MINUTE)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    pass(flight, 10);
    expect(Object.keys(flight.launch.notices)).toHaveLength(4);
  });
});
