import type { HookTrigger, Plan, TriggerDeed } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { Flight } from '../testing/flight.ts';
import { failed, judged } from '../testing/outcomes.ts';
import { planOf } from '../testing/plans.ts';
import { JUDGING, rollout, soak, stage } from '../testing/steps.ts';

const LABELS = { service: 'shop', severity: 'critical' };
const on = (deed: TriggerDeed, own: Partial<HookTrigger> = {}): HookTrigger => ({
  from: 'alertmanager',
  match: { service: 'shop' },
  deed,
  ...own,
});
const watched = (hooks: readonly HookTrigger[], own: Partial<Plan> = {}): Flight => {
  const step = soak('watch', 'production', { judging: { ...JUDGING, hooks }, onFail: 'hold' });
  const flight = new Flight(planOf([step], { page: { to: ['team'], again: 600_000, language: 'en' }, ...own }));
  flight.begin('watch:0.0');
  return flight;
};
const alert = (own: object = {}) =>
  ({ type: 'alert', from: 'alertmanager', incident: 'a1', title: 'Too many errors', labels: LABELS, ...own }) as const;
const fired = (flight: Flight) => flight.log.flatMap(({ event }) => (event.type === 'trigger-fired' ? [event] : []));

describe('an alert', () => {
  it('rolls back at once, although the launch is held', () => {
    const flight = watched([on({ kind: 'rollback' })]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(alert(), SLIPWAY);
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
    expect(fired(flight)).toMatchObject([
      { step: 'watch', when: 'alertmanager {service="shop"}', found: 'Too many errors', alert: { incident: 'a1' } },
    ]);
  });

  it.each(['hold', 'page'] as const)('does a %s once an incident, and again for the next', (kind) => {
    const flight = watched([on({ kind })]);
    flight.do(alert(), SLIPWAY);
    expect(flight.launch.mode).toMatchObject({ is: 'held', causes: [{ kind: 'verdict', decision: 'fail' }] });
    expect(flight.log.some(({ event }) => event.type === 'notice-queued' && event.page === 1)).toBe(kind === 'page');
    expect(flight.refusal(alert(), SLIPWAY).code).toBe('not-now');
    flight.do({ type: 'resume' });
    expect(flight.refusal(alert(), SLIPWAY).code).toBe('not-now');
    flight.do(alert({ incident: 'a2' }), SLIPWAY);
    expect([flight.launch.mode.is, fired(flight).length]).toEqual(['held', 2]);
  });

  it('pages although a person holds the launch', () => {
    const flight = watched([on({ kind: 'page' })]);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(alert(), SLIPWAY);
    expect(flight.launch.pages?.level).toBe('p1');
  });

  it.each(['pass', 'insufficient-data', 'fail'] as const)('goes on paging when the watch says %s', (decision) => {
    const flight = watched([on({ kind: 'page' })]);
    flight.do(alert(), SLIPWAY);
    flight.settle('watch:0.0', judged(decision));
    expect(flight.launch.mode.is).toBe('held');
    flight.pass(600_000);
    expect(flight.launch.pages).toMatchObject({ times: 2, cause: { decision: 'fail' } });
  });

  it('is what is paged for again where the watch itself called, and can tell now', () => {
    const judging = { ...JUDGING, hooks: [on({ kind: 'page' })], pagesOn: ['insufficient-data'] as const };
    const step = soak('watch', 'production', { judging, onFail: 'hold' });
    const flight = new Flight(planOf([step], { page: { to: ['team'], again: 600_000, language: 'en' } }));
    flight.begin('watch:0.0');
    flight.do(alert(), SLIPWAY);
    flight.settle('watch:0.0', judged('insufficient-data'));
    expect(flight.launch.pages?.cause).toMatchObject({ decision: 'insufficient-data' });
    flight.run('watch:0.1', judged('pass'));
    expect(flight.launch.pages?.cause).toMatchObject({ decision: 'fail' });
  });

  it('is not paged for again once somebody had answered it, whatever came later', () => {
    const judging = { ...JUDGING, hooks: [on({ kind: 'page' })], pagesOn: ['insufficient-data'] as const };
    const step = soak('watch', 'production', { judging, onFail: 'hold' });
    const flight = new Flight(planOf([step], { page: { to: ['team'], again: 600_000, language: 'en' } }));
    flight.begin('watch:0.0');
    flight.do(alert(), SLIPWAY);
    flight.do({ type: 'acknowledge', page: null });
    flight.settle('watch:0.0', judged('insufficient-data'));
    expect(flight.launch.pages?.cause).toMatchObject({ decision: 'insufficient-data' });
    flight.run('watch:0.1', judged('pass'));
    expect([flight.launch.mode.is, flight.launch.pages]).toEqual(['held', null]);
  });

  it('sends a ticket in its own words, never as a template', () => {
    const flight = watched([on({ kind: 'ticket', channel: 'team' })]);
    flight.do(alert({ title: '{{ launch.id }}' }), SLIPWAY);
    const sent = flight.log.flatMap(({ event }) => (event.type === 'notice-queued' ? [event.message.text] : []));
    expect(sent).toEqual(['watch: alertmanager {service="shop"} ({ { launch.id }})']);
    expect(flight.launch.mode.is).toBe('running');
  });

  it('switches a flag off, and holds where that fails', () => {
    const flight = watched([on({ kind: 'flag-off', flag: 'one-click' })]);
    flight.do(alert(), SLIPWAY);
    const kill = flight.wanted().find((id) => id.startsWith('~trigger')) ?? '';
    flight.run(kill, failed());
    expect(flight.launch.mode.is).toBe('held');
  });

  it('pulls all that wait for it, and a way back alone where one of them is one', () => {
    const both = watched([on({ kind: 'ticket', channel: 'team' }), on({ kind: 'page' }), on({ kind: 'hold' })]);
    both.do(alert(), SLIPWAY);
    expect(fired(both).map(({ trigger }) => trigger)).toEqual([0, 1, 2]);
    expect(both.launch.mode).toMatchObject({ is: 'held', causes: [{ page: true }] });
    const back = watched([on({ kind: 'hold' }), on({ kind: 'rollback' })]);
    back.do(alert(), SLIPWAY);
    expect([fired(back).map(({ trigger }) => trigger), back.launch.mode.is]).toEqual([[1], 'ended']);
  });

  it.each([
    ['of another sender', alert({ from: 'grafana' })],
    ['without the label', alert({ labels: {} })],
    ['with another value', alert({ labels: { service: 'shop2' } })],
    ['with a label from the prototype', alert({ labels: { constructor: 'shop' } })],
    ['that names another launch', alert({ labels: { ...LABELS, slipway_launch: 'shop-2' } })],
  ])('%s pulls nothing', (_, command) => {
    expect(watched([on({ kind: 'rollback' })]).refusal(command, SLIPWAY).code).toBe('not-found');
  });

  it('that names this launch pulls its trigger', () => {
    const flight = watched([on({ kind: 'hold' })]);
    flight.do(alert({ labels: { ...LABELS, slipway_launch: 'shop-1' } }), SLIPWAY);
    expect(flight.launch.mode.is).toBe('held');
  });

  it('pulls nothing before a rollout has changed anything, nor after it is over', () => {
    const stages = [{ ...stage(5), judging: { ...JUDGING, hooks: [on({ kind: 'hold' })] } }, stage(100)];
    const flight = new Flight(planOf([rollout('ramp', 'production', { stages })]));
    expect(flight.refusal(alert(), SLIPWAY).code).toBe('not-found');
    flight.fly('ramp:4.0');
    flight.do(alert(), SLIPWAY);
    expect(flight.launch.mode.is).toBe('held');
    flight.do({ type: 'resume' });
    flight.fly();
    expect(flight.launch.mode.is).toBe('ended');
    expect(flight.refusal(alert({ incident: 'a2' }), SLIPWAY).code).toBe('not-now');
  });

  it('leaves the triggers that are conditions alone', () => {
    const triggers = [
      { when: { cel: 'errors.new > 0.05', metrics: ['errors'] }, for: 0, deed: { kind: 'hold' } as const },
    ];
    const judging = { ...JUDGING, triggers, hooks: [on({ kind: 'ticket', channel: 'team' })] };
    const flight = new Flight(planOf([soak('watch', 'production', { judging })]));
    flight.begin('watch:0.0');
    flight.do(alert(), SLIPWAY);
    flight.do({ type: 'pull-trigger', effect: 'watch:0.0', attempt: 1, trigger: 0, found: 'x' }, SLIPWAY);
    expect(flight.launch.mode.is).toBe('held');
    expect(fired(flight).map((event) => event.alert === undefined)).toEqual([false, true]);
  });

  it('cannot fill the log: after a hundred incidents only a way back is heard', () => {
    const hooks = [on({ kind: 'ticket', channel: 'team' }), on({ kind: 'rollback' }, { match: { severity: 'worst' } })];
    const flight = watched(hooks);
    for (let incident = 0; incident < 100; incident += 1) flight.do(alert({ incident: `i${incident}` }), SLIPWAY);
    expect(flight.refusal(alert({ incident: 'more' }), SLIPWAY).code).toBe('not-now');
    flight.do(alert({ incident: 'more', labels: { severity: 'worst' } }), SLIPWAY);
    expect(flight.launch.mode.is).toBe('ended');
  });

  it('does not end the watch', () => {
    const flight = watched([on({ kind: 'hold' })]);
    flight.do(alert(), SLIPWAY);
    expect(flight.wanted()).toContain('watch:0.0');
    flight.do({ type: 'resume' });
    flight.settle('watch:0.0', judged('pass'));
    expect(flight.step('watch')).toBe('passed');
  });
});
