import type { SoakCare, SoakStep } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import { openReviews } from '../program/soak-care.ts';
import { openWaits } from '../program/wait-time.ts';
import { Flight, person } from '../testing/flight.ts';
import { done, failed, judged } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { announce, JUDGING, soak } from '../testing/steps.ts';
import type { Outcome } from '../model/outcome.ts';

const MINUTE = 60_000;
const CHECK = { provider: 'fake', config: {} };

/** Ten minutes: each two, then each three; then a message. */
const CARE: SoakCare = {
  tiers: [
    { every: 2 * MINUTE, until: 4 * MINUTE },
    { every: 3 * MINUTE, until: 10 * MINUTE },
  ],
  checks: [CHECK],
};
const REVIEWED: SoakCare = { ...CARE, checks: [], review: { by: 'tech', at: 'tier-end' } };

function soaking(care: SoakCare, own: Partial<Omit<SoakStep, 'id' | 'kind'>> = {}): Flight {
  const watch = soak('watch', 'staging', { onFail: 'rollback', care, ...own });
  const message = { to: ['team'], title: 'Late', text: 'Look.' };
  const flight = new Flight(
    planOf(inOrder(watch, announce('tell', null)), { announcements: [{ on: 'review-overdue', message }] }),
  );
  flight.begin('watch:0.0');
  return flight;
}

const no: Outcome = {
  result: 'failed',
  reason: 'the page is gone',
  retryable: false,
  retryAfter: null,
  evidence: { summary: 'the page is gone', items: [] },
};

const told = (flight: Flight) =>
  flight.log.flatMap(({ event }) => (event.type === 'notice-queued' ? [event.moment] : []));

describe('checks of a soak', () => {
  it('are asked at each time of a tier and at its end, until the soak is over', () => {
    const flight = soaking(CARE);
    expect(flight.wanted()).toEqual(['watch:0.0']);
    const asked: [number, string][] = [];
    for (let minute = 1; minute <= 12; minute += 1) {
      flight.pass(MINUTE);
      for (const id of flight.wanted().filter((wanted) => wanted.startsWith('~soak'))) {
        asked.push([minute, id]);
        flight.run(id);
      }
    }
    expect(asked).toEqual([
      [2, '~soak:watch.0.1.0'],
      [4, '~soak:watch.0.2.0'],
      [7, '~soak:watch.0.3.0'],
      [10, '~soak:watch.0.4.0'],
    ]);
    flight.settle('watch:0.0', judged('pass'));
    expect(flight.step('watch')).toBe('passed');
  });

  it('fail the soak with a no, as its on-fail says', () => {
    const flight = soaking(CARE);
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0', no);
    expect(flight.step('watch')).toBe('failed');
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
  });

  it.each<[string, Outcome]>([
    ['an answer that cannot be read', failed()],
    ['one that was stopped', { result: 'cancelled' }],
  ])('neither pass nor fail it with %s: a person is asked, once, and the watch goes on', (_, outcome) => {
    const flight = soaking(CARE);
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0', outcome);
    expect(flight.launch.mode).toMatchObject({
      is: 'held',
      causes: [{ kind: 'verdict', step: 'watch', decision: 'telemetry-broken', tick: 1 }],
    });
    expect(flight.wanted()).toContain('watch:0.0');
    flight.do({ type: 'resume' });
    expect(flight.launch.mode.is).toBe('running');
    flight.pass(2 * MINUTE);
    expect(flight.wanted()).toContain('~soak:watch.0.2.0');
  });

  it('turn back where nobody can tell and the plan says so', () => {
    const flight = soaking(CARE, { judging: { ...JUDGING, turnsBackOn: ['telemetry-broken'] }, onFail: 'hold' });
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0', failed());
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
  });

  it('are kept no longer than something may follow from them', () => {
    const flight = soaking(CARE);
    const kept = () => Object.keys(flight.launch.effects).filter((id) => id.startsWith('~soak'));
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0', failed());
    flight.do({ type: 'resume' });
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.2.0');
    expect(kept()).toEqual(['~soak:watch.0.1.0', '~soak:watch.0.2.0']);
    flight.pass(3 * MINUTE);
    flight.begin('~soak:watch.0.3.0');
    expect(kept()).toContain('~soak:watch.0.2.0');
    flight.settle('~soak:watch.0.3.0', done());
    expect(kept()).toEqual(['~soak:watch.0.1.0', '~soak:watch.0.3.0']);
    expect(flight.wanted()).toEqual(['watch:0.0']);
  });

  it('go on while the launch is held, as the watch does', () => {
    const flight = soaking(CARE);
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.pass(2 * MINUTE);
    expect(flight.wanted()).toContain('~soak:watch.0.1.0');
  });

  it('have new ids after a retry, which begins anew', () => {
    const flight = soaking(CARE, { onFail: 'hold' });
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0', no);
    flight.do({ type: 'retry', step: 'watch' });
    expect(flight.wanted()).toEqual(['watch:0.1']);
    flight.begin('watch:0.1');
    flight.pass(2 * MINUTE);
    expect(flight.wanted()).toContain('~soak:watch.1.1.0');
  });

  it('keep the soak from passing while one is open', () => {
    const flight = soaking(CARE);
    flight.pass(10 * MINUTE);
    flight.settle('watch:0.0', judged('pass'));
    expect(flight.step('watch')).toBe('active');
    flight.run('~soak:watch.0.4.0');
    expect(flight.step('watch')).toBe('passed');
  });
});

describe('time of a soak', () => {
  it('is what has passed, whatever the clock says', () => {
    const flight = soaking(CARE);
    flight.now += 1_000 * MINUTE;
    flight.live(0);
    expect(flight.wanted()).toEqual(['watch:0.0']);
    flight.now -= 5_000 * MINUTE;
    flight.live(2 * MINUTE);
    expect(flight.wanted()).toContain('~soak:watch.0.1.0');
  });

  it('is counted no more often than something falls due, or a twentieth of it has passed', () => {
    const flight = soaking(
      { tiers: [{ every: 600 * MINUTE, until: 2_880 * MINUTE }], checks: [CHECK] },
      {
        hold: 2_880 * MINUTE,
      },
    );
    expect(openWaits(flight.launch)[0]).toMatchObject({ ms: 600 * MINUTE, whole: 2_880 * MINUTE });
    expect(flight.pending().wakeAt).toBe(flight.now + 144 * MINUTE + 2);
  });
});

describe('a check of a soak that is settled after the soak began anew', () => {
  it('takes no answer of the new one away', () => {
    const flight = soaking(CARE, { onFail: 'hold' });
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.0.1.0');
    flight.pass(2 * MINUTE);
    flight.begin('~soak:watch.0.2.0');
    flight.settle('watch:0.0', judged('fail'));
    flight.do({ type: 'retry', step: 'watch' });
    flight.pass(2 * MINUTE);
    flight.run('~soak:watch.1.1.0');
    flight.settle('~soak:watch.0.2.0', done());
    expect(flight.wanted()).not.toContain('~soak:watch.1.1.0');
  });
});

describe('reviews of a soak', () => {
  it('are due at the end of each tier; one stands for those before it', () => {
    const flight = soaking(REVIEWED);
    const open: number[] = [];
    for (let minute = 0; minute < 10; minute += 2) {
      flight.pass(2 * MINUTE);
      open.push(openReviews(flight.launch, 'watch'));
    }
    expect(open).toEqual([0, 1, 1, 1, 2]);
    flight.do({ type: 'complete-task', step: 'watch', proof: 'errors are flat' }, person('tl'));
    expect(openReviews(flight.launch, 'watch')).toBe(0);
  });

  it('hold the soak at its end until somebody of the role looked; it is watched on meanwhile', () => {
    const flight = soaking(REVIEWED);
    flight.pass(10 * MINUTE);
    flight.settle('watch:0.0', judged('pass'));
    expect([flight.step('watch'), flight.step('tell')]).toEqual(['active', 'waiting']);
    expect(flight.wanted()).toContain('watch:0.1');
    flight.begin('watch:0.1');
    expect(flight.refusal({ type: 'complete-task', step: 'watch', proof: 'fine' }, person('sl')).code).toBe(
      'not-allowed',
    );
    expect(flight.refusal({ type: 'complete-task', step: 'watch', proof: ' ' }, person('tl')).code).toBe('wrong-input');
    flight.do({ type: 'complete-task', step: 'watch', proof: 'fine' }, person('tl'));
    expect(flight.step('watch')).toBe('passed');
  });

  it('do not pass a version that fails while they are waited for', () => {
    const flight = soaking(REVIEWED);
    flight.pass(10 * MINUTE);
    flight.settle('watch:0.0', judged('pass'));
    flight.run('watch:0.1', judged('fail'));
    expect(flight.step('watch')).toBe('failed');
  });

  it('are told once they are overdue', () => {
    const flight = soaking({ ...REVIEWED, review: { by: 'tech', at: 'every' } });
    flight.pass(2 * MINUTE);
    expect(told(flight)).toEqual([]);
    flight.pass(2 * MINUTE);
    expect(told(flight)).toEqual(['review-overdue']);
    flight.do({ type: 'complete-task', step: 'watch', proof: 'fine' }, person('tl'));
    flight.pass(3 * MINUTE);
    expect(told(flight)).toEqual(['review-overdue']);
    expect(flight.refusal({ type: 'complete-task', step: 'tell', proof: 'fine' }, person('tl')).code).toBe('not-found');
  });

  it('are told beside what is told again in the same moment, and neither is lost', () => {
    const watch = soak('watch', 'staging', { care: { ...REVIEWED, review: { by: 'tech', at: 'every' } } });
    const message = { to: ['team'], title: 'Late', text: 'Look.' };
    const announcements = [
      { on: 'review-overdue', message },
      { on: 'soaking', message, again: 4 * MINUTE },
    ] as const;
    const flight = new Flight(planOf([watch], { announcements }));
    flight.begin('watch:0.0');
    flight.pass(2 * MINUTE);
    flight.pass(2 * MINUTE);
    expect(told(flight)).toEqual(['soaking', 'soaking', 'review-overdue']);
    expect(Object.values(flight.launch.notices).map(({ moment }) => moment)).toEqual(told(flight));
  });

  it('are asked for by nobody before they are due', () => {
    const flight = soaking(REVIEWED);
    const refusal = flight.refusal({ type: 'complete-task', step: 'watch', proof: 'fine' }, person('tl'));
    expect(refusal).toMatchObject({ code: 'not-now', message: 'no review of watch is due' });
  });
});

describe('extending a soak', () => {
  const extend = (flight: Flight, ms = 6 * MINUTE) =>
    flight.do({ type: 'extend-soak', step: 'watch', ms, reason: 'no traffic yet' });
  const hold = (flight: Flight) => {
    const work = flight.pending().effects.find(({ work: { kind } }) => kind === 'observe')?.work;
    return work?.kind === 'observe' ? work.hold : null;
  };

  it('makes the watch under way, and the last tier, last longer', () => {
    const flight = soaking(CARE);
    extend(flight);
    expect([flight.wanted(), hold(flight)]).toEqual([['watch:0.0'], 16 * MINUTE]);
    for (const _ of Array.from({ length: 16 })) {
      flight.pass(MINUTE);
      for (const id of flight.wanted().filter((wanted) => wanted.startsWith('~soak'))) flight.run(id);
    }
    expect(flight.begun().filter((id) => id.startsWith('~soak'))).toHaveLength(6);
    flight.settle('watch:0.0', judged('pass'));
    expect(flight.step('watch')).toBe('passed');
  });

  it('has one that was watched to its end watched on for what was added', () => {
    const flight = soaking(REVIEWED);
    flight.pass(10 * MINUTE);
    flight.settle('watch:0.0', judged('pass'));
    extend(flight);
    expect(flight.wanted()).toContain('watch:0.2');
    expect(hold(flight)).toBe(6 * MINUTE);
    flight.do({ type: 'complete-task', step: 'watch', proof: 'fine' }, person('tl'));
    expect(flight.step('watch')).toBe('active');
  });

  it.each([
    ['a step that is no soak', { step: 'tell', ms: MINUTE, reason: 'x' }, 'not-found'],
    ['no reason', { step: 'watch', ms: MINUTE, reason: ' ' }, 'wrong-input'],
    ['less time', { step: 'watch', ms: -MINUTE, reason: 'x' }, 'wrong-input'],
    ['no number', { step: 'watch', ms: Number.NaN, reason: 'x' }, 'wrong-input'],
    ['what falls due too often', { step: 'watch', ms: 10_000 * MINUTE, reason: 'x' }, 'wrong-input'],
  ] as const)('is refused for %s', (_, order, code) => {
    expect(soaking(CARE).refusal({ type: 'extend-soak', ...order }).code).toBe(code);
  });

  it('ends it early only by a person who goes on without the rest', () => {
    const flight = soaking(REVIEWED);
    flight.do({ type: 'skip', step: 'watch', reason: 'hotfix' });
    expect(flight.step('watch')).toBe('passed');
    expect(flight.log.map(({ event }) => event.type)).toContain('verdict-waived');
  });
});
