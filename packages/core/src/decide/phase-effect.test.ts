import type { Step } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { pending } from '../pending.ts';
import { Flight } from '../testing/flight.ts';
import { planOf } from '../testing/plans.ts';
import { check, deploy, flagRollout, readOnlyRun, rollout, run } from '../testing/steps.ts';

const inPhase = (step: Step, effect?: 'read-only') =>
  new Flight(
    planOf([step], { phases: [{ name: 'launch', steps: [step.id], ...(effect === undefined ? {} : { effect }) }] }),
  );

const EXECUTIVE: readonly [string, Step][] = [
  ['an executive command', run('drop')],
  ['one that waits for a phrase', run('drop', { confirm: 'drop it' })],
  ['a deploy', deploy('ship', 'staging')],
  ['a rollout', rollout('ramp', 'production')],
  ['a rollout by flag', flagRollout('ramp', 'production')],
  ['one that would roll back on failure', run('drop', { onFail: 'rollback' })],
];

describe('in a read-only phase', () => {
  it.each(EXECUTIVE)('%s does not begin: a person is told', (_, step) => {
    const flight = inPhase(step, 'read-only');
    expect(flight.step(step.id)).toBe('failed');
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'step-failed', step: step.id }] });
    expect(flight.wanted()).toEqual([]);
    flight.do({ type: 'retry', step: step.id });
    expect([flight.step(step.id), flight.begun()]).toEqual(['failed', []]);
  });

  it.each(EXECUTIVE)('nothing of %s is started where a log says that it is active', (_, step) => {
    const { launch } = inPhase(step);
    const plan = { ...launch.plan, phases: [{ name: 'launch', steps: [step.id], effect: 'read-only' as const }] };
    expect(pending(launch, 0).effects.length).toBe(step.kind === 'run' && step.confirm !== null ? 0 : 1);
    expect(pending({ ...launch, plan }, 0).effects).toEqual([]);
  });

  it.each<[string, Step]>([
    ['a check', check('look')],
    ['a read-only command', readOnlyRun('count')],
  ])('%s is made', (_, step) => {
    expect(inPhase(step, 'read-only').fly().step(step.id)).toBe('passed');
  });
});
