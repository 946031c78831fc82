import { describe, expect, it } from 'vitest';
import type { Step } from '@slipway/plan';
import { Flight, person } from '../testing/flight.ts';
import { done } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { announce, check, run, signoff, task, wait } from '../testing/steps.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const VALID = { validFor: DAY } as const;
const ASKED = { ...VALID, proof: 'url', asked: { status: 200 } } as const;
const later = (hours: number): Step => wait('night', { kind: 'elapsed', ms: hours * HOUR });
const tick = { type: 'complete-task', step: 'macros', proof: 'https://wiki.example/macros' } as const;

/** Ticked at the start; then the hours of the wait pass. */
function afterHours(hours: number, steps: readonly Step[], own: Parameters<typeof planOf>[1] = {}): Flight {
  const flight = new Flight(planOf(inOrder(...steps), own));
  flight.do(tick, person('sl'));
  flight.fly();
  flight.pass(hours * HOUR);
  return flight;
}

const events = (flight: Flight, type: string): number => flight.log.filter(({ event }) => event.type === type).length;

describe('a tick that has grown too old', () => {
  it.each<[string, number, Step, boolean]>([
    ['a command that changes something', 25, run('next'), true],
    ['the same a little earlier', 23, run('next'), false],
    ['at the very moment', 24, run('next'), true],
    ['a message', 25, announce('next', null), true],
    ['a sign-off', 25, signoff('next', { tech: 1 }), true],
    ['a check', 25, check('next'), false],
    ['a command that only reads', 25, run('next', { effect: 'read-only', undo: null }), false],
  ])('before %s, after %d h', (_name, hours, next, isStale) => {
    const flight = afterHours(hours, [task('macros', 'support', VALID), later(hours), next]);
    expect(flight.step('macros')).toBe(isStale ? 'active' : 'passed');
    expect(flight.step('next') === 'waiting').toBe(isStale);
    expect(events(flight, 'tick-expired')).toBe(isStale ? 1 : 0);
  });

  it('is shown with since when, told to its owner, and goes on once it is ticked again', () => {
    const steps = [task('macros', 'support', VALID), later(25), run('next')];
    const flight = afterHours(25, steps, { reach: { support: ['team', 'customers'] } });
    const since = flight.log[0]?.at;
    expect(flight.launch.unticked['macros']).toEqual({ kind: 'stale', tickedAt: since, at: flight.now });
    const notices = Object.values(flight.launch.notices);
    expect(notices.map(({ channel }) => channel)).toEqual(['team', 'customers']);
    expect(notices[0]?.message.text).toContain('it was ticked at 1970-01-01 00:16:40 UTC, which is too long ago');
    flight.do(tick, person('sl2'));
    expect([flight.step('macros'), flight.step('next')]).toEqual(['passed', 'active']);
    // Whoever did it is not asked any more.
    expect(flight.wanted()).toEqual(['next:0.0']);
  });

  it('makes the votes on it fall, and has them given again', () => {
    const steps = [task('macros', 'support', VALID), signoff('go', { tech: 1 }), later(25), run('next')];
    const flight = new Flight(planOf(inOrder(...steps)));
    flight.do(tick, person('sl'));
    flight.vote('go', 'tl');
    flight.pass(25 * HOUR);
    expect([flight.step('macros'), flight.step('go'), flight.step('next')]).toEqual(['active', 'active', 'waiting']);
    flight.do(tick, person('sl'));
    expect(flight.step('next')).toBe('waiting');
    flight.vote('go', 'tl');
    expect(flight.step('next')).toBe('active');
  });

  it('stands as it was for what has begun', () => {
    const steps = [task('macros', 'support', VALID), run('first'), later(25), run('next')];
    const flight = new Flight(planOf(inOrder(...steps)));
    flight.do(tick, person('sl'));
    flight.fly();
    flight.pass(25 * HOUR);
    expect([flight.step('macros'), flight.step('next')]).toEqual(['passed', 'active']);
  });

  it('gets no second life from a clock that is set back', () => {
    const flight = new Flight(planOf(inOrder(task('macros', 'support', VALID), later(1), run('next'))));
    flight.now += 30 * DAY;
    flight.do(tick, person('sl'));
    flight.now -= 2 * DAY;
    flight.live(HOUR);
    expect(flight.step('macros')).toBe('active');
  });

  it('of a waived task is not asked for', () => {
    const flight = new Flight(planOf(inOrder(task('macros', 'support', VALID), later(25), run('next'))));
    flight.do({ type: 'skip', step: 'macros', reason: 'no macros this time' });
    flight.pass(25 * HOUR);
    expect(flight.step('next')).toBe('active');
  });
});

describe('an address that is asked, when its tick has grown too old', () => {
  const steps = [task('macros', 'support', ASKED), later(25), run('next')];

  it('is asked again, and nobody is', () => {
    const flight = afterHours(25, steps, { reach: { support: ['team'] } });
    expect(flight.wanted()).toEqual(['macros:1.1']);
    expect(flight.launch.notices).toEqual({});
    flight.run('macros:1.1', done('it answered 200'));
    expect([flight.step('macros'), flight.step('next')]).toEqual(['passed', 'active']);
    expect(events(flight, 'tick-expired')).toBe(1);
  });

  it('that does not answer any more is a task again', () => {
    const flight = afterHours(25, steps, { reach: { support: ['team'] } });
    flight.run('macros:1.1', { result: 'failed', reason: 'gone', retryable: false, retryAfter: null, evidence: null });
    expect([flight.step('macros'), flight.step('next')]).toEqual(['active', 'waiting']);
    expect(Object.values(flight.launch.notices)).toHaveLength(1);
    flight.do(tick, person('sl'));
    flight.run('macros:1.2');
    expect(flight.step('next')).toBe('active');
  });
});
