import type { Announcement, Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { waitingNotices } from '../program/quiet-notices.ts';
import { messageStateText } from '../record/message-state.ts';
import { RECORD_WORDS } from '../record/record-words.ts';
import { type Flight, START } from '../testing/flight.ts';
import { done, failed } from '../testing/outcomes.ts';
import { flightWith, HOUR, LONG, MORNING, pass, telling, titles, wanted } from '../testing/quiet.ts';
import { announce, deploy, soak, wait } from '../testing/steps.ts';

describe('a message of a launch that turned back', () => {
  const turned = (flight: Flight): void => {
    flight.do({ type: 'abort', reason: 'enough' });
    flight.now = MORNING;
    flight.do({ type: 'tick' });
  };

  test.each<readonly [string, readonly Announcement[], readonly Step[]]>([
    ['began', [telling('started')], [LONG]],
    ['is told again and again', [telling('started', { again: HOUR })], [LONG]],
    ['is soaked', [telling('soaking')], [soak('watch', 'staging')]],
    ['has news', [], [announce('news', null), LONG]],
  ])('nothing says in the morning that it %s', (_what, announcements, steps) => {
    const flight = flightWith(announcements, steps);
    pass(flight, 2);
    turned(flight);
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
    expect([flight.pending(), waitingNotices(flight.launch)]).toEqual([{ effects: [], wakeAt: null }, []]);
    expect(flight.refusal({ type: 'begin-effect', effect: '~notice:1.0', again: false }).code).toBe('not-now');
    const told = Object.values(flight.launch.notices).map((each) =>
      messageStateText(flight.launch, each, RECORD_WORDS.en),
    );
    expect(new Set(told)).toEqual(new Set(['not sent: the launch turned back']));
  });

  test('what is urgent leaves all the same', () => {
    const flight = flightWith([telling('started'), telling('turning-back'), telling('scrubbed')]);
    turned(flight);
    expect(titles(flight, wanted(flight))).toEqual(['turning-back', 'scrubbed']);
  });

  test('nothing of it waits while a way back is under way or incomplete', () => {
    const flight = flightWith([telling('started')], [deploy('bring', 'staging'), LONG]);
    flight.fly();
    flight.do({ type: 'rollback', reason: 'enough' });
    expect([flight.launch.mode.is, waitingNotices(flight.launch)]).toEqual(['undoing', []]);
    for (let tries = 0; flight.launch.mode.is === 'undoing' && tries < 50; tries += 1) {
      for (const id of flight.wanted().slice(0, 1)) flight.run(id, failed());
    }
    flight.now = MORNING;
    expect([flight.launch.mode.is, flight.pending()]).toEqual(['incomplete', { effects: [], wakeAt: null }]);
  });

  test('what began to leave before ends', () => {
    const flight = flightWith([telling('started')]);
    flight.now = MORNING;
    flight.begin('~notice:1.0');
    flight.do({ type: 'abort', reason: 'enough' });
    expect(wanted(flight)).toEqual(['~notice:1.0']);
    flight.settle('~notice:1.0', done());
    expect(wanted(flight)).toEqual([]);
  });
});

describe('a message that was to leave before quiet hours', () => {
  const EVENING = 22 * HOUR;
  const BEFORE = EVENING - 10_000;
  const NEXT = MORNING + 24 * HOUR;
  /** In the evening, a moment before they begin. */
  const evening = (announcements: readonly Announcement[], steps: readonly Step[] = [LONG]): Flight => {
    const flight = flightWith(announcements, [wait('day', { kind: 'elapsed', ms: BEFORE - START }), ...steps]);
    flight.pass(BEFORE - START);
    return flight;
  };
  const waiting = (flight: Flight): readonly unknown[] =>
    waitingNotices(flight.launch).map(({ message, until, standsFor }) => [message.title, until, standsFor]);

  test.each<readonly [string, readonly Announcement[], readonly Step[], string]>([
    ['tells of a soak', [telling('soaking')], [soak('watch', 'staging', { needs: ['day'] })], 'soaking'],
    ['is announced by a step', [], [announce('news', null, { needs: ['day'] }), LONG], 'Live'],
    ['tells that it is complete', [telling('completed')], [], 'completed'],
  ])('and %s: it waits for their end where its try failed', (_what, announcements, steps, title) => {
    const flight = evening(announcements, steps);
    const [first = ''] = wanted(flight);
    flight.run(first, failed(true));
    flight.now += 1_000;
    flight.run(first, failed(true));
    flight.now = EVENING + 50_000;
    expect(flight.refusal({ type: 'begin-effect', effect: first, again: false }).code).toBe('not-now');
    flight.do({ type: 'tick' });
    expect([wanted(flight), waiting(flight)]).toEqual([[], [[title, NEXT, undefined]]]);
    expect(flight.pending().wakeAt).toBe(NEXT);
    flight.now = NEXT;
    expect(titles(flight, wanted(flight))).toEqual([title]);
    for (const id of wanted(flight)) flight.run(id);
    expect([wanted(flight), waiting(flight)]).toEqual([[], []]);
  });

  test('waits for their end where nobody was there, and those of its cadence stand in one', () => {
    const flight = evening([telling('started', { again: HOUR })]);
    const [first = '', ...others] = wanted(flight);
    expect(others).toEqual([]);
    flight.now = EVENING + 5 * HOUR;
    expect(flight.refusal({ type: 'begin-effect', effect: first, again: false })).toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('quiet hours'),
    });
    flight.do({ type: 'tick' });
    expect([wanted(flight), waiting(flight)]).toEqual([[], [['started', NEXT, 3]]]);
    flight.now = NEXT;
    flight.do({ type: 'tick' });
    expect(wanted(flight)).toHaveLength(1);
  });

  test('waits for another morning where it waited for one already', () => {
    const flight = flightWith([telling('started')]);
    flight.now = EVENING + HOUR;
    flight.do({ type: 'tick' });
    expect([wanted(flight), waiting(flight)]).toEqual([[], [['started', NEXT, undefined]]]);
    flight.do({ type: 'tick' });
    expect(Object.keys(flight.launch.notices)).toHaveLength(2);
  });

  test('leaves where it had begun to, or is urgent', () => {
    const flight = flightWith([telling('started'), telling('held')]);
    flight.now = BEFORE;
    flight.do({ type: 'hold', reason: 'dinner' });
    flight.begin('~notice:1.0');
    flight.now = EVENING + HOUR;
    flight.do({ type: 'tick' });
    expect([titles(flight, wanted(flight)), waiting(flight)]).toEqual([['started', 'held'], []]);
    flight.begin('~notice:1.0', true);
    for (const id of wanted(flight).slice(1)) flight.run(id);
  });
});
