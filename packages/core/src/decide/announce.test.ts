import type { Announcement, LaunchMoment, Step } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { Flight, person } from '../testing/flight.ts';
import { done, failed, unknown } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { forkedPlan } from '../testing/scenarios.ts';
import { announce, check, deploy, run, soak, wait } from '../testing/steps.ts';

const BOTH = { to: ['team', 'customers'], title: 'Live', text: 'It is live.' };
const notices = (flight: Flight) => flight.wanted().filter((id) => id.startsWith('~notice'));
const channelOf = (flight: Flight, id: string) => flight.launch.notices[id]?.channel;
const LONG = wait('long', { kind: 'elapsed', ms: 9e9 });

describe('a message about an environment', () => {
  test('leaves only once that environment is verified, whatever else is done', () => {
    const flight = new Flight(planOf([announce('news', 'production'), deploy('ship', 'production'), run('aside')]));
    flight.fly('ship:2.0');
    flight.run('aside:0.0');
    expect([flight.step('news'), notices(flight)]).toEqual(['waiting', []]);
    flight.fly('ship:4.0');
    flight.run('ship:4.0');
    expect([flight.step('news'), notices(flight)]).toEqual(['active', [expect.any(String)]]);
  });

  test('does not leave on the word of another environment', () => {
    const flight = new Flight(planOf(inOrder(deploy('ship', 'staging'), announce('news', 'production'), LONG))).fly();
    expect(flight.launch.verified).toEqual({ staging: '2.0.0' });
    expect(flight.step('news')).toBe('waiting');
  });

  test('waits for the steps in front of it, too', () => {
    const steps = [deploy('ship', 'production'), check('last'), announce('news', 'production', { needs: ['last'] })];
    const flight = new Flight(planOf(steps)).fly('ship:2.0').fly('ship:3.0');
    expect(flight.step('news')).toBe('waiting');
  });
});

test('a message that was delivered says to whom', () => {
  const flight = new Flight(planOf([announce('news', null, { message: BOTH })])).fly();
  expect(flight.launch.steps['news']).toMatchObject({ is: 'passed', summary: 'told team, customers' });
});

describe('on the way back no message of a step leaves', () => {
  function withNews(): Flight {
    return new Flight(planOf([announce('news', null), run('one'), LONG]));
  }

  test('not one that was waiting', () => {
    const flight = withNews();
    flight.run('one:0.0');
    flight.do({ type: 'rollback', reason: 'enough' });
    expect(notices(flight)).toEqual([]);
  });

  test('not one in flight: it is told to stop, and a crash does not send it again', () => {
    const flight = withNews();
    const [notice = ''] = notices(flight);
    flight.begin(notice);
    flight.run('one:0.0');
    flight.do({ type: 'rollback', reason: 'enough' });
    expect(notices(flight)).toEqual([]);
    expect(flight.refusal({ type: 'begin-effect', effect: notice, again: true }).code).toBe('not-now');
    flight.settle(notice, unknown());
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back' });
  });

  test('not one that is to be tried again', () => {
    const flight = withNews();
    flight.run(notices(flight)[0] ?? '', failed(true));
    flight.do({ type: 'abort', reason: 'enough' });
    flight.pass(60_000);
    expect(notices(flight)).toEqual([]);
  });
});

test('a step that was skipped while its message was on its way does not send it again', () => {
  const flight = new Flight(planOf([announce('news', null), LONG]));
  const [notice = ''] = notices(flight);
  flight.begin(notice);
  flight.do({ type: 'skip', step: 'news', reason: 'told by hand' });
  expect(flight.refusal({ type: 'begin-effect', effect: notice, again: true }).code).toBe('not-now');
});

describe('an announce step', () => {
  const flightOf = (...steps: readonly Step[]) => new Flight(planOf(inOrder(...steps)));

  test('is done when every channel has it', () => {
    const flight = flightOf(announce('news', null, { message: BOTH }));
    const [first = '', second = ''] = notices(flight);
    flight.run(first, done());
    expect(flight.step('news')).toBe('active');
    flight.run(second, done());
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('that reaches nobody is done at once', () => {
    expect(flightOf(announce('news', null, { message: { ...BOTH, to: [] } })).launch.mode.is).toBe('ended');
  });

  test.each([
    ['failed', failed()],
    ['unknown', unknown()],
  ])('with one channel %s fails, and a retry sends only what did not arrive', (_name, outcome) => {
    const flight = flightOf(announce('news', null, { message: BOTH }));
    const [first = '', second = ''] = notices(flight);
    flight.run(first, done());
    flight.run(second, outcome);
    expect(flight.launch.steps['news']).toMatchObject({ is: 'failed', reason: expect.stringContaining('customers') });
    flight.do({ type: 'retry', step: 'news' });
    const again = notices(flight);
    expect(again.map((id) => channelOf(flight, id))).toEqual(['customers']);
    flight.run(again[0] ?? '', done());
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('that fails within the moment in which it was retried is not judged by its first try', () => {
    const flight = flightOf(announce('news', null));
    flight.run(notices(flight)[0] ?? '', failed());
    flight.do({ type: 'retry', step: 'news' });
    expect([flight.step('news'), flight.launch.mode.is]).toEqual(['active', 'running']);
  });

  test('tries eight times before it gives up', () => {
    const flight = flightOf(announce('news', null));
    for (let attempt = 1; attempt < 8; attempt += 1) {
      flight.run(notices(flight)[0] ?? '', failed(true));
      flight.pass(60_000);
    }
    expect(flight.step('news')).toBe('active');
    flight.run(notices(flight)[0] ?? '', failed(true));
    expect(flight.step('news')).toBe('failed');
  });
});

test('a message that did not arrive does not leave besides the one of the same step that begins once more', () => {
  const plan = forkedPlan();
  const news = announce('env', null, { phase: 'staging', needs: ['wish'] });
  const flight = new Flight({ ...plan, steps: { ...plan.steps, env: news } }).fly();
  const choose = (scenario: string): void => {
    const basis = flight.launch.scenario?.proposal?.made.seq ?? -1;
    flight.do({ type: 'choose', scenario, reason: 'why not', basis }, person('both'));
  };
  flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
  choose('staging');
  flight.run(notices(flight)[0] ?? 'none', failed(true));
  choose('production');
  choose('staging');
  flight.now += 3_600_000;
  expect(notices(flight)).toHaveLength(1);
  flight.run(notices(flight)[0] ?? 'none');
  expect([flight.step('env'), notices(flight)]).toEqual(['passed', []]);
});

describe('what the launch says of itself', () => {
  const MOMENTS: LaunchMoment[] = [
    ...(['started', 'held', 'turning-back', 'rolled-back'] as const),
    ...(['rollback-incomplete', 'scrubbed', 'completed'] as const),
  ];
  const announcements = MOMENTS.map((on): Announcement => ({ on, message: { to: ['team'], title: on, text: on } }));
  const told = (flight: Flight) => Object.values(flight.launch.notices).map((notice) => notice.moment);
  const sayingAll = (...steps: readonly Step[]) => new Flight(planOf(inOrder(...steps), { announcements }));

  test('completed', () => {
    expect(told(sayingAll(check('one')).fly())).toEqual(['started', 'completed']);
  });

  test('scrubbed', () => {
    const flight = sayingAll(check('one'));
    flight.do({ type: 'hold', reason: 'wait' });
    flight.do({ type: 'abort', reason: 'enough' });
    expect(told(flight)).toEqual(['started', 'held', 'turning-back', 'scrubbed']);
  });

  test('rolled back at the second try', () => {
    const flight = sayingAll(run('one'), soak('watch', 'production')).fly('watch:0.0');
    flight.do({ type: 'rollback', reason: 'enough' });
    flight.fly(null, (effect) => (effect.id === '~undo:0.0' ? failed() : done()));
    flight.do({ type: 'retry', step: null });
    flight.fly();
    expect(told(flight)).toEqual(['started', 'turning-back', 'rollback-incomplete', 'rolled-back']);
  });

  test('leaves in every state, even when all is over', () => {
    const flight = sayingAll(run('one'));
    expect(notices(flight)).toHaveLength(1);
    flight.begin('one:0.0');
    flight.do({ type: 'hold', reason: 'wait' });
    expect(notices(flight)).toHaveLength(2);
    flight.do({ type: 'abort', reason: 'enough' });
    expect([flight.launch.mode.is, notices(flight).length]).toEqual(['stopping', 3]);
    flight.settle('one:0.0', done());
    flight.run('~undo:0.0');
    expect([flight.launch.mode.is, notices(flight).length]).toEqual(['ended', 4]);
    flight.fly();
    expect(flight.wanted()).toEqual([]);
  });

  test('goes to every channel, each by its own id', () => {
    const spread = (text: string): Announcement => ({ on: 'started', message: { ...BOTH, text } });
    const flight = new Flight(planOf([LONG], { announcements: [spread('It is live.'), spread('Look at it.')] }));
    expect(notices(flight)).toEqual(['~notice:1.0', '~notice:1.1', '~notice:1.2', '~notice:1.3']);
  });

  test('that cannot be delivered stops nothing', () => {
    const flight = sayingAll(check('one'));
    flight.run('~notice:1.0', failed());
    expect(flight.launch.mode.is).toBe('running');
  });
});
