import type { Policy } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from '../evolve.ts';
import { ABSENT, type Launch, type State } from '../model/state.ts';
import { Flight, person, START } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, run, signoff, task } from '../testing/steps.ts';

const HOUR = 3_600_000;
type Waivers = Partial<Policy['waivers']>;

const PLAN = planOf(inOrder(check('tests'), task('docs', 'support'), signoff('go', { tech: 1 }), run('migrate')));

const POLICY: Policy = {
  people: {},
  signoffs: {},
  waivers: { secondPerson: null, longest: null, never: [] },
  forbidCommands: [],
};
const FLOOR = { quorum: { tech: 1 }, not: [], distinct: true, expires: null };

/** Held, since its check failed. */
function held(waivers: Waivers = {}): Flight {
  const rules: Policy = { ...POLICY, waivers: { ...POLICY.waivers, ...waivers } };
  const flight = new Flight(PLAN, undefined, { digest: 'rules', rules });
  flight.run('tests:0.0', failed());
  return flight;
}

const skip = (step: string, until?: number) =>
  ({ type: 'skip', step, reason: 'known', ...(until === undefined ? {} : { until }) }) as const;
const approve = (step: string) => ({ type: 'approve-waiver', step }) as const;

describe('a waiver that takes a second person', () => {
  const TECH = { secondPerson: 'tech' };

  test('is proposed by one and approved by another', () => {
    const flight = held(TECH);
    expect(flight.do(skip('tests'), person('rm'))).toEqual([
      { type: 'waiver-proposed', step: 'tests', reason: 'known' },
    ]);
    expect(flight.step('tests')).toBe('failed');
    expect(flight.launch.proposals['tests']).toMatchObject({ reason: 'known', by: person('rm') });
    const [approved] = flight.do(approve('tests'), person('tl'));
    expect(approved).toEqual({ type: 'step-skipped', step: 'tests', reason: 'known', proposedBy: 'rm' });
    expect(flight.launch.proposals).toEqual({});
    expect([flight.step('tests'), flight.launch.mode.is]).toEqual(['skipped', 'running']);
  });

  const refused: [name: string, proposer: string, by: string, code: string, message: RegExp][] = [
    ['by the one who proposed it', 'tl', 'tl', 'not-allowed', /a second person/],
    ['by somebody without the role', 'rm', 'sl', 'not-allowed', /sl does not speak for tech/],
  ];
  test.each(refused)('is not approved %s', (_name, proposer, by, code, message) => {
    const flight = held(TECH);
    flight.do(skip('tests'), person(proposer));
    const rejection = flight.refusal(approve('tests'), person(by));
    expect(rejection).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('of a sign-off is not approved by somebody whom the sign-off shuts out', () => {
    const rules = { ...POLICY, waivers: { ...POLICY.waivers, secondPerson: 'release' } };
    const flight = new Flight(planOf([signoff('go', { tech: 1 }, { not: ['author'] }), run('migrate')]), undefined, {
      digest: 'rules',
      rules,
    });
    flight.do(skip('go'), person('tl'));
    expect(flight.refusal(approve('go'), person('rm')).message).toContain('rm started this launch');
    flight.do(approve('go'), person('both'));
    expect(flight.step('go')).toBe('skipped');
  });

  test.each(['rm', 'RM'])('whatever the case of a name, nobody is their own second person: %s', (proposer) => {
    const flight = held({ secondPerson: 'release' });
    flight.do(skip('tests'), person(proposer));
    expect(flight.refusal(approve('tests'), person('rm')).message).toContain('a second person');
  });

  test('is not approved where nobody proposed it, or what it is about is done', () => {
    const flight = held(TECH);
    expect(flight.refusal(approve('tests'), person('tl')).code).toBe('not-found');
    flight.do(skip('tests'), person('rm'));
    flight.do({ type: 'retry', step: 'tests' });
    flight.begin('tests:0.1');
    expect(flight.refusal(approve('tests'), person('tl')).message).toMatch(/is running/);
  });

  test('of a sign-off is proposed by somebody who could have given a GO', () => {
    const flight = held(TECH);
    flight.do(skip('tests'), person('rm'));
    flight.do(approve('tests'), person('tl'));
    flight.do(skip('docs'), person('rm'));
    expect(flight.step('docs')).toBe('skipped');
    expect(flight.refusal(skip('go'), person('rm')).code).toBe('not-allowed');
    flight.do(skip('go'), person('tl'));
    expect(flight.step('go')).toBe('active');
    flight.do(approve('go'), person('both'));
    expect([flight.step('go'), flight.wanted()]).toEqual(['skipped', ['migrate:0.0']]);
  });

  test('takes none where the launch started under no policy', () => {
    const flight = new Flight(PLAN);
    flight.run('tests:0.0', failed());
    flight.do(skip('tests'));
    expect(flight.step('tests')).toBe('skipped');
    expect(flight.refusal(approve('tests'), person('tl')).code).toBe('not-found');
  });
});

describe('by the policy', () => {
  test.each([
    ['by the name of its step', 'tests'],
    ['by what checks', 'fake'],
  ])('a check is never waived: %s', (_name, never) => {
    expect(held({ never: [never] }).refusal(skip('tests'))).toEqual({
      code: 'not-allowed',
      message: `by the policy nobody waives ${never}`,
    });
  });

  const flown = (signoffs: Policy['signoffs'], environment: string | null): Flight => {
    const steps = inOrder(signoff('go', { tech: 1 }), run('migrate', { environment }));
    return new Flight(planOf(steps), undefined, { digest: 'rules', rules: { ...POLICY, signoffs } });
  };
  const floors: [name: string, floors: Policy['signoffs'], environment: string | null][] = [
    ['in front of production', { production: FLOOR }, 'production'],
    ['in front of what may be anything', { production: FLOOR }, null],
    ['in front of staging', { staging: FLOOR }, 'staging'],
  ];
  test.each(floors)('nobody waives alone what a floor asks for: %s', (_name, signoffs, environment) => {
    const rejection = flown(signoffs, environment).refusal(skip('go'), person('tl'));
    expect(rejection).toMatchObject({ code: 'not-allowed', message: expect.stringMatching(/takes a sign-off/) });
  });

  test('a sign-off in front of a tier without a floor is waived as before', () => {
    const flight = flown({ production: FLOOR }, 'staging');
    flight.do(skip('go'), person('tl'));
    expect(flight.step('go')).toBe('skipped');
  });

  const ends: [name: string, until: number | undefined, message: RegExp][] = [
    ['no end', undefined, /60 min at most: say until when/],
    ['an end too far', START + HOUR + 1, /60 min at most/],
    ['an end that is over', START, /over before it began/],
  ];
  test.each(ends)('a waiver is refused: %s', (_name, until, message) => {
    const rejection = held({ longest: HOUR }).refusal(skip('tests', until));
    expect(rejection).toMatchObject({ code: 'wrong-input', message: expect.stringMatching(message) });
  });

  test('a proposal that is over is not approved', () => {
    const flight = held({ secondPerson: 'tech', longest: HOUR });
    flight.do(skip('tests', START + HOUR), person('rm'));
    flight.pass(HOUR);
    expect(flight.refusal(approve('tests'), person('tl')).message).toMatch(/propose it again/);
  });

  test('only a check has an end', () => {
    expect(held().refusal(skip('docs', START + HOUR)).message).toBe('only the waiver of a check has an end');
  });
});

describe('a waiver that ends', () => {
  const waived = (): Flight => {
    const flight = held();
    flight.do(skip('tests', START + HOUR));
    flight.do({ type: 'complete-task', step: 'docs', proof: 'read' }, person('sl'));
    return flight;
  };

  test('asks the check again, and the votes on it fall', () => {
    const flight = waived();
    expect(flight.pending().wakeAt).toBe(START + HOUR);
    flight.pass(HOUR - 1);
    expect(flight.step('tests')).toBe('skipped');
    expect(flight.pass(1)).toEqual([
      { type: 'waiver-ended', step: 'tests' },
      { type: 'votes-revoked', step: 'go', reason: 'the waiver of tests is over' },
    ]);
    expect([flight.step('tests'), flight.wanted(), flight.pending().wakeAt]).toEqual(['active', ['tests:0.1'], null]);
  });

  test('opens a sign-off that has passed while nothing behind it has begun', () => {
    const steps = inOrder(check('tests'), signoff('go', { tech: 1 }), check('late'), run('migrate'));
    const flight = new Flight(planOf(steps));
    flight.do(skip('tests', START + HOUR));
    flight.vote('go', 'tl');
    flight.pass(HOUR);
    flight.run('late:0.0');
    expect([flight.step('go'), flight.step('migrate')]).toEqual(['active', 'waiting']);
  });

  test('asks the check again even where what is behind it has begun: the launch does not end without it', () => {
    const flight = waived();
    flight.vote('go', 'tl');
    flight.begin('migrate:0.0');
    flight.pass(HOUR);
    expect([flight.step('tests'), flight.step('go')]).toEqual(['active', 'passed']);
    flight.settle('migrate:0.0', { result: 'done', evidence: { summary: '', items: [] }, data: { kind: 'none' } });
    expect(flight.launch.mode.is).toBe('running');
    flight.run('tests:0.1');
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'completed' });
  });

  test('waits until what is in front of the check is done', () => {
    const flight = new Flight(planOf(inOrder(task('docs', 'support'), check('tests'), run('migrate'))));
    flight.do(skip('tests', START + HOUR));
    flight.pass(HOUR);
    expect([flight.step('tests'), flight.pending().wakeAt]).toEqual(['skipped', null]);
  });

  test('that is over lets nothing begin, whatever wakes the launch', () => {
    const flight = new Flight(planOf(inOrder(task('docs', 'support'), check('tests'), run('migrate'))));
    flight.do(skip('tests', START + HOUR));
    flight.pass(HOUR);
    flight.do({ type: 'complete-task', step: 'docs', proof: 'read' }, person('sl'));
    expect([flight.step('tests'), flight.step('migrate')]).toEqual(['active', 'waiting']);
  });

  test('changes nothing of a launch on its way back', () => {
    const flight = waived();
    flight.do({ type: 'abort', reason: 'enough' });
    flight.pass(2 * HOUR);
    expect(flight.step('tests')).toBe('skipped');
  });
});

test('the policy is part of the log, and a log without one is read as before', () => {
  const started = (launch: State): Launch['policy'] | undefined => (launch.is === 'absent' ? undefined : launch.policy);
  expect(held().launch.policy).toMatchObject({ digest: 'rules' });
  const command = { type: 'start', launch: 'shop-1', plan: PLAN, planDigest: '', directory: '.' } as const;
  const decision = decide(ABSENT, command, { now: 0, actor: person('rm') });
  const [first] = decision.ok ? decision.drafts : [];
  expect(Object.keys(first?.event ?? {})).not.toContain('policy');
  if (first === undefined) throw new Error('nothing was started');
  expect(started(evolve(ABSENT, { ...first, seq: 1, at: 0, hash: '' }))).toBeNull();
});
