import type { LaunchMoment } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { waitingNotices } from '../program/quiet-notices.ts';
import { Flight, person, START } from '../testing/flight.ts';
import { flightWith, HOUR, LONG, MORNING, pass, QUIET, telling, titles, wanted } from '../testing/quiet.ts';
import { forkedPlan } from '../testing/scenarios.ts';
import { announce, soak, wait } from '../testing/steps.ts';

describe('in quiet hours', () => {
  test.each<readonly [LaunchMoment, boolean]>([
    ['started', true],
    ['held', false],
    ['resumed', false],
    ['turning-back', false],
    ['scrubbed', false],
  ])('what tells of %s waits: %j', (on, waits) => {
    const flight = flightWith([telling(on)]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do({ type: 'resume' });
    flight.do({ type: 'abort', reason: 'enough' });
    expect([wanted(flight).length, Object.keys(flight.launch.notices).length]).toEqual([waits ? 0 : 1, 1]);
    expect(Object.values(flight.launch.notices)[0]?.until).toBe(waits ? MORNING : undefined);
  });

  test('a page, a ticket and what says of itself that it is urgent leave at once', () => {
    const message = { to: ['team'], title: 'P0', text: 'P0', urgent: true as const };
    const flight = flightWith([telling('started', { message })], [announce('news', null, { message }), LONG]);
    expect(titles(flight, wanted(flight))).toEqual(['P0', 'P0']);
  });

  test('other channels get what they always get', () => {
    const flight = flightWith([telling('started', { message: { to: ['team', 'customers'], title: 'T', text: 'T' } })]);
    expect(wanted(flight).map((id) => flight.launch.notices[id]?.channel)).toEqual(['customers']);
  });

  test('a message waits until their end, and the launch asks to be woken then', () => {
    const flight = flightWith([telling('started')]);
    expect([wanted(flight), flight.pending().wakeAt]).toEqual([[], MORNING]);
    expect(flight.refusal({ type: 'begin-effect', effect: '~notice:1.0', again: false }).code).toBe('not-now');
    flight.now = MORNING - 1;
    expect(wanted(flight)).toEqual([]);
    flight.now = MORNING;
    expect(wanted(flight)).toEqual(['~notice:1.0']);
    flight.run('~notice:1.0');
    expect(flight.launch.notices['~notice:1.0']).toMatchObject({ until: MORNING });
    expect(wanted(flight)).toEqual([]);
  });

  test('of several of one cadence only the latest leaves, and knows how many it stands for', () => {
    const flight = flightWith([telling('started', { again: HOUR })]);
    pass(flight, 6);
    flight.now = MORNING;
    flight.do({ type: 'tick' });
    const [only = '', ...others] = wanted(flight);
    expect(others).toEqual([]);
    expect(flight.launch.notices[only]).toMatchObject({ standsFor: 7, until: MORNING });
    flight.run(only);
    pass(flight, 1);
    expect(wanted(flight).map((id) => flight.launch.notices[id]?.standsFor)).toEqual([undefined]);
  });

  test('one that falls due when they end takes the place of those that waited', () => {
    const flight = flightWith([telling('started', { again: 7 * HOUR })]);
    flight.now = START + 7 * HOUR;
    flight.do({ type: 'tick' });
    expect(wanted(flight).map((id) => flight.launch.notices[id])).toEqual([
      expect.objectContaining({ standsFor: 2, instead: '~notice:1.0' }),
    ]);
  });

  test('different messages do not stand for each other', () => {
    const flight = flightWith(
      [telling('started', { again: HOUR }), telling('soaking', { again: HOUR })],
      [soak('watch', 'staging')],
    );
    pass(flight, 3);
    flight.now = MORNING;
    expect(titles(flight, wanted(flight))).toEqual(['started', 'soaking']);
  });

  test('what a step announces waits with its step, is frozen by a hold and dropped by a way back', () => {
    const flight = flightWith([], [announce('news', null), LONG]);
    expect([flight.step('news'), wanted(flight)]).toEqual(['active', []]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.now = MORNING;
    expect(wanted(flight)).toEqual([]);
    flight.do({ type: 'resume' });
    expect(wanted(flight)).toHaveLength(1);
    flight.do({ type: 'rollback', reason: 'enough' });
    expect(wanted(flight)).toEqual([]);
  });

  test('what a hold froze before them does not leave in them', () => {
    const message = { to: ['team', 'customers'], title: 'T', text: 'T' };
    const evening = flightWith(
      [telling('resumed')],
      [wait('day', { kind: 'elapsed', ms: 20 * HOUR }), announce('news', null, { message, needs: ['day'] }), LONG],
    );
    evening.pass(20 * HOUR);
    evening.do({ type: 'hold', reason: 'dinner' });
    evening.now += 3 * HOUR;
    evening.do({ type: 'resume' });
    const told = (): readonly string[] =>
      wanted(evening).map((id) => `${evening.launch.notices[id]?.channel} ${evening.launch.notices[id]?.moment}`);
    expect(told()).toEqual(['customers null', 'team resumed']);
    for (const id of wanted(evening)) evening.run(id);
    expect(evening.pending().wakeAt).toBe(MORNING + 24 * HOUR);
    evening.now = MORNING + 24 * HOUR;
    expect(told()).toEqual(['team null']);
    for (const id of wanted(evening)) evening.run(id);
    expect([evening.step('news'), Object.keys(evening.launch.notices).length]).toEqual(['passed', 4]);
  });

  test('what a step announces again, of a scenario that was left and chosen again, waits once', () => {
    const plan = forkedPlan(undefined, { messages: { ...QUIET, dedup: 0 } });
    const news = announce('env', null, { phase: 'staging', needs: ['wish'] });
    const flight = new Flight({ ...plan, steps: { ...plan.steps, env: news } });
    flight.fly();
    flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
    for (const scenario of ['staging', 'production', 'staging']) {
      const basis = flight.launch.scenario?.proposal?.made.seq ?? -1;
      flight.do({ type: 'choose', scenario, reason: 'why not', basis }, person('both'));
    }
    flight.now = MORNING;
    expect(wanted(flight).map((id) => flight.launch.notices[id]?.standsFor)).toEqual([undefined]);
    expect(waitingNotices(flight.launch)).toHaveLength(1);
    for (const id of wanted(flight)) flight.run(id);
    expect([flight.step('env'), wanted(flight)]).toEqual(['passed', []]);
  });

  test('a launch that ended still tells in the morning', () => {
    const flight = flightWith(
      [telling('completed')],
      [announce('news', null, { message: { to: [], title: 'T', text: 'T' } })],
    );
    expect([flight.launch.mode.is, flight.pending()]).toEqual(['ended', { effects: [], wakeAt: MORNING }]);
    flight.now = MORNING;
    expect(titles(flight, wanted(flight))).toEqual(['completed']);
  });
});

describe('a clock that is set', () => {
  const DAY = 24 * HOUR;

  test.each([
    ['running', () => undefined],
    ['ended', (flight: Flight) => void flight.do({ type: 'skip', step: 'long', reason: 'enough' })],
  ])('back has what waits looked at anew: %s', (mode, then) => {
    const flight = flightWith([telling('started')]);
    then(flight);
    expect(flight.launch.mode.is).toBe(mode);
    flight.now = START - DAY;
    expect([wanted(flight), flight.pending().wakeAt]).toEqual([[], flight.now]);
    flight.do({ type: 'tick' });
    expect([wanted(flight), flight.pending().wakeAt]).toEqual([[], MORNING - DAY]);
    flight.now = MORNING - DAY;
    const [only = '', ...others] = wanted(flight);
    flight.run(only);
    flight.now = MORNING;
    flight.do({ type: 'tick' });
    expect([others, wanted(flight), flight.launch.notices[only]?.standsFor]).toEqual([[], [], undefined]);
  });

  test('back to the middle of the day has it leave at once', () => {
    const flight = flightWith([telling('started')]);
    flight.now = START - 12 * HOUR;
    flight.do({ type: 'tick' });
    expect(titles(flight, wanted(flight))).toEqual(['started']);
  });

  test('forward beyond their end has it leave at once, and once', () => {
    const flight = flightWith([telling('started')]);
    flight.now = START + DAY + 8 * HOUR;
    const [only = ''] = wanted(flight);
    flight.run(only);
    flight.now = START;
    flight.do({ type: 'tick' });
    expect(wanted(flight)).toEqual([]);
  });
});
