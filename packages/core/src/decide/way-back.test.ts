import { describe, expect, test } from 'vitest';
import type { Effect } from '../model/effect.ts';
import type { Outcome } from '../model/outcome.ts';
import { undoEffects } from '../program/lookup.ts';
import { Flight } from '../testing/flight.ts';
import { cancelled, done, failed, unknown } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { deploy, run, wait } from '../testing/steps.ts';

/** Two runs and a deploy, all done, turned back: items are d restore, d shift, d stop, d confirm, two, one. */
function onTheWayBack(): Flight {
  const steps = inOrder(run('one'), run('two'), deploy('d', 'production'), wait('long', { kind: 'elapsed', ms: 9e9 }));
  const flight = new Flight(planOf(steps)).fly();
  flight.do({ type: 'rollback', reason: 'enough' });
  return flight;
}

const failingAt =
  (...ids: readonly string[]) =>
  (effect: Effect): Outcome =>
    ids.includes(effect.id) ? failed() : done();
const undone = (flight: Flight) => flight.begun().filter((id) => id.startsWith('~undo'));
const endings = (flight: Flight) =>
  flight.log.flatMap(({ event }) => (event.type === 'launch-ended' ? [event.as] : []));

describe('a way back', () => {
  test('runs one item after the other, in order', () => {
    const flight = onTheWayBack();
    expect(flight.wanted()).toEqual(['~undo:0.0']);
    flight.begin('~undo:0.0');
    expect(flight.wanted()).toEqual(['~undo:0.0']);
    flight.settle('~undo:0.0', done());
    expect(flight.wanted()).toEqual(['~undo:1.0']);
    flight.fly();
    expect(undone(flight)).toEqual(['~undo:0.0', '~undo:1.0', '~undo:2.0', '~undo:3.0', '~undo:4.0', '~undo:5.0']);
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('tries an item for a minute, and later ones wait for it', () => {
    const flight = onTheWayBack();
    for (const delay of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000]) {
      flight.run('~undo:0.0', failed(true));
      expect(flight.pending()).toEqual({ effects: [], wakeAt: flight.now + delay });
      flight.pass(delay);
    }
    flight.run('~undo:0.0', failed(true));
    expect(flight.launch.effects['~undo:0.0']?.is).toBe('settled');
  });

  test('that only looks may look again after a crash; what changes things may not', () => {
    const classes = undoEffects(onTheWayBack().launch).map((effect) => effect && [effect.work.kind, effect.class]);
    expect(classes).toEqual([
      ['restore', 'executive'],
      ['shift', 'executive'],
      ['stop', 'executive'],
      ['confirm-back', 'read-only'],
      ['command', 'executive'],
      ['command', 'executive'],
    ]);
  });

  test('ends at once where a plan declares that there is none', () => {
    const undo = { kind: 'none', because: 'it only adds' } as const;
    const flight = new Flight(planOf([run('one', { undo }), wait('long', { kind: 'elapsed', ms: 9e9 })])).fly();
    flight.do({ type: 'rollback', reason: 'enough' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back', items: [{ undo }] });
  });
});

describe('past an item that is not done it goes on', () => {
  const past: [failing: number, begun: number[]][] = [
    [0, [0, 4, 5]],
    [1, [0, 1, 4, 5]],
    [2, [0, 1, 2, 4, 5]],
    [3, [0, 1, 2, 3, 4, 5]],
    [4, [0, 1, 2, 3, 4, 5]],
    [5, [0, 1, 2, 3, 4, 5]],
  ];
  test.each(past)('item %i fails: with the next step, never with what stands on that item', (failing, begun) => {
    const flight = onTheWayBack().fly(null, failingAt(`~undo:${failing}.0`));
    expect(undone(flight)).toEqual(begun.map((item) => `~undo:${item}.0`));
    expect(endings(flight)).toEqual(['rollback-incomplete']);
    expect(flight.launch.mode).toMatchObject({ is: 'incomplete', ending: 'rolled-back', round: 0 });
  });

  test.each([
    ['unknown', unknown()],
    ['cancelled', cancelled()],
  ])('%s is not done either', (_name, outcome) => {
    const flight = onTheWayBack().fly(null, (effect) => (effect.id === '~undo:4.0' ? outcome : done()));
    expect(flight.launch.mode.is).toBe('incomplete');
  });
});

describe('an incomplete way back', () => {
  test('tries again what is left, and only that', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:1.0', '~undo:5.0'));
    flight.do({ type: 'retry', step: null });
    flight.fly();
    expect(undone(flight).slice(4)).toEqual(['~undo:1.1', '~undo:2.1', '~undo:3.1', '~undo:5.1']);
    expect(endings(flight)).toEqual(['rollback-incomplete', 'rolled-back']);
  });

  test('can be incomplete again and again', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:4.0'));
    for (const round of [1, 2, 3]) {
      flight.do({ type: 'retry', step: null });
      flight.fly(null, failingAt(`~undo:4.${round}`));
      expect(flight.launch.mode).toMatchObject({ is: 'incomplete', round });
    }
    flight.do({ type: 'retry', step: null });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('ends when a person has done the rest by hand and says so', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:3.0', '~undo:4.0'));
    flight.do({ type: 'answer', effect: '~undo:4.0', done: true, reason: 'by hand' });
    expect(flight.launch.mode.is).toBe('incomplete');
    flight.do({ type: 'answer', effect: '~undo:3.0', done: true, reason: 'I looked' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('is not ended by an answer to what others stand on: those still have to be done', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:0.0'));
    flight.do({ type: 'answer', effect: '~undo:0.0', done: true, reason: 'restored by hand' });
    expect(flight.launch.mode.is).toBe('incomplete');
    flight.do({ type: 'retry', step: null });
    expect(flight.wanted()).toEqual(['~undo:1.1']);
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('goes on waiting after the answer "not done"', () => {
    const flight = onTheWayBack().fly(null, (effect) => (effect.id === '~undo:4.0' ? unknown() : done()));
    flight.do({ type: 'answer', effect: '~undo:4.0', done: false, reason: 'I looked' });
    expect(flight.launch.mode.is).toBe('incomplete');
    flight.do({ type: 'retry', step: null });
    expect(flight.wanted()).toEqual(['~undo:4.1']);
  });

  test('asks only about its own items that are not done', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:4.0'));
    for (const effect of ['~undo:0.0', 'd:2.0', '~undo:9.0', '~undo:4.1'])
      expect(flight.refusal({ type: 'answer', effect, done: true, reason: '' }).code).toBe('not-now');
  });

  test('says what to do to who asks for something else', () => {
    const flight = onTheWayBack().fly(null, failingAt('~undo:4.0'));
    expect(flight.refusal({ type: 'rollback', reason: '' }).message).toContain('retry without naming a step');
    expect(flight.refusal({ type: 'retry', step: 'one' }).message).toContain('retry without naming a step');
    expect(flight.refusal({ type: 'resume' }).code).toBe('not-now');
    expect(flight.refusal({ type: 'hold', reason: '' }).code).toBe('not-now');
  });
});
