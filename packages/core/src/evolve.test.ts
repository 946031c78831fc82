import { describe, expect, test } from 'vitest';
import { SLIPWAY } from './model/actor.ts';
import type { LaunchEvent, Recorded } from './model/event.ts';
import { ABSENT, type State } from './model/state.ts';
import { evolve } from './evolve.ts';
import { Flight, START } from './testing/flight.ts';
import { failed, judged, unknown } from './testing/outcomes.ts';
import { inOrder, planOf } from './testing/plans.ts';
import { announce, check, deploy, rollout, run, signoff } from './testing/steps.ts';

/** A flight in which most things happen: votes, a retry, a watch, an answer, a way back that is incomplete at first. */
function eventful(): Flight {
  const steps = inOrder(
    check('look', { attempts: 2 }),
    signoff('go', { tech: 1 }),
    run('migrate'),
    deploy('stage', 'staging'),
    announce('news', 'staging'),
    rollout('ramp', 'production', { onFail: 'rollback' }),
  );
  const announcements = [
    { on: 'rolled-back' as const, message: { to: ['team'], title: 'Back', text: 'We are back.' } },
  ];
  const flight = new Flight(planOf(steps, { announcements }));
  flight.run('look:0.0', failed(true));
  flight.pass(500);
  flight.run('look:0.0');
  flight.vote('go', 'tl');
  flight.run('migrate:0.0', unknown());
  flight.do({ type: 'answer', effect: 'migrate:0.0', done: true, reason: 'looked' });
  flight.fly('ramp:4.0');
  flight.begin('ramp:4.0');
  flight.do({ type: 'note-effect', effect: 'ramp:4.0', attempt: 1, note: { seen: 1 } }, SLIPWAY);
  flight.settle('ramp:4.0', judged('insufficient-data'));
  flight.run('ramp:4.1', judged('fail'));
  flight.fly(null, (effect) =>
    effect.id === '~undo:0.0'
      ? failed()
      : { result: 'done', evidence: { summary: '', items: [] }, data: { kind: 'none' } },
  );
  flight.do({ type: 'retry', step: null });
  return flight.fly();
}

const fold = (log: readonly Recorded[]): State => log.reduce<State>(evolve, ABSENT);

describe('a log', () => {
  test('written, read back and folded again gives the same state', () => {
    const flight = eventful();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
    const read = JSON.parse(JSON.stringify(flight.log)) as Recorded[];
    expect(fold(read)).toEqual(flight.state);
  });

  test('folded from any point gives the same state', () => {
    const { log, state } = eventful();
    for (const cut of [1, 10, 20, log.length - 1])
      expect(log.slice(cut).reduce<State>(evolve, fold(log.slice(0, cut)))).toEqual(state);
  });

  test('is not changed by folding, nor is any state', () => {
    const { log } = eventful();
    const frozen = log.map((recorded) => deepFreeze(recorded));
    expect(() => frozen.reduce<State>((state, recorded) => deepFreeze(evolve(state, recorded)), ABSENT)).not.toThrow();
  });

  test('that does not begin with its start is broken', () => {
    expect(() => evolve(ABSENT, recordedOf({ type: 'resumed' }, 1))).toThrow('must begin with launch-started');
  });

  test('that starts twice is broken', () => {
    const flight = new Flight(planOf([check('one')]));
    const [first] = flight.log;
    if (first === undefined) throw new Error('the log is empty');
    expect(() => evolve(flight.state, { ...first, seq: 2 })).toThrow('A launch starts once.');
  });
});

test('the head is the newest event, the origin the first', () => {
  const { launch, log } = eventful();
  expect(launch.head).toEqual({ seq: log.length, hash: `hash-${log.length}` });
  expect(launch.origin).toEqual({ seq: 1, hash: 'hash-1' });
  expect([launch.startedAt, launch.t0]).toEqual([START, START]);
});

test.each<[string, number | null]>([
  ['settled', null],
  ['retrying', START + 7_000],
])('whether a failure is tried again stands in its event, not in a rule of today: %s', (is, retryAt) => {
  const flight = new Flight(planOf([check('one', { attempts: retryAt === null ? 9 : 1 })]));
  flight.begin('one:0.0');
  const outcome = failed(true);
  const event: LaunchEvent = { type: 'effect-settled', effect: 'one:0.0', attempt: 1, outcome, retryAt };
  const state = evolve(flight.launch, recordedOf(event, 9));
  expect(state).toMatchObject({ effects: { 'one:0.0': { is, ...(retryAt === null ? {} : { retryAt }) } } });
});

test.each([null, 'one'])('what a launch touched stands in its events: %s', (touches) => {
  const { launch } = new Flight(planOf([check('one')]));
  const event: LaunchEvent = { type: 'effect-started', effect: 'one:0.0', attempt: 1, touches };
  expect(evolve(launch, recordedOf(event, 3))).toMatchObject({ touched: touches === null ? [] : ['one'] });
});

/** Events that find nothing to change leave the launch as it is. */
const idle: LaunchEvent[] = [
  { type: 'resumed' },
  { type: 'way-back-planned', items: [] },
  { type: 'way-back-retried' },
  { type: 'launch-ended', as: 'rollback-incomplete' },
  { type: 'watch-started', step: 'late', mode: 'watch' },
  { type: 'stepped-back', step: 'late', move: 0 },
  { type: 'step-failed', step: 'late', reason: '' },
  { type: 'step-retried', step: 'late' },
  { type: 'effect-noted', effect: 'one:0.0', note: 1 },
  { type: 'outcome-answered', effect: 'one:0.0', done: true, reason: '' },
];
test.each(idle.map((event) => [event.type, event] as const))(
  '%s where it does not fit changes nothing',
  (_type, event) => {
    const { launch } = new Flight(planOf(inOrder(check('one'), check('late'))));
    expect(evolve(launch, recordedOf(event, 3))).toEqual({ ...launch, head: { seq: 3, hash: 'h' } });
  },
);

function recordedOf(event: LaunchEvent, seq: number): Recorded {
  return { seq, at: START, hash: 'h', actor: SLIPWAY, event };
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
