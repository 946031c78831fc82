import { describe, expect, test } from 'vitest';
import type { Judging, OnFail } from '@slipway/plan';
import type { Outcome } from '../model/outcome.ts';
import type { VerdictDecision } from '../model/verdict.ts';
import { findEffect } from '../program/lookup.ts';
import { splitOf } from '../program/split.ts';
import { Flight } from '../testing/flight.ts';
import { judged, verdictOf } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, rollout, soak, stage } from '../testing/steps.ts';

/** A canary whose first weight is being watched. */
function watching(onFail: OnFail = 'hold'): Flight {
  return new Flight(planOf(inOrder(rollout('ramp', 'production', { onFail }), check('after')))).fly('ramp:4.0');
}

const modeOf = (flight: Flight, effect: string) => {
  const work = findEffect(flight.launch, effect)?.work;
  return work?.kind === 'observe' ? work.mode : null;
};

describe('a verdict', () => {
  const verdicts: [decision: VerdictDecision, onFail: OnFail, step: string, mode: string, wanted: string[]][] = [
    ['pass', 'hold', 'active', 'running', ['ramp:5.0']],
    ['pass', 'rollback', 'active', 'running', ['ramp:5.0']],
    ['fail', 'hold', 'failed', 'held', []],
    ['fail', 'rollback', 'failed', 'undoing', ['~undo:0.0']],
    ['insufficient-data', 'hold', 'active', 'held', ['ramp:4.1']],
    ['insufficient-data', 'rollback', 'active', 'held', ['ramp:4.1']],
    ['telemetry-broken', 'hold', 'active', 'held', ['ramp:4.1']],
    ['telemetry-broken', 'rollback', 'active', 'held', ['ramp:4.1']],
  ];
  test.each(verdicts)('%s, on-fail %s', (decision, onFail, step, mode, wanted) => {
    const flight = watching(onFail);
    flight.run('ramp:4.0', judged(decision));
    expect([flight.step('ramp'), flight.launch.mode.is, flight.wanted()]).toEqual([step, mode, wanted]);
    expect(flight.launch.verdicts['ramp']).toEqual(verdictOf(decision));
  });

  test('that failed is the cause of the way back, with its figures', () => {
    const flight = watching('rollback');
    flight.run('ramp:4.0', judged('fail'));
    expect(flight.launch.mode).toMatchObject({
      cause: { kind: 'verdict', step: 'ramp', verdict: verdictOf('fail') },
      ending: 'rolled-back',
    });
  });
});

test('a verdict fails its step in both languages, and holds the launch in both', () => {
  const sentences = { en: 'too slow', fr: 'trop lent' };
  const outcome = judged('fail');
  if (outcome.result !== 'done' || outcome.data.kind !== 'verdict') throw new Error('no verdict');
  const verdict = { ...outcome.data.verdict, sentence: sentences.en, sentences };
  const flight = watching('hold');
  flight.run('ramp:4.0', { ...outcome, data: { kind: 'verdict', verdict } });
  const why = { reason: 'too slow', reasons: sentences };
  expect(flight.launch.steps['ramp']).toMatchObject({ is: 'failed', ...why });
  expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'step-failed', ...why }] });
});

describe('a verdict that cannot tell, where the plan turns back on it', () => {
  const watchingWith = (turnsBackOn: Judging['turnsBackOn'] & object): Flight => {
    const stages = [{ ...stage(5), judging: { ...stage(5).judging, turnsBackOn } }, stage(100)];
    return new Flight(planOf(inOrder(rollout('ramp', 'production', { stages, onFail: 'hold' })))).fly('ramp:4.0');
  };

  test.each(['insufficient-data', 'telemetry-broken'] as const)(
    '%s: turns back at once, whatever a failure does',
    (decision) => {
      const flight = watchingWith([decision]);
      flight.run('ramp:4.0', judged(decision));
      expect([flight.step('ramp'), flight.launch.mode.is]).toEqual(['failed', 'undoing']);
      expect(flight.launch.mode).toMatchObject({ cause: { kind: 'verdict', verdict: verdictOf(decision) } });
    },
  );

  test('holds on the other one', () => {
    const flight = watchingWith(['insufficient-data']);
    flight.run('ramp:4.0', judged('telemetry-broken'));
    expect([flight.step('ramp'), flight.launch.mode.is]).toEqual(['active', 'held']);
  });
});

describe('a suspected version that too many have met', () => {
  const stages = [stage(5), stage(25), stage(100)];
  const at = (effect: string): Flight =>
    new Flight(planOf(inOrder(rollout('ramp', 'production', { stages, onFail: 'hold' })))).fly(effect);
  const suspected = (): Outcome => {
    const outcome = judged('insufficient-data');
    if (outcome.result !== 'done' || outcome.data.kind !== 'verdict') throw new Error('no verdict');
    return { ...outcome, data: { ...outcome.data, stepBack: true } };
  };

  test('goes back to the share before, and up again from there', () => {
    const flight = at('ramp:6.0');
    flight.run('ramp:6.0', suspected());
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['running', ['ramp:3.1']]);
    flight.run('ramp:3.1');
    expect(splitOf(flight.launch, 'production')).toEqual({ '2.0.0': 5, '1.0.0': 95 });
    flight.run('ramp:4.1', judged('pass'));
    expect(flight.wanted()).toEqual(['ramp:5.1']);
  });

  test('holds at the first share: there is none before it', () => {
    const flight = at('ramp:4.0');
    flight.run('ramp:4.0', suspected());
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', ['ramp:4.1']]);
  });

  test('moves nothing while the launch is held', () => {
    const flight = at('ramp:6.0');
    flight.do({ type: 'hold', reason: 'wait' });
    flight.run('ramp:6.0', suspected());
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', ['ramp:6.1']]);
  });

  test('is put before a person when it has gone up and down for long', () => {
    const flight = at('ramp:6.0');
    for (let round = 0; round < 10; round += 1) {
      flight.run(`ramp:6.${round}`, suspected());
      flight.run(`ramp:3.${round + 1}`);
      flight.run(`ramp:4.${round + 1}`, judged('pass'));
      flight.run(`ramp:5.${round + 1}`);
    }
    flight.run('ramp:6.10', suspected());
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', ['ramp:6.11']]);
  });
});

describe('a verdict that could not tell', () => {
  test('goes on watching until it can', () => {
    const flight = watching();
    expect(modeOf(flight, 'ramp:4.0')).toBe('decide');
    flight.run('ramp:4.0', judged('telemetry-broken'));
    expect(modeOf(flight, 'ramp:4.1')).toBe('watch');
    flight.run('ramp:4.1', judged('insufficient-data'));
    expect(modeOf(flight, 'ramp:4.2')).toBe('watch');
  });

  test('then fails: it turns back without waiting for anybody', () => {
    const flight = watching('rollback');
    flight.run('ramp:4.0', judged('insufficient-data'));
    flight.run('ramp:4.1', judged('fail'));
    expect(flight.launch.mode.is).toBe('undoing');
  });

  test('then passes: the hold stays for a person to end, and the version is watched until then', () => {
    const flight = watching();
    flight.run('ramp:4.0', judged('insufficient-data'));
    flight.run('ramp:4.1', judged('pass'));
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'verdict' }] });
    expect([flight.wanted(), modeOf(flight, 'ramp:4.2')]).toEqual([['ramp:4.2'], 'guard']);
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['ramp:5.2']);
  });

  test('has to tell after a resume, or the launch is held again', () => {
    const flight = watching();
    flight.run('ramp:4.0', judged('insufficient-data'));
    flight.begin('ramp:4.1');
    flight.do({ type: 'resume' });
    expect([flight.launch.mode.is, flight.wanted(), modeOf(flight, 'ramp:4.2')]).toEqual([
      'running',
      ['ramp:4.2'],
      'decide',
    ]);
    flight.run('ramp:4.2', judged('insufficient-data'));
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', ['ramp:4.3']]);
  });
});

describe('a verdict that passes while the launch is held', () => {
  function guarded(onFail: OnFail = 'rollback'): Flight {
    const flight = watching(onFail);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.run('ramp:4.0', judged('pass'));
    return flight;
  }

  test('leaves the traffic where it is, and watched', () => {
    const flight = guarded();
    expect([flight.step('ramp'), flight.wanted()]).toEqual(['active', ['ramp:4.1']]);
    expect(modeOf(flight, 'ramp:4.1')).toBe('guard');
  });

  test('is not asked for again after the hold: it goes on at once, and what watched is stopped', () => {
    const flight = guarded();
    flight.begin('ramp:4.1');
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['ramp:5.1']);
    expect(flight.settle('ramp:4.1', judged('fail')).map((event) => event.type)).toEqual(['effect-settled']);
  });

  test.each<[OnFail, string]>([
    ['rollback', 'undoing'],
    ['hold', 'held'],
  ])('and fails after that: on-fail %s', (onFail, mode) => {
    const flight = guarded(onFail);
    flight.run('ramp:4.1', judged('fail'));
    expect([flight.launch.mode.is, flight.launch.verdicts['ramp']]).toEqual([mode, verdictOf('fail')]);
    expect(flight.wanted()).not.toContain('ramp:4.2');
  });

  test('keeps a soak from passing until the hold ends', () => {
    const flight = new Flight(planOf([soak('night', 'production')]));
    flight.begin('night:0.0');
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.settle('night:0.0', judged('pass'));
    expect([flight.step('night'), flight.wanted()]).toEqual(['active', ['night:0.1']]);
    flight.do({ type: 'resume' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });
});

describe('a waiver', () => {
  test('goes on without the verdict, with its reason, and stops the watching', () => {
    const flight = watching();
    flight.run('ramp:4.0', judged('insufficient-data'));
    flight.begin('ramp:4.1');
    const events = flight.do({ type: 'skip', step: 'ramp', reason: 'a quiet night' });
    expect(events).toMatchObject([
      { type: 'verdict-waived', reason: 'a quiet night' },
      { type: 'move-done', move: 4 },
    ]);
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['running', ['ramp:5.1']]);
  });

  test('counts for one weight only', () => {
    const flight = watching();
    flight.do({ type: 'skip', step: 'ramp', reason: 'seen enough' });
    flight.fly('ramp:6.0');
    flight.run('ramp:6.0', judged('fail'));
    expect(flight.step('ramp')).toBe('failed');
  });

  test('does not end a person’s hold', () => {
    const flight = watching();
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do({ type: 'skip', step: 'ramp', reason: 'seen enough' });
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', []]);
  });

  test('is not to be had for a verdict that failed: retry it, or roll back', () => {
    const flight = watching();
    flight.run('ramp:4.0', judged('fail'));
    expect(flight.refusal({ type: 'skip', step: 'ramp', reason: 'I do not mind' }).code).toBe('not-now');
    flight.do({ type: 'retry', step: 'ramp' });
    expect(modeOf(flight, 'ramp:4.1')).toBe('decide');
  });

  test('lets a soak pass', () => {
    const flight = new Flight(planOf([soak('night', 'production')]));
    flight.begin('night:0.0');
    flight.do({ type: 'skip', step: 'night', reason: 'long enough' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(flight.settle('night:0.0', judged('fail')).map((event) => event.type)).toEqual(['effect-settled']);
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });
});
