import { describe, expect, it } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { Flight, person } from '../testing/flight.ts';
import { done } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { run, task } from '../testing/steps.ts';

const URL_PROOF = 'https://wiki.example/macros?key=1';
const ASKED = { proof: 'url', asked: { status: 200, contains: 'Approved' } } as const;
const tick = (proof = URL_PROOF) => ({ type: 'complete-task', step: 'macros', proof }) as const;

const failed: Outcome = {
  result: 'failed',
  reason: 'status is 404',
  retryable: false,
  retryAfter: null,
  evidence: null,
};

function asking(plan: Parameters<typeof planOf>[1] = {}): Flight {
  return new Flight(planOf(inOrder(task('macros', 'support', ASKED), run('migrate')), plan));
}

function ticked(plan: Parameters<typeof planOf>[1] = {}): Flight {
  const flight = asking(plan);
  flight.do(tick(), person('sl'));
  return flight;
}

describe('a proof that is asked', () => {
  it('is asked as the plan wants it, and nothing stands on it before it has answered', () => {
    const flight = ticked();
    const [effect] = flight.pending().effects;
    expect(effect?.work).toEqual({
      kind: 'check',
      check: { provider: 'url', config: { url: URL_PROOF, status: 200, contains: 'Approved', private: false } },
    });
    expect([flight.step('macros'), flight.step('migrate')]).toEqual(['active', 'waiting']);
  });

  it('counts once it has answered', () => {
    const flight = ticked();
    flight.run('macros:1.0', done('it answered 200'));
    expect([flight.step('macros'), flight.step('migrate')]).toEqual(['passed', 'active']);
    expect(flight.launch.steps['macros']).toMatchObject({ summary: 'it answered 200' });
  });

  it.each<[string, Outcome]>([
    ['another answer', failed],
    ['no answer', { ...failed, reason: 'the connection was refused' }],
    ['nobody knows', { result: 'unknown', reason: 'the worker died' }],
    ['it was stopped', { result: 'cancelled' }],
  ])('%s leaves the task open, and says why', (_name, outcome) => {
    const flight = ticked();
    flight.run('macros:1.0', outcome);
    expect([flight.step('macros'), flight.step('migrate')]).toEqual(['active', 'waiting']);
    const reason = 'reason' in outcome ? outcome.reason : 'it was stopped before it was done';
    expect(flight.launch.unticked['macros']).toMatchObject({ kind: 'refused', reason });
    expect(flight.launch.proofs['macros']).toBeUndefined();
    expect(flight.launch.mode.is).toBe('running');
    expect(flight.wanted()).toEqual([]);
  });

  it('is asked afresh at the next tick, and then forgets the one before', () => {
    const flight = ticked();
    flight.run('macros:1.0', failed);
    flight.do(tick('https://wiki.example/new'), person('sl2'));
    expect(flight.launch.unticked).toEqual({});
    flight.run('macros:1.1');
    expect(flight.step('macros')).toBe('passed');
    expect(flight.launch.proofs['macros']).toMatchObject({ proof: 'https://wiki.example/new', by: person('sl2') });
  });

  it('is not given twice while it is asked', () => {
    expect(ticked().refusal(tick(), person('sl')).code).toBe('not-now');
  });

  it('is not asked while the launch is held', () => {
    const flight = asking();
    flight.do({ type: 'hold', reason: 'lunch' });
    flight.do(tick(), person('sl'));
    expect(flight.wanted()).toEqual([]);
    flight.do({ type: 'resume' });
    expect(flight.wanted()).toEqual(['macros:1.0']);
  });

  it('tells its owner, where they can be reached, that it does not count', () => {
    const flight = ticked({ reach: { support: ['team'] } });
    flight.run('macros:1.0', failed);
    const [notice] = Object.values(flight.launch.notices);
    expect(notice).toMatchObject({ channel: 'team', asks: { step: 'macros', time: 0 } });
    expect(notice?.message.text).toContain('its proof does not count: status is 404');
    expect(notice?.message.text).toContain('slipway task done macros --proof … --launch {{ launch.id }}');
  });

  it.each([
    'https://ann:secret@wiki.example/x',
    'https://wiki.example/{{ launch.id }}',
    'https://wiki.example/?a={% x %}',
    'https://[wiki.example/',
  ])('%s is refused, and stands nowhere', (proof) => {
    const flight = asking();
    const { code, message } = flight.refusal(tick(proof), person('sl'));
    expect(code).toBe('wrong-input');
    expect(message).not.toContain('secret');
  });
});
