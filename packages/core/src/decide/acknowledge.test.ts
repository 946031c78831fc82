import type { Judging, Page, Plan, Step } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { SLIPWAY } from '../model/actor.ts';
import { Flight, person } from '../testing/flight.ts';
import { done, failed, judged } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, rollout, soak, stage } from '../testing/steps.ts';

const MINUTE = 60_000;
const ANSWER = { p1: 5 * MINUTE, p2: 15 * MINUTE, p3: 60 * MINUTE };
const PAGE: Page = { to: ['team'], again: 10 * MINUTE, language: 'en', answer: ANSWER };

const doubted = (page: Page = PAGE): Flight => {
  const pagesOn: Judging['pagesOn'] = ['insufficient-data'];
  const stages = [{ ...stage(5), judging: { ...stage(5).judging, pagesOn } }, stage(100)];
  const ramp = rollout('ramp', 'production', { stages, onFail: 'hold' });
  const flight = new Flight(planOf(inOrder(ramp), { page })).fly('ramp:4.0');
  flight.run('ramp:4.0', judged('insufficient-data'));
  return flight;
};
const ack = (page: number | null = null, by?: string) =>
  ({ type: 'acknowledge', page, ...(by === undefined ? {} : { by }) }) as const;
const told = ({ launch }: Flight) =>
  Object.values(launch.notices).flatMap(({ page, channel, escalation }) =>
    page === undefined ? [] : [`${channel} ${page}${escalation === undefined ? '' : ` next ${escalation}`}`],
  );
const deliver = (flight: Flight): void => {
  for (const id of flight.wanted().filter((each) => each.startsWith('~notice'))) flight.run(id, done());
};

describe('a page that is answered', () => {
  it('presses no more, and the launch stays held', () => {
    const flight = doubted();
    flight.pass(3 * MINUTE);
    expect(flight.do(ack(1))).toEqual([{ type: 'page-acknowledged', step: 'ramp', page: 1 }]);
    flight.pass(60 * MINUTE);
    expect([flight.launch.mode.is, flight.launch.pages, told(flight)]).toEqual(['held', null, ['team 1']]);
    expect(flight.launch.answers).toMatchObject([{ step: 'ramp', level: 'p2', by: 'rm', pages: 1, goal: ANSWER.p2 }]);
    const [answer] = flight.launch.answers;
    expect((answer?.answeredAt ?? 0) - (answer?.pagedAt ?? 0)).toBe(3 * MINUTE);
  });

  it('may be on somebody else, and says so once', () => {
    const flight = doubted();
    flight.do(ack(null, 'ann'));
    expect(flight.launch.answers).toMatchObject([{ by: 'ann' }]);
    expect(flight.log.at(-1)).toMatchObject({ actor: person('rm'), event: { by: 'ann' } });
    expect(doubted().do(ack(1, 'rm'))[0]).not.toHaveProperty('by');
  });

  it.each([
    ['a hold', { type: 'hold', reason: 'I look' } as const],
    ['a resumption', { type: 'resume' } as const],
    ['a way back', { type: 'rollback', reason: 'enough' } as const],
  ])('counts as answered by %s as well', (_, command) => {
    const flight = doubted();
    flight.pass(MINUTE);
    flight.do(command);
    expect(flight.launch.answers).toMatchObject([{ by: 'rm', pages: 1 }]);
  });

  it('is not answered by itself: a verdict that changes measures nobody', () => {
    const flight = doubted();
    flight.run('ramp:4.1', judged('pass'));
    expect([flight.launch.pages, flight.launch.answers]).toEqual([null, []]);
  });

  it('is refused where nobody is paged, of a page that was never sent, and of anything but a person', () => {
    const flight = doubted();
    expect(flight.refusal(ack(2)).code).toBe('wrong-input');
    expect(flight.refusal(ack(0)).code).toBe('wrong-input');
    expect(flight.refusal(ack(), SLIPWAY).code).toBe('not-allowed');
    flight.do(ack());
    expect(flight.refusal(ack()).code).toBe('not-now');
  });

  it('is measured from the first hold that nobody has answered, at the gravest level', () => {
    const soaking = soak('calm', 'production', { onFail: 'page', judging: { ...stage(5).judging } });
    const flight = new Flight(planOf([check('gate', { onFail: 'page' }), soaking], { page: PAGE })).fly('gate:0.0');
    flight.begin('calm:0.0');
    flight.run('gate:0.0', failed());
    const first = flight.now;
    flight.pass(2 * MINUTE);
    flight.settle('calm:0.0', judged('fail'));
    flight.pass(MINUTE);
    flight.do(ack());
    expect(flight.launch.answers).toMatchObject([{ step: 'calm', level: 'p1', pagedAt: first, goal: ANSWER.p1 }]);
  });
});

describe('the level', () => {
  const failing = (step: Step, own: Partial<Plan> = {}): Flight =>
    new Flight(planOf([step], { page: PAGE, ...own })).fly(`${step.id}:0.0`);

  it.each([
    ['what fails in production', 'production', 'fail', 'p1'],
    ['what fails in staging', 'staging', 'fail', 'p3'],
  ] as const)('of %s', (_, environment, decision, level) => {
    const flight = failing(soak('watch', environment, { onFail: 'page' }));
    flight.run('watch:0.0', judged(decision));
    expect(flight.launch.pages?.level).toBe(level);
  });

  it('of a check before anything is in production', () => {
    const flight = failing(check('gate', { onFail: 'page' }));
    flight.run('gate:0.0', failed());
    expect(flight.launch.pages?.level).toBe('p3');
  });
});

describe('nobody answers in time', () => {
  const escalating = (): Flight => doubted({ ...PAGE, answer: { p2: 15 * MINUTE }, escalation: [['lead'], ['boss']] });

  it('tells the next ones, one list a goal, and goes on telling them', () => {
    const flight = escalating();
    deliver(flight);
    expect(flight.pending().wakeAt).toBe(flight.now + 10 * MINUTE);
    flight.pass(10 * MINUTE);
    expect(told(flight)).toEqual(['team 1', 'team 2']);
    deliver(flight);
    expect(flight.pending().wakeAt).toBe(flight.now + 5 * MINUTE);
    flight.pass(5 * MINUTE);
    expect(told(flight).slice(2)).toEqual(['lead 2 next 1']);
    flight.pass(5 * MINUTE);
    expect(told(flight).slice(3)).toEqual(['team 3', 'lead 3']);
    flight.pass(10 * MINUTE);
    expect(told(flight).slice(5)).toEqual(['boss 3 next 2', 'team 4', 'lead 4']);
    expect(new Set(Object.keys(flight.launch.notices)).size).toBe(Object.keys(flight.launch.notices).length);
  });

  it('says that it is late, and how to answer', () => {
    const flight = escalating();
    flight.pass(15 * MINUTE);
    const late = Object.values(flight.launch.notices).find(({ escalation }) => escalation === 1);
    expect(late?.message.text).toMatch(/^Nobody answered in time: you are told next\.\n/);
    expect(late?.message.text).toContain('slipway ack {{ launch.id }} 1');
  });

  it('does not once somebody has', () => {
    const flight = escalating();
    flight.do(ack());
    flight.pass(60 * MINUTE);
    expect(told(flight)).toEqual(['team 1']);
  });

  it('tells nobody where the plan gives no goal for the level', () => {
    const flight = doubted({ ...PAGE, answer: { p1: MINUTE }, escalation: [['lead']] });
    flight.pass(60 * MINUTE);
    expect(told(flight).filter((each) => each.startsWith('lead'))).toEqual([]);
  });

  it('calls nobody too soon when a lesser hold is the one that is left', () => {
    const pagesOn: Judging['pagesOn'] = ['insufficient-data'];
    const calm = soak('calm', 'production', { judging: { ...stage(5).judging, pagesOn }, onFail: 'hold' });
    const page: Page = { ...PAGE, escalation: [['lead'], ['boss']] };
    const flight = new Flight(planOf([check('gate', { onFail: 'page' }), calm], { page })).fly('gate:0.0');
    flight.begin('calm:0.0');
    flight.run('gate:0.0', failed());
    flight.settle('calm:0.0', judged('insufficient-data'));
    flight.pass(15 * MINUTE);
    const next = () => told(flight).filter((each) => /next/.test(each));
    expect(next()).toEqual(['lead 1 next 1']);
    flight.run('calm:0.1', judged('pass'));
    expect(flight.launch.pages).toMatchObject({ cause: { step: 'gate' }, level: 'p2' });
    flight.pass(MINUTE);
    expect(next()).toEqual(['lead 1 next 1']);
    flight.pass(14 * MINUTE);
    expect(next()).toHaveLength(2);
  });

  it('is not put off by a clock that was set back', () => {
    const flight = escalating();
    flight.now -= 3_600_000;
    flight.live(0);
    expect(told(flight)).toContain('lead 1 next 1');
  });
});
