import type { Announcement, Messages } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { Flight } from '../testing/flight.ts';
import { done, failed, told, unknown } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { wait } from '../testing/steps.ts';
import { saidAlready } from './said-already.ts';

const MINUTE = 60_000;
const LONG = wait('long', { kind: 'elapsed', ms: 9e9 });
const HOURLY: Announcement = {
  on: 'started',
  message: { to: ['team'], title: 'Status', text: '{{ facts.state }}' },
  again: 20 * MINUTE,
};

function flightWith(messages: Partial<Messages> = {}, announcements: readonly Announcement[] = [HOURLY]): Flight {
  const given = { language: 'en' as const, links: {}, words: {}, ...messages };
  return new Flight({ ...planOf([LONG]), announcements, messages: given });
}

const notices = (flight: Flight): readonly string[] => flight.wanted().filter((id) => id.startsWith('~notice'));

/** The next message of the cadence; when its words were said before, minutes ago. */
function next(flight: Flight, minutes: number, words = 'under way'): number | null {
  flight.now += minutes * MINUTE;
  flight.do({ type: 'tick' });
  const [id = 'none'] = notices(flight);
  const at = saidAlready(flight.launch, id, words);
  return at === null ? null : (flight.now - at) / MINUTE;
}

/** Sends what is wanted; how it went. */
function send(flight: Flight, outcome: Outcome = told('under way')): void {
  for (const id of notices(flight)) flight.run(id, outcome);
}

describe('the same words to the same channel', () => {
  test('are said already, until an hour has passed since they were', () => {
    const flight = flightWith();
    send(flight);
    expect(next(flight, 20)).toBe(20);
    send(flight, told('under way', flight.now - 20 * MINUTE));
    expect(next(flight, 20)).toBe(40);
    send(flight, told('under way', flight.now - 40 * MINUTE));
    expect(next(flight, 20)).toBeNull();
  });

  test.each([
    ['other words', {}, told('held')],
    ['nobody knows which, as of a message of before', {}, done()],
    ['nobody knows whether', {}, unknown()],
    ['nothing, for it failed', {}, failed()],
    ['it does not count: the plan wants all', { dedup: 0 }, told('under way')],
    ['it was too long ago for the plan', { dedup: 20 * MINUTE }, told('under way')],
  ])('are said where the last was %s', (_what, messages, outcome) => {
    const flight = flightWith(messages);
    send(flight, outcome);
    expect(next(flight, 20)).toBeNull();
  });

  test('are said although they were, where something else may have gone there since', () => {
    const flight = flightWith();
    send(flight);
    next(flight, 20);
    send(flight, unknown());
    expect(next(flight, 20)).toBeNull();
  });

  test('are said again where they failed in between', () => {
    const flight = flightWith();
    send(flight);
    next(flight, 20);
    send(flight, failed());
    expect(next(flight, 20)).toBe(40);
  });

  test('are said after a clock was set back: nobody can tell when they were', () => {
    const flight = flightWith();
    send(flight);
    expect(next(flight, -600)).toBeNull();
  });

  test('are said as often as there is reason to where they are urgent', () => {
    const flight = flightWith({}, [
      { ...HOURLY, on: 'held' },
      { ...HOURLY, on: 'turning-back' },
    ]);
    flight.do({ type: 'hold', reason: 'lunch' });
    send(flight);
    expect(next(flight, 20)).toBeNull();
    send(flight);
    flight.do({ type: 'abort', reason: 'enough' });
    const [back = 'none'] = notices(flight);
    expect(flight.launch.notices[back]?.moment).toBe('turning-back');
    expect(saidAlready(flight.launch, back, 'under way')).toBeNull();
  });
});

describe('two messages of the same words at once', () => {
  const twice = [HOURLY, HOURLY];

  test('go one after the other, so that the second knows of the first', () => {
    const flight = flightWith({}, twice);
    const [first = '', ...others] = notices(flight);
    expect(others).toEqual([]);
    flight.begin(first);
    expect(notices(flight)).toEqual([first]);
    flight.settle(first, told('under way'));
    const [second = ''] = notices(flight);
    expect(saidAlready(flight.launch, second, 'under way')).toBe(flight.now);
  });

  test('do not meet where the first is tried again while the second is under way', () => {
    const flight = flightWith({}, twice);
    const [first = ''] = notices(flight);
    flight.begin(first);
    flight.settle(first, failed(true));
    const [second = ''] = notices(flight);
    flight.begin(second);
    flight.now += 60 * MINUTE;
    expect(notices(flight)).toEqual([second]);
    flight.settle(second, told('under way'));
    expect(notices(flight)).toEqual([first]);
    expect(saidAlready(flight.launch, first, 'under way')).not.toBeNull();
  });

  test('do not wait for each other where both are to be said', () => {
    expect(notices(flightWith({ dedup: 0 }, twice))).toHaveLength(2);
  });
});
