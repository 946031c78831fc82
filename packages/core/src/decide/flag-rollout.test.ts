import { describe, expect, test } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { facts } from '../record/facts.ts';
import { recordMarkdown } from '../record/record-markdown.ts';
import { Flight } from '../testing/flight.ts';
import { done, judged, surveyed } from '../testing/outcomes.ts';
import { inOrder, NEW, planOf } from '../testing/plans.ts';
import { announce, check, deploy, everybody, flagRollout, flagStage, rollout } from '../testing/steps.ts';

const ramp = flagRollout('ramp', 'production', { onFail: 'rollback' });
const types = (flight: Flight) => flight.log.map(({ event }) => event.type);
const undone = (flight: Flight) =>
  'items' in flight.launch.mode
    ? flight.launch.mode.items.map(({ undo }) => (undo.kind === 'effect' ? undo.work : undo.because))
    : [];
const KILL = { kind: 'kill-flag', environment: 'production', flag: 'one-click' };

describe('a rollout by flag', () => {
  test('passes when everybody has the variant, and verifies no version', () => {
    const flight = new Flight(planOf([ramp])).fly();
    expect(flight.launch.steps['ramp']).toMatchObject({ is: 'passed', summary: 'one-click is on for everybody' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(types(flight)).not.toContain('environment-verified');
    expect(facts(flight.launch).previousVersion).toBeNull();
    expect(recordMarkdown(flight.launch, flight.log, { language: 'en' })).toContain(
      'the flags are on for those to whom they were ramped',
    );
  });

  test('says whom it has reached where that is not everybody', () => {
    const some = flagRollout('ramp', 'production', { stages: ramp.stages.slice(0, 2) });
    expect(new Flight(planOf([some])).fly().launch.steps['ramp']).toMatchObject({
      summary: 'one-click is on for internal and 10 % of everybody',
    });
  });

  test('of a flag that serves the variant to everybody already passes without a move', () => {
    const flight = new Flight(planOf([ramp])).fly(null, () => surveyed('on'));
    expect(flight.launch.steps['ramp']).toMatchObject({ summary: 'one-click was on for everybody already' });
    expect(flight.launch.touched).toEqual([]);
  });

  test('that nobody could survey fails, and turns back over nothing', () => {
    const flight = new Flight(planOf([ramp])).fly(null, () => surveyed(null));
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed', items: [] });
    expect(facts(flight.launch).cause).toBe('nobody could say which variant of one-click people get: retry it');
  });

  test('that fails switches the flag off, and does nothing else', () => {
    const flight = new Flight(planOf([ramp])).fly('ramp:5.0');
    flight.run('ramp:5.0', judged('fail'));
    flight.now += 7_000;
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
    expect(undone(flight)).toEqual([KILL]);
    expect(facts(flight.launch).backAt).toBe(flight.now);
    expect(recordMarkdown(flight.launch, flight.log, { language: 'fr' })).toContain('les flags sont éteints pour tous');
  });

  test('that passed is switched off before what came before it is taken back', () => {
    const steps = inOrder(rollout('r', 'production'), ramp, check('late', { onFail: 'rollback' }));
    const flight = new Flight(planOf(steps)).fly('late:0.0');
    flight.run('late:0.0', { result: 'failed', reason: 'no', retryable: false, retryAfter: null, evidence: null });
    flight.fly();
    expect(undone(flight).map((work) => (typeof work === 'string' ? work : work.kind))).toEqual([
      'kill-flag',
      'restore',
      'shift',
      'stop',
      'confirm-back',
    ]);
  });

  test('whose flag is taken from it fails in both languages, by what the plan says', () => {
    const taken: Outcome = {
      result: 'failed',
      reason: 'killed by ann',
      retryable: false,
      retryAfter: null,
      evidence: null,
      reasons: { en: 'killed by ann', fr: 'éteint par ann' },
    };
    const held = new Flight(planOf([{ ...ramp, onFail: 'hold' }])).fly('ramp:3.0');
    held.run('ramp:3.0', taken);
    expect(held.launch.mode).toMatchObject({
      is: 'held',
      causes: [{ kind: 'step-failed', reason: 'killed by ann', reasons: { fr: 'éteint par ann' } }],
    });
    held.do({ type: 'retry', step: 'ramp' });
    // Who lifts a kill ends the ramp: it is set again before it is watched.
    expect(held.wanted()).toEqual(['ramp:2.1']);
    held.fly();
    expect(held.step('ramp')).toBe('passed');
  });

  test('whose flag is taken at its very end does not pass, and is watched again once that is mended', () => {
    const refused: Outcome = { result: 'failed', reason: 'killed', retryable: false, retryAfter: null, evidence: null };
    const flight = new Flight(planOf([{ ...ramp, onFail: 'hold' }])).fly('ramp:8.0');
    flight.run('ramp:8.0', refused);
    expect(flight.step('ramp')).toBe('failed');
    flight.do({ type: 'retry', step: 'ramp' });
    expect(flight.pending().effects).toMatchObject([
      { id: 'ramp:6.1', work: { kind: 'ramp', audience: [{ segment: 'internal' }, { percent: 100 }] } },
    ]);
    expect(flight.fly().step('ramp')).toBe('passed');
  });

  test('that is suspected for too long goes back to the people before', () => {
    const flight = new Flight(planOf([ramp])).fly('ramp:5.0');
    const doubt = judged('insufficient-data');
    if (doubt.result !== 'done' || doubt.data.kind !== 'verdict') throw new Error('no verdict');
    flight.run('ramp:5.0', { ...doubt, data: { ...doubt.data, stepBack: true } });
    expect(types(flight)).toContain('stepped-back');
    expect(flight.pending().effects).toMatchObject([
      { id: 'ramp:2.1', work: { kind: 'ramp', audience: [{ kind: 'segment', segment: 'internal' }] } },
    ]);
  });
});

describe('a message about an environment', () => {
  const live = announce('live', 'production');

  test('leaves once its flag has passed, where only flags are ramped there', () => {
    const flight = new Flight(planOf(inOrder(ramp, live))).fly();
    expect(flight.step('live')).toBe('passed');
  });

  test('waits for the version where one is brought there as well', () => {
    const steps = inOrder(ramp, deploy('d', 'production'), live);
    const flight = new Flight(planOf(steps)).fly('d:0.0');
    flight.do({ type: 'skip', step: 'd', reason: 'it runs' });
    flight.fly();
    expect(flight.step('live')).toBe('waiting');
    expect(flight.launch.mode.is).toBe('held');
  });
});

test('two flags of an environment are ramped side by side, each under a lease of its own', () => {
  const other = flagRollout('other', 'production', { flag: 'dark-mode', stages: [flagStage(everybody(100))] });
  const flight = new Flight(planOf([ramp, other]));
  expect(flight.pending().effects.map(({ work }) => work)).toEqual([
    { kind: 'lock', environment: 'production', flag: 'one-click' },
    { kind: 'lock', environment: 'production', flag: 'dark-mode' },
  ]);
  flight.run('ramp:0.0', done());
  expect(flight.launch.plan.artifact.version).toBe(NEW);
});
