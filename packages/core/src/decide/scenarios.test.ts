import { allowedAt, type Calendar, type ScenarioCondition, type ScenarioRow } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import type { EvidenceItem, Outcome } from '../model/outcome.ts';
import { Flight, person, START } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { check, signoff, task } from '../testing/steps.ts';
import { FREEZE, forkedPlan } from '../testing/scenarios.ts';

const item = (asked: string, found: string, verdict: EvidenceItem['verdict'] = 'pass'): EvidenceItem => ({
  asked,
  found,
  expected: '',
  verdict,
});

const saying = (...items: readonly EvidenceItem[]): Outcome => ({
  result: 'done',
  evidence: { summary: 'asked', items },
  data: { kind: 'none' },
});

const no: Outcome = {
  result: 'failed',
  reason: 'only 20 h on staging',
  retryable: true,
  retryAfter: null,
  evidence: { summary: 'only 20 h on staging', items: [item('hours', '20', 'fail')] },
};

interface Gate {
  readonly staged?: Outcome;
  readonly wish?: string;
}

/** Takes the launch to the end of its gate. */
function pastGate(flight: Flight, { staged = saying(item('hours', '50')), wish = 'yes' }: Gate = {}): Flight {
  flight.run('tag:0.0');
  flight.run('staged:0.0', staged);
  flight.do({ type: 'complete-task', step: 'wish', proof: wish });
  return flight;
}

const forked = (rows?: readonly ScenarioRow[]): Flight => new Flight(forkedPlan(rows));

function choose(flight: Flight, scenario: string, { by = 'tl', reason = '', basis = basisOf(flight) } = {}) {
  return flight.do({ type: 'choose', scenario, reason, basis }, person(by));
}

function refusedChoice(flight: Flight, scenario: string, { by = 'tl', reason = '', basis = basisOf(flight) } = {}) {
  return flight.refusal({ type: 'choose', scenario, reason, basis }, person(by));
}

const basisOf = (flight: Flight): number => flight.launch.scenario?.proposal?.made.seq ?? -1;
const proposed = (flight: Flight): string | null | undefined => flight.launch.scenario?.proposal?.scenario;
const states = (flight: Flight, ...ids: readonly string[]) => ids.map((id) => flight.step(id));

describe('the decision table', () => {
  const check = (is: 'passed' | 'failed' | 'waived'): ScenarioCondition => ({ kind: 'check', step: 'staged', is });
  const value = (own: object, step = 'wish'): ScenarioCondition => ({ kind: 'value', step, ...own });
  const cases: [string, ScenarioCondition, Gate, boolean | null][] = [
    ['a check that passed', check('passed'), {}, true],
    ['a check that said no', check('passed'), { staged: no }, false],
    ['a no that was asked for', check('failed'), { staged: no }, true],
    ['a check that was not waived', check('waived'), {}, false],
    ['a text', value({ equals: 'yes' }), {}, true],
    ['another text', value({ equals: 'no' }), {}, false],
    ['a number that is written as text', value({ equals: 3 }), { wish: ' 3.0 ' }, true],
    ['a bound that is kept', value({ above: 48 }), { wish: '48.5' }, true],
    ['a bound that is just not kept', value({ above: 48 }), { wish: '48' }, false],
    ['both bounds', value({ above: 1, below: 2 }), { wish: '2' }, false],
    ['a text where a number belongs', value({ above: 48 }), { wish: 'two days' }, null],
    ['a number with a unit', value({ above: 48 }), { wish: '50h' }, null],
    ['a number that nobody means', value({ above: 48 }), { wish: '1e3' }, null],
    ['what a check found', value({ above: 48 }, 'staged'), {}, true],
    ['what a check found that said no', value({ below: 48 }, 'staged'), { staged: no }, true],
    [
      'one of two findings',
      value({ above: 1, of: 'b' }, 'staged'),
      { staged: saying(item('a', '0'), item('b', '2')) },
      true,
    ],
    [
      'two findings, and none is named',
      value({ above: 1 }, 'staged'),
      { staged: saying(item('a', '0'), item('b', '2')) },
      null,
    ],
    ['a finding that is not there', value({ above: 1, of: 'c' }, 'staged'), {}, null],
    [
      'a finding that nobody could tell',
      value({ above: 1 }, 'staged'),
      { staged: saying(item('a', '5', 'unknown')) },
      null,
    ],
    ['a calendar that nobody asked', { kind: 'calendar', is: 'closed' }, {}, null],
  ];
  it.each(cases)('%s', (_, condition, gate, is) => {
    const flight = pastGate(forked([{ when: [condition], scenario: 'production' }]), gate);
    const verdict = is === null ? 'unknown' : is ? 'pass' : 'fail';
    expect(flight.launch.scenario?.proposal?.rows).toMatchObject([
      { is: is === null ? 'unknown' : String(is), conditions: [{ verdict }] },
    ]);
    expect(proposed(flight)).toBe(is === true ? 'production' : null);
  });

  it.each([
    ['check', 'staged', 'waived', true],
    ['check', 'staged', 'passed', false],
  ] as const)('of a waiver: %s %s %s is %s', (kind, step, is, verdict) => {
    const flight = forked([{ when: [{ kind, step, is }], scenario: 'production' }]);
    flight.run('tag:0.0');
    flight.do({ type: 'skip', step: 'staged', reason: 'seen by hand' });
    flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
    expect(proposed(flight)).toBe(verdict ? 'production' : null);
  });

  it.each([
    ['go', false],
    ['waived', true],
  ] as const)('of a sign-off: %s, where it was skipped: %s', (is, skipped) => {
    const plan = forkedPlan([{ when: [{ kind: 'signoff', step: 'tag', is }], scenario: 'production' }]);
    const tag = signoff('tag', { release: 1 }, { phase: 'gate' });
    const flight = new Flight({ ...plan, steps: { ...plan.steps, tag } });
    if (skipped) flight.do({ type: 'skip', step: 'tag', reason: 'agreed' });
    else flight.vote('tag', 'rm');
    flight.run('staged:0.0');
    flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
    expect(proposed(flight)).toBe('production');
  });

  it('tells what it compared with what', () => {
    const flight = pastGate(forked([{ when: [value({ above: 48, below: 90 })], scenario: 'production' }]), {
      wish: '20',
    });
    expect(flight.launch.scenario?.proposal?.rows[0]?.conditions).toEqual([
      { asked: 'value of wish', found: '20', expected: '> 48 and < 90', verdict: 'fail' },
    ]);
  });

  it('takes the first row that is true', () => {
    const rows: ScenarioRow[] = [
      { when: [check('failed')], scenario: 'freeze' },
      { when: [check('passed')], scenario: 'staging' },
      { when: [], scenario: 'production' },
    ];
    expect(proposed(pastGate(forked(rows)))).toBe('staging');
  });

  it('proposes nothing behind a row of which nobody can tell, for that may be the safer one', () => {
    const rows: ScenarioRow[] = [
      { when: [value({ above: 1 })], scenario: 'freeze' },
      { when: [], scenario: 'production' },
    ];
    const flight = pastGate(forked(rows), { wish: 'who knows' });
    expect(proposed(flight)).toBeNull();
    expect(flight.launch.scenario?.proposal?.rows.map(({ is }) => is)).toEqual(['unknown', 'true']);
  });

  it('passes over a row of which one condition is false, whatever the others are', () => {
    const rows: ScenarioRow[] = [
      { when: [value({ above: 1 }), check('failed')], scenario: 'freeze' },
      { when: [], scenario: 'production' },
    ];
    expect(proposed(pastGate(forked(rows), { wish: 'who knows' }))).toBe('production');
  });

  it('is read once the gate is done, and not before', () => {
    const flight = forked();
    flight.run('tag:0.0');
    expect(flight.launch.scenario).toEqual({ proposal: null, choice: null });
    flight.run('staged:0.0');
    expect(proposed(flight)).toBeUndefined();
    const events = flight.do({ type: 'complete-task', step: 'wish', proof: 'yes' });
    expect(events.at(-1)).toMatchObject({ type: 'scenario-proposed', scenario: 'production' });
  });

  const WINDOW: Calendar = {
    zone: 'UTC',
    urgency: 'normal',
    windows: [],
    never: [],
    holidays: [],
    freezes: [{ from: START + 60_000, to: START + 120_000, because: 'sale' }],
    maintenance: [],
    officeHours: { days: [1, 2, 3, 4, 5], from: 540, to: 1080 },
    onFreeze: 'ask',
    override: null,
  };

  it('is read again when the calendar changes while nobody has chosen', () => {
    const rows: ScenarioRow[] = [{ when: [{ kind: 'calendar', is: 'open' }], scenario: 'production' }];
    const plan = forkedPlan(rows, { calendar: WINDOW });
    const flight = pastGate(new Flight(plan, (now) => allowedAt(WINDOW, now)));
    expect(proposed(flight)).toBe('production');
    const seen = basisOf(flight);
    expect(flight.pending().wakeAt).toBe(START + 60_000);
    flight.pass(60_000);
    expect(proposed(flight)).toBeNull();
    expect(refusedChoice(flight, 'production', { basis: seen })).toMatchObject({ code: 'conflict' });
    flight.pass(60_000);
    expect(proposed(flight)).toBe('production');
    expect(flight.pass(60_000)).toEqual([]);
  });
});

describe('a check that decides', () => {
  it('holds nothing up with its no, and says so', () => {
    const flight = pastGate(forked(), { staged: no });
    expect(flight.launch.steps['staged']).toMatchObject({
      is: 'passed',
      answer: 'no',
      summary: 'only 20 h on staging',
    });
    expect([flight.launch.mode.is, proposed(flight)]).toEqual(['running', 'staging']);
  });

  it('fails where it could not be asked', () => {
    const flight = forked();
    flight.run('tag:0.0');
    flight.run('staged:0.0', failed());
    expect([flight.step('staged'), flight.launch.mode.is, proposed(flight)]).toEqual(['failed', 'held', undefined]);
  });

  it('is not a gate that passes with a no', () => {
    const flight = forked();
    flight.run('tag:0.0', no);
    expect([flight.step('tag'), flight.launch.mode.is]).toEqual(['failed', 'held']);
  });
});

describe('a choice', () => {
  it('is waited for: nothing of any scenario begins, and the launch is not stuck', () => {
    const flight = pastGate(forked());
    expect(flight.wanted()).toEqual([]);
    expect(flight.launch.mode).toEqual({ is: 'running' });
    expect(flight.pass(1_000_000)).toEqual([]);
  });

  it('runs its own phases, and never those of the others', () => {
    const flight = pastGate(forked());
    const events = choose(flight, 'production');
    expect(events[0]).toMatchObject({
      type: 'scenario-chosen',
      scenario: 'production',
      proposed: 'production',
      planDigest: 'digest',
      basis: { seq: expect.any(Number), hash: expect.stringContaining('hash-') },
    });
    expect(events[0]).not.toHaveProperty('override');
    expect(states(flight, 'env', 'reset', 'smoke', 'freeze-lasts', 'unchanged')).toEqual(
      Array.from({ length: 5 }, () => 'not-chosen'),
    );
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(flight.begun()).toEqual(['tag:0.0', 'staged:0.0', 'backup:0.0', 'deploy:0.0', 'live:0.0']);
  });

  const refused: [string, string, object, object][] = [
    [
      'without the authority',
      'production',
      { by: 'sl' },
      { code: 'not-allowed', message: expect.stringContaining('tech') },
    ],
    [
      'by who started the launch',
      'production',
      { by: 'rm' },
      { code: 'not-allowed', message: expect.stringContaining('started') },
    ],
    [
      'of what is not offered',
      'canary',
      {},
      { code: 'not-found', message: expect.stringContaining('staging, production, freeze') },
    ],
    ['on facts of before', 'production', { basis: 1 }, { code: 'conflict' }],
    [
      'against the table without a reason',
      'staging',
      { by: 'rm' },
      { code: 'wrong-input', message: expect.stringContaining('production') },
    ],
    ['that needs a reason and has none', 'freeze', { reason: '  ' }, { code: 'wrong-input' }],
    ['with a reason that nobody reads', 'freeze', { reason: 'x'.repeat(2_001) }, { code: 'wrong-input' }],
  ];
  it.each(refused)('%s is refused', (_, scenario, own, rejection) => {
    const people = { release: ['rm'], tech: ['tl', 'rm'] };
    const flight = pastGate(new Flight(forkedPlan(undefined, { people })));
    expect(refusedChoice(flight, scenario, own)).toMatchObject(rejection);
  });

  it('before the gate is done is refused', () => {
    expect(refusedChoice(forked(), 'production')).toMatchObject({ code: 'not-now' });
  });

  it('in a plan that offers none is refused', () => {
    const { scenarios: _none, ...plan } = forkedPlan();
    expect(refusedChoice(new Flight(plan), 'production')).toMatchObject({ code: 'not-found' });
  });

  it('against the table is recorded as such, with its reason', () => {
    const flight = pastGate(forked());
    const [event] = choose(flight, 'staging', { by: 'rm', reason: 'business wants to see it' });
    expect(event).toMatchObject({ override: true, proposed: 'production', reason: 'business wants to see it' });
    expect(flight.launch.scenario?.choice).toMatchObject({ scenario: 'staging', override: true });
  });

  it('where the table proposes nothing is against nothing', () => {
    const flight = pastGate(forked([]));
    expect(choose(flight, 'staging', { by: 'rm' })[0]).toMatchObject({ proposed: null });
    expect(flight.launch.scenario?.choice).not.toHaveProperty('override');
  });

  it('is never waited for in a plan without scenarios', () => {
    const { scenarios: _none, ...plan } = forkedPlan();
    const flight = pastGate(new Flight(plan));
    expect([flight.launch.scenario, flight.wanted()]).toEqual([null, ['env:0.0']]);
  });
});

describe('a change of mind', () => {
  it('is possible until something has begun to change', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0');
    choose(flight, 'staging', { by: 'rm', reason: 'not yet' });
    expect(states(flight, 'backup', 'deploy', 'env')).toEqual(['not-chosen', 'not-chosen', 'active']);
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
    expect(flight.begun()).not.toContain('deploy:0.0');
  });

  it('is refused from the first change on', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0');
    flight.begin('deploy:0.0');
    const rejection = refusedChoice(flight, 'staging', { by: 'rm', reason: 'not yet' });
    expect(rejection).toMatchObject({ code: 'not-now', message: expect.stringContaining('deploy') });
    expect(flight.step('deploy')).toBe('active');
  });

  it('and back asks everything again', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0');
    choose(flight, 'staging', { by: 'rm', reason: 'not yet' });
    choose(flight, 'production');
    expect(flight.wanted()).toEqual(['backup:0.1']);
  });

  it('and back forgets why a tick did not count', () => {
    const plan = forkedPlan();
    const asked = task('smoke', 'release', {
      phase: 'staging',
      needs: ['reset'],
      proof: 'url',
      asked: { status: 200 },
    });
    const flight = pastGate(new Flight({ ...plan, steps: { ...plan.steps, smoke: asked, reset: check('reset') } }));
    choose(flight, 'staging', { by: 'rm', reason: 'not yet' });
    flight.fly();
    flight.do({ type: 'complete-task', step: 'smoke', proof: 'https://wiki.example/smoke' });
    flight.run('smoke:1.0', { ...no, retryable: false });
    expect(flight.launch.unticked['smoke']).toMatchObject({ kind: 'refused' });
    choose(flight, 'production');
    choose(flight, 'staging', { by: 'rm', reason: 'not yet' });
    flight.fly();
    expect([flight.step('smoke'), flight.launch.unticked]).toEqual(['active', {}]);
  });

  it('ends a hold of the scenario that is left', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0', no);
    expect(flight.launch.mode.is).toBe('held');
    choose(flight, 'staging', { by: 'rm', reason: 'no backup' });
    expect([flight.launch.mode.is, flight.step('env')]).toEqual(['running', 'active']);
  });

  it('follows by itself from new facts of the gate: the choice falls, and the table is read again', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.do({ type: 'retry', step: 'staged' });
    flight.run('staged:0.1', no);
    expect([proposed(flight), flight.launch.scenario?.choice]).toEqual(['staging', null]);
    expect(states(flight, 'backup', 'env')).toEqual(['waiting', 'waiting']);
    expect(flight.wanted()).toEqual([]);
  });

  it('does not follow once something has begun to change', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0');
    flight.begin('deploy:0.0');
    expect(flight.refusal({ type: 'retry', step: 'staged' })).toMatchObject({ code: 'not-now' });
  });
});

describe('a way back', () => {
  it('is the same in a scenario as anywhere', () => {
    const flight = pastGate(forked());
    choose(flight, 'production');
    flight.run('backup:0.0');
    flight.run('deploy:0.0');
    flight.do({ type: 'rollback', reason: 'it fails' });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'rolled-back', items: [{ step: 'deploy' }] });
  });

  it('is there while nobody has chosen', () => {
    const flight = pastGate(forked());
    flight.do({ type: 'abort', reason: 'new code' });
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
    expect(refusedChoice(flight, 'production')).toMatchObject({ code: 'not-now' });
  });
});

describe('a freeze', () => {
  const frozen = (): Flight => {
    const flight = pastGate(forked());
    choose(flight, 'freeze', { reason: 'the holidays are near' });
    return flight;
  };

  it('keeps its reason and its end', () => {
    expect(frozen().launch.scenario?.choice).toMatchObject({
      scenario: 'freeze',
      reason: 'the holidays are near',
      until: START + FREEZE,
      override: true,
    });
  });

  it('lasts, then proves that nothing has changed, and is complete', () => {
    const flight = frozen();
    expect(flight.wanted()).toEqual([]);
    flight.pass(FREEZE - 1);
    expect(flight.wanted()).toEqual([]);
    flight.pass(1);
    expect(flight.wanted()).toEqual(['unchanged:0.0']);
    flight.run('unchanged:0.0');
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  it('does not end with a change in it: it says what', () => {
    const flight = frozen();
    flight.pass(FREEZE);
    flight.run('unchanged:0.0', { ...no, reason: '3 files differ from v2.2.0' });
    expect(flight.launch.mode).toMatchObject({
      is: 'held',
      causes: [{ kind: 'step-failed', step: 'unchanged', reason: '3 files differ from v2.2.0' }],
    });
  });

  it('is left for another scenario only once it is proved that nothing has changed', () => {
    const flight = frozen();
    flight.pass(1_000);
    choose(flight, 'production');
    expect(flight.wanted()).toEqual(['unchanged:0.0']);
    expect(states(flight, 'freeze-lasts', 'backup')).toEqual(['not-chosen', 'waiting']);
    flight.run('unchanged:0.0');
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  it('is not left where something has changed', () => {
    const flight = frozen();
    choose(flight, 'production');
    flight.run('unchanged:0.0', no);
    expect([flight.launch.mode.is, flight.wanted()]).toEqual(['held', []]);
    choose(flight, 'staging', { by: 'rm', reason: 'staging then' });
    expect(flight.wanted()).toEqual(['unchanged:0.1']);
  });

  it('is not chosen where its end is behind us', () => {
    const plan = forkedPlan();
    const offer = plan.scenarios?.offer ?? {};
    const { freeze } = offer;
    if (plan.scenarios === undefined || freeze?.frozen === undefined) throw new Error('no freeze');
    const past = { ...freeze, frozen: { ...freeze.frozen, until: { kind: 't-offset' as const, ms: -1 } } };
    const flight = pastGate(
      new Flight({ ...plan, scenarios: { ...plan.scenarios, offer: { ...offer, freeze: past } } }),
    );
    expect(refusedChoice(flight, 'freeze', { reason: 'late' })).toMatchObject({ code: 'not-now' });
  });
});
