import { describe, expect, test } from 'vitest';
import { Flight, person } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, readOnlyRun, run, signoff, task, wait } from '../testing/steps.ts';

describe('a task', () => {
  test.each([
    ['text', 'I read it'],
    ['url', 'https://wiki.example/macros'],
    ['file', 'report.pdf'],
  ] as const)('is done with its proof: %s', (proof, given) => {
    const flight = new Flight(planOf(inOrder(task('docs', 'support', { proof }), check('after'))));
    flight.do({ type: 'complete-task', step: 'docs', proof: given }, person('sl'));
    expect(flight.launch.steps['docs']).toMatchObject({ is: 'passed', summary: given });
    expect(flight.launch.proofs['docs']).toEqual({ proof: given, by: person('sl'), at: flight.now });
    expect(flight.wanted()).toEqual(['after:0.0']);
  });
});

describe('a phrase', () => {
  test('lets a run begin, and is not asked again by a retry', () => {
    const flight = new Flight(planOf([run('reset', { confirm: 'RESET' })]));
    expect(flight.wanted()).toEqual([]);
    flight.do({ type: 'confirm', step: 'reset', phrase: 'RESET' });
    expect(flight.launch.confirmed).toEqual({ reset: person('rm') });
    flight.run('reset:1.0', failed());
    flight.do({ type: 'retry', step: 'reset' });
    expect(flight.wanted()).toEqual(['reset:1.1']);
  });

  test('is not asked again where the run failed before it changed anything', () => {
    const flight = new Flight(planOf([readOnlyRun('look', { confirm: 'LOOK' })]));
    flight.do({ type: 'confirm', step: 'look', phrase: 'LOOK' });
    flight.run('look:1.0', failed());
    flight.do({ type: 'retry', step: 'look' });
    expect(flight.wanted()).toEqual(['look:1.1']);
  });
});

describe('a wait', () => {
  const waits: [name: string, until: Parameters<typeof wait>[1], t0: number | null, due: number][] = [
    ['T+5s of a launch that starts at T-0', { kind: 't-offset', ms: 5_000 }, null, 1_005_000],
    ['T-2s', { kind: 't-offset', ms: -2_000 }, 1_010_000, 1_008_000],
  ];
  test.each(waits)('%s', (_name, until, t0, due) => {
    const flight = new Flight(planOf([wait('pause', until)], { t0 }));
    expect(flight.pending()).toEqual({ effects: [], wakeAt: due });
    flight.pass(due - flight.now - 1);
    expect(flight.step('pause')).toBe('active');
    flight.pass(1);
    expect(flight.step('pause')).toBe('passed');
  });

  test('for a moment that is over is no wait', () => {
    const flight = new Flight(planOf([wait('pause', { kind: 't-offset', ms: -1 })]));
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('counts from its own start, not from the launch', () => {
    const flight = new Flight(planOf(inOrder(check('one'), wait('pause', { kind: 'elapsed', ms: 100 }))));
    flight.pass(1_000);
    flight.run('one:0.0');
    expect(flight.pending().wakeAt).toBe(flight.now + 102);
  });
});

test('a step, a role and an environment may bear any name', () => {
  const people = { constructor: ['c'] };
  const steps = inOrder(
    run('constructor', { confirm: 'GO' }),
    signoff('go', { constructor: 1 }),
    task('prototype', 'constructor'),
  );
  const flight = new Flight(planOf(steps, { people }));
  expect(flight.wanted()).toEqual([]);
  flight.do({ type: 'confirm', step: 'constructor', phrase: 'GO' });
  flight.run('constructor:1.0');
  flight.vote('go', 'c');
  expect(flight.step('prototype')).toBe('active');
  flight.do({ type: 'complete-task', step: 'prototype', proof: 'x' }, person('c'));
  expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
});
