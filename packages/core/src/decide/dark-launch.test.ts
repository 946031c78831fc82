import { describe, expect, test } from 'vitest';
import type { Effect } from '../model/effect.ts';
import type { Outcome } from '../model/outcome.ts';
import { facts } from '../record/facts.ts';
import { Flight, goesWell } from '../testing/flight.ts';
import { failed, mirrored, reportOf } from '../testing/outcomes.ts';
import { inOrder, NEW, OLD, planOf } from '../testing/plans.ts';
import { announce, darkLaunch, rollout } from '../testing/steps.ts';

const dark = darkLaunch('dark', 'production', { onFail: 'rollback' });
const withReports = (effect: Effect): Outcome => {
  if (effect.work.kind !== 'observe' || effect.work.mirror === undefined) return goesWell(effect);
  const { share } = effect.work.mirror;
  return mirrored('pass', reportOf({ share, boot: String(share), different: 1 }));
};
const types = (flight: Flight) => flight.log.map(({ event }) => event.type);

describe('a dark launch', () => {
  test('ends with a report, and launches nothing', () => {
    const flight = new Flight(planOf([dark])).fly(null, withReports);
    expect(flight.launch.steps['dark']).toMatchObject({
      is: 'passed',
      summary: `${NEW} got copies: 200 compared, 2 different; ${OLD} served production all along`,
    });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(flight.launch.verified).toEqual({});
    expect(types(flight)).not.toContain('environment-verified');
  });

  test('says so where no router could say what the copies showed', () => {
    const flight = new Flight(planOf([dark])).fly(null, (effect) =>
      effect.work.kind === 'observe' ? mirrored('pass', null) : goesWell(effect),
    );
    expect(flight.launch.steps['dark']).toMatchObject({
      summary: `${NEW} got copies; ${OLD} served production all along`,
    });
  });

  test('lets no message about the environment leave', () => {
    const flight = new Flight(planOf(inOrder(dark, announce('live', 'production')))).fly();
    expect(flight.step('live')).toBe('waiting');
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'step-failed', step: 'live' }] });
  });

  test('leaves the way free for a canary in the same place, which finds the old version', () => {
    const steps = inOrder(dark, rollout('canary', 'production'), announce('live', 'production'));
    const flight = new Flight(planOf(steps)).fly(null, withReports);
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(flight.launch.surveys).toEqual({ dark: OLD, canary: OLD });
    expect(flight.launch.verified).toEqual({ production: NEW });
  });

  test('that fails turns back: copies end, then the new version stops', () => {
    const flight = new Flight(planOf([dark])).fly('dark:4.0');
    flight.run('dark:4.0', mirrored('fail', reportOf({ different: 60 })));
    flight.fly();
    expect(flight.launch.mode).toMatchObject({
      is: 'ended',
      as: 'rolled-back',
      items: [
        { undo: { work: { kind: 'shift', weights: { [OLD]: 100 } } } },
        { undo: { work: { kind: 'stop', version: NEW } } },
        { undo: { work: { kind: 'confirm-back', version: OLD } } },
      ],
    });
    expect(facts(flight.launch)).toMatchObject({ backAt: null, secondsToRecover: null, previousVersion: OLD });
  });

  test('whose way back finds the copies still there does not stop what gets them', () => {
    const flight = new Flight(planOf([dark])).fly('dark:4.0');
    flight.run('dark:4.0', mirrored('fail', reportOf()));
    flight.fly(null, (effect) => (effect.id === '~undo:0.0' ? failed() : goesWell(effect)));
    expect(flight.launch.mode).toMatchObject({ is: 'incomplete' });
    expect(flight.begun()).not.toContain('~undo:1.0');
  });

  test('holds where its plan says so', () => {
    const flight = new Flight(planOf([darkLaunch('dark', 'production', { onFail: 'hold' })])).fly('dark:4.0');
    flight.run('dark:4.0', mirrored('fail', reportOf()));
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'step-failed', step: 'dark' }] });
  });

  test('that was waived goes on with the next share', () => {
    const flight = new Flight(planOf([dark])).fly('dark:4.0');
    flight.begin('dark:4.0');
    flight.do({ type: 'skip', step: 'dark', reason: 'they differ on purpose' });
    expect(flight.wanted()).toEqual(['dark:5.0']);
  });
});

describe('the traffic that is back', () => {
  test('is that of the canary, not of the dark launch before it', () => {
    const flight = new Flight(planOf(inOrder(dark, rollout('canary', 'production')))).fly('canary:4.0');
    flight.do({ type: 'rollback', reason: 'enough' });
    flight.pass(1);
    for (const undo of ['~undo:0.0', '~undo:1.0', '~undo:2.0']) flight.run(undo);
    const back = flight.now;
    flight.pass(60_000);
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
    expect(facts(flight.launch).backAt).toBe(back);
  });
});
