import { describe, expect, test } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { findEffect } from '../program/lookup.ts';
import { retryDelay } from '../program/retry.ts';
import { Flight } from '../testing/flight.ts';
import { cancelled, done, failed, unknown } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, deploy, run } from '../testing/steps.ts';

const settleOf = (attempt: number, effect = 'one:0.0') =>
  ({ type: 'settle-effect', effect, attempt, outcome: done() }) as const;

describe('an attempt', () => {
  test('is begun once', () => {
    const flight = new Flight(planOf([check('one')]));
    flight.begin('one:0.0');
    const again = flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: false });
    expect(again).toEqual({ code: 'conflict', message: 'effect one:0.0 has been started: its outcome is unknown' });
  });

  test('is begun again only by who knows that it did not happen, with a new number', () => {
    const flight = new Flight(planOf([check('one')]));
    expect(flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: true }).code).toBe('conflict');
    flight.begin('one:0.0');
    flight.begin('one:0.0', true);
    expect(flight.launch.effects['one:0.0']).toMatchObject({ is: 'started', attempt: 2 });
  });

  test('is settled once, and only the newest', () => {
    const flight = new Flight(planOf([check('one'), check('two')]));
    expect(flight.refusal(settleOf(1)).code).toBe('conflict');
    flight.begin('one:0.0');
    flight.begin('one:0.0', true);
    expect(flight.refusal(settleOf(1)).message).toBe('attempt 1 of effect one:0.0 is not the current one');
    flight.do(settleOf(2), SLIPWAY);
    expect(flight.refusal(settleOf(2)).code).toBe('conflict');
    expect(flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: false }).code).toBe('not-now');
  });

  test.each(['two:0.0', 'one:1.0', 'one:0.1', 'one', ':0.0', '~undo:0.0', '~notice:1.0', 'constructor', ''])(
    '%j is not wanted',
    (effect) => {
      const flight = new Flight(planOf(inOrder(check('one'), check('two'))));
      expect(flight.refusal({ type: 'begin-effect', effect, again: false }).code).toBe('not-now');
    },
  );

  test('leaves a note to its successor, across a retry, until it is settled', () => {
    const flight = new Flight(planOf([check('one', { attempts: 2 })]));
    const note = { type: 'note-effect', effect: 'one:0.0', attempt: 1, note: { boot: 'a' } } as const;
    expect(flight.refusal(note).code).toBe('conflict');
    flight.begin('one:0.0');
    flight.do(note, SLIPWAY);
    flight.settle('one:0.0', failed(true));
    expect(flight.launch.effects['one:0.0']).toMatchObject({ is: 'retrying', note: { boot: 'a' } });
    flight.pass(500);
    flight.begin('one:0.0');
    expect(flight.launch.effects['one:0.0']).toMatchObject({ is: 'started', attempt: 2, note: { boot: 'a' } });
    expect(flight.refusal(note).code).toBe('conflict');
  });
});

describe('retries', () => {
  const delays: [attempt: number, attempts: number, retryable: boolean, after: number | null, delay: number | null][] =
    [
      [1, 3, true, null, 500],
      [2, 3, true, null, 1_000],
      [3, 3, true, null, null],
      [1, 1, true, null, null],
      [4, 9, true, null, 4_000],
      [8, 99, true, null, 60_000],
      [90, 99, true, null, 60_000],
      [1, 3, false, null, null],
      [1, 3, false, 5_000, null],
      [1, 3, true, 5_000, 5_000],
      [1, 3, true, 100, 500],
      [1, 3, true, 3_600_000, 60_000],
    ];
  test.each(delays)('attempt %i of %i (retryable: %s, asked to wait %s ms) waits %s ms', (...row) => {
    const [attempt, attempts, retryable, after, delay] = row;
    const flight = new Flight(planOf([check('one', { attempts })]));
    const outcome = failed(retryable, after);
    expect(retryDelay(findEffect(flight.launch, 'one:0.0'), attempt, outcome)).toBe(delay);
  });

  test('are due when their time has come, not before', () => {
    const flight = new Flight(planOf([check('one', { attempts: 2 })]));
    flight.run('one:0.0', failed(true));
    expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now + 500 });
    flight.pass(499);
    expect(flight.refusal({ type: 'begin-effect', effect: 'one:0.0', again: false }).code).toBe('not-now');
    flight.pass(1);
    expect(flight.pending().wakeAt).toBeNull();
    flight.run('one:0.0', failed(true));
    expect(flight.step('one')).toBe('failed');
  });
});

describe('how an effect ended decides', () => {
  const endings: [
    name: string,
    onFail: 'hold' | 'rollback',
    outcome: ReturnType<typeof done>,
    step: string,
    mode: string,
  ][] = [
    ['done', 'hold', done(), 'passed', 'ended'],
    ['failed', 'hold', failed(), 'failed', 'held'],
    ['failed, with a way back', 'rollback', failed(), 'failed', 'undoing'],
    ['cancelled', 'hold', cancelled(), 'failed', 'held'],
    ['cancelled, with a way back', 'rollback', cancelled(), 'failed', 'undoing'],
    ['unknown', 'hold', unknown(), 'active', 'held'],
    ['unknown, with a way back: a person is asked first', 'rollback', unknown(), 'active', 'held'],
  ];
  test.each(endings)('%s', (_name, onFail, outcome, step, mode) => {
    const flight = new Flight(planOf([run('one', { onFail })]));
    flight.run('one:0.0', outcome);
    expect([flight.step('one'), flight.launch.mode.is]).toEqual([step, mode]);
  });
});

test('a worker that is late is heard even on the way back, and changes nothing there', () => {
  const flight = new Flight(planOf([run('one'), deploy('ship', 'production')])).fly('ship:2.0', (effect) =>
    effect.work.kind === 'survey'
      ? { result: 'done', evidence: { summary: '', items: [] }, data: { kind: 'survey', current: null } }
      : done(),
  );
  flight.begin('ship:2.0');
  flight.do({ type: 'abort', reason: 'stop' });
  flight.pass(10_000);
  const { mode } = flight.launch;
  expect(mode.is).toBe('undoing');
  flight.settle('ship:2.0', unknown());
  expect(flight.launch.mode).toEqual(mode);
});

test('a survey that names no version does not pass for a deploy', () => {
  const flight = new Flight(planOf([deploy('ship', 'production')]));
  flight.run('ship:0.0');
  flight.run('ship:1.0', done());
  expect(flight.step('ship')).toBe('failed');
  expect(flight.launch.verified).toEqual({});
});
