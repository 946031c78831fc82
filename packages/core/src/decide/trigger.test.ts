import type { Plan, TriggerDeed } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { Flight } from '../testing/flight.ts';
import { done, failed, judged } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { JUDGING, soak } from '../testing/steps.ts';

const WHEN = { cel: 'errors.new > 0.05', metrics: ['errors'] };
const ID = 'watch:0.0';

function watched(deed: TriggerDeed, own: Partial<Plan> = {}): Flight {
  const judging = { ...JUDGING, triggers: [{ when: WHEN, for: 0, deed }] };
  const flight = new Flight(planOf([soak('watch', 'production', { judging, onFail: 'hold' })], own));
  flight.begin(ID);
  return flight;
}

const pull = (trigger = 0, attempt = 1) =>
  ({ type: 'pull-trigger', effect: ID, attempt, trigger, found: 'errors: new 0.06' }) as const;
const types = (flight: Flight) => flight.log.map(({ event }) => event.type);
const killId = (flight: Flight) => flight.wanted().find((id) => id.startsWith('~trigger')) ?? '';

describe('a trigger that is true', () => {
  it('rolls back, whatever a failure of the step would do', () => {
    const flight = watched({ kind: 'rollback' });
    flight.do(pull(), SLIPWAY);
    expect(types(flight)).toContain('trigger-fired');
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
    expect(flight.step('watch')).toBe('failed');
  });

  it('rolls back although the launch is held', () => {
    const flight = watched({ kind: 'rollback' });
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(pull(), SLIPWAY);
    expect(flight.launch.mode.is).toBe('ended');
  });

  it.each(['hold', 'page'] as const)('does a %s, once, and the watch goes on', (kind) => {
    const flight = watched({ kind }, { page: { to: ['team'], again: 600_000, language: 'en' } });
    flight.do(pull(), SLIPWAY);
    const cause = { kind: 'verdict', step: 'watch', decision: 'fail', ...(kind === 'page' ? { page: true } : {}) };
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [cause] });
    expect(flight.wanted()).toContain(ID);
    expect(flight.log.some(({ event }) => event.type === 'notice-queued' && event.page === 1)).toBe(kind === 'page');
    flight.do({ type: 'resume' });
    expect([flight.launch.mode.is, flight.refusal(pull()).code]).toEqual(['running', 'not-now']);
  });

  it.each(['hold', 'page'] as const)('does a %s although the launch is held for something else, and once', (kind) => {
    const flight = watched({ kind }, { page: { to: ['team'], again: 600_000, language: 'en' } });
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(pull(), SLIPWAY);
    const causes = [{ kind: 'person' }, { kind: 'verdict', step: 'watch', decision: 'fail' }];
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes });
    expect(flight.log.some(({ event }) => event.type === 'notice-queued' && event.page === 1)).toBe(kind === 'page');
    flight.settle(ID, judged('insufficient-data'));
    flight.begin('watch:0.1');
    const held = types(flight).filter((type) => type === 'held').length;
    flight.do({ ...pull(), effect: 'watch:0.1' }, SLIPWAY);
    expect(types(flight).filter((type) => type === 'held')).toHaveLength(held);
  });

  it('sends a ticket, as it stands and not as a template, and nothing else', () => {
    const flight = watched({ kind: 'ticket', channel: 'team' });
    flight.do({ ...pull(), found: '{{ launch.id }}' }, SLIPWAY);
    const tickets = flight.log.flatMap(({ event }) => (event.type === 'notice-queued' ? [event] : []));
    expect(tickets).toMatchObject([{ channel: 'team', step: null, message: { to: ['team'] } }]);
    expect(tickets[0]?.message.text).not.toContain('{{');
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['running', [tickets[0]?.notice, ID]]);
  });

  it('switches a flag off, also while the launch is held, and the watch goes on', () => {
    const flight = watched({ kind: 'flag-off', flag: 'one-click' });
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(pull(), SLIPWAY);
    const effect = flight.pending().effects.find(({ id }) => id === killId(flight));
    expect(effect?.work).toEqual({ kind: 'kill-flag', environment: 'production', flag: 'one-click' });
    flight.run(killId(flight), done());
    expect(flight.wanted()).toEqual([ID]);
    flight.do({ type: 'resume' });
    flight.settle(ID, judged('pass'));
    expect(flight.step('watch')).toBe('passed');
  });

  it('holds where the flag could not be switched off', () => {
    const flight = watched({ kind: 'flag-off', flag: 'one-click' });
    flight.do(pull(), SLIPWAY);
    flight.run(killId(flight), failed());
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'verdict', step: 'watch' }] });
    flight.do({ type: 'skip', step: 'watch', reason: 'switched off by hand' });
    expect(flight.step('watch')).toBe('passed');
  });

  it.each([
    ['another attempt', pull(0, 2), 'conflict'],
    ['a trigger that the plan has not', pull(7), 'not-found'],
    ['an effect that nobody began', { ...pull(), effect: 'watch:0.1' }, 'conflict'],
  ] as const)('is refused of %s', (_, command, code) => {
    expect(watched({ kind: 'hold' }).refusal(command).code).toBe(code);
  });
});
