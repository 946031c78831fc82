import { describe, expect, test } from 'vitest';
import { basisOf } from '../program/progress.ts';
import { missingVotes, standingVotes } from '../signoff/votes.ts';
import { Flight, person } from '../testing/flight.ts';
import { failed } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, run, signoff, task } from '../testing/steps.ts';

const QUORUM = { tech: 1, support: 2 };

/** A check, a sign-off, and an executive step behind it; flown until votes are taken. */
function atTheSignoff(quorum: Readonly<Record<string, number>> = QUORUM): Flight {
  return new Flight(planOf(inOrder(check('tests'), signoff('go', quorum), run('migrate')))).fly();
}

describe('quorum', () => {
  const quorums: [name: string, voters: string[], missing: Record<string, number>][] = [
    ['nobody', [], { tech: 1, support: 2 }],
    ['one of each', ['tl', 'sl'], { support: 1 }],
    ['only one role', ['sl', 'sl2'], { tech: 1 }],
    ['the same person twice counts once', ['tl', 'sl', 'sl'], { support: 1 }],
    ['everybody', ['tl', 'sl', 'sl2'], {}],
    ['more than needed', ['both', 'sl', 'sl2'], {}],
  ];
  test.each(quorums)('%s', (_name, voters, missing) => {
    const flight = atTheSignoff();
    for (const voter of voters) flight.vote('go', voter);
    const open = Object.keys(missing).length > 0;
    expect(missingVotes(flight.launch, 'go')).toEqual(missing);
    expect(flight.step('go')).toBe(open ? 'active' : 'passed');
    expect(flight.wanted()).toEqual(open ? [] : ['migrate:0.0']);
  });

  test('who holds two of the roles speaks for both', () => {
    const flight = atTheSignoff({ tech: 1, release: 1 });
    flight.vote('go', 'both');
    expect(flight.launch.votes['go']).toMatchObject([{ person: 'both', roles: ['tech', 'release'] }]);
    expect(flight.step('go')).toBe('passed');
  });

  test('says who gave it', () => {
    const flight = atTheSignoff({ tech: 1 });
    flight.vote('go', 'tl');
    expect(flight.launch.steps['go']).toMatchObject({ is: 'passed', summary: 'GO by tl' });
  });
});

describe('a vote is refused', () => {
  const refused: [name: string, voter: string, step: string, basis: number, code: string][] = [
    ['from somebody without the role', 'rm', 'go', 0, 'not-allowed'],
    ['from a stranger', 'nobody', 'go', 0, 'not-allowed'],
    ['on facts that changed', 'tl', 'go', -1, 'conflict'],
    ['on facts to come', 'tl', 'go', 1, 'conflict'],
    ['on a step that is no sign-off', 'tl', 'tests', 0, 'not-found'],
    ['on a step that is not there', 'tl', 'constructor', 0, 'not-found'],
  ];
  test.each(refused)('%s', (_name, voter, step, offset, code) => {
    const flight = atTheSignoff();
    const basis = basisOf(flight.launch, 'go').seq + offset;
    const rejection = flight.refusal({ type: 'vote', step, vote: 'go', reason: '', basis }, person(voter));
    expect(rejection.code).toBe(code);
  });

  test('from Slipway itself', () => {
    const flight = atTheSignoff();
    const basis = basisOf(flight.launch, 'go').seq;
    const slipway = { kind: 'slipway' } as const;
    expect(flight.refusal({ type: 'vote', step: 'go', vote: 'go', reason: '', basis }, slipway).code).toBe(
      'not-allowed',
    );
  });

  test('before the sign-off is open and after it is decided', () => {
    const flight = new Flight(planOf(inOrder(check('tests'), signoff('go', { tech: 1 }))));
    const vote = { type: 'vote', step: 'go', vote: 'go', reason: '', basis: 1 } as const;
    expect(flight.refusal(vote, person('tl'))).toEqual({ code: 'not-now', message: 'go is not open yet' });
    flight.run('tests:0.0');
    flight.vote('go', 'tl');
    expect(flight.launch.mode.is).toBe('ended');
    expect(flight.refusal(vote, person('tl')).code).toBe('not-now');
  });
});

describe('the basis', () => {
  test('of a sign-off with nothing in front of it is the start of the launch', () => {
    const flight = new Flight(planOf([signoff('go', { tech: 1 })]));
    expect(basisOf(flight.launch, 'go')).toEqual({ seq: 1, hash: 'hash-1' });
  });

  test('is the newest fact in front, however far, and not what runs beside it', () => {
    const steps = [...inOrder(check('tests'), task('docs', 'support'), signoff('go', { tech: 1 })), check('aside')];
    const flight = new Flight(planOf(steps)).fly();
    flight.do({ type: 'complete-task', step: 'docs', proof: 'done' }, person('sl'));
    const passed = flight.log.findLast(({ event }) => event.type === 'step-passed' && event.step === 'docs');
    expect(basisOf(flight.launch, 'go').seq).toBe(passed?.seq);
  });

  test('a skip with its reason is a fact too', () => {
    const flight = new Flight(planOf(inOrder(check('tests'), signoff('go', { tech: 1 }))));
    flight.do({ type: 'skip', step: 'tests', reason: 'known to be flaky' });
    expect(flight.log.find(({ seq }) => seq === basisOf(flight.launch, 'go').seq)?.event.type).toBe('step-skipped');
  });
});

describe('a check that is looked at again', () => {
  test('takes every vote behind it with it', () => {
    const flight = atTheSignoff();
    flight.vote('go', 'tl');
    const before = basisOf(flight.launch, 'go');
    const events = flight.do({ type: 'retry', step: 'tests' });
    expect(events.map((event) => event.type)).toEqual(['step-retried', 'votes-revoked']);
    expect(standingVotes(flight.launch, 'go')).toEqual([]);
    flight.run('tests:0.1');
    expect(basisOf(flight.launch, 'go').seq).toBeGreaterThan(before.seq);
    const stale = { type: 'vote', step: 'go', vote: 'go', reason: '', basis: before.seq } as const;
    expect(flight.refusal(stale, person('tl')).code).toBe('conflict');
  });

  test('reopens sign-offs that had passed, all the way behind it', () => {
    const steps = inOrder(
      check('tests'),
      signoff('first', { tech: 1 }),
      signoff('second', { support: 1 }),
      run('migrate'),
    );
    const flight = new Flight(planOf(steps)).fly();
    flight.vote('first', 'tl');
    flight.do({ type: 'retry', step: 'tests' });
    expect([flight.step('first'), flight.step('second')]).toEqual(['active', 'active']);
    const early = { type: 'vote', step: 'first', vote: 'go', reason: '', basis: 1 } as const;
    expect(flight.refusal(early, person('tl')).message).toContain('is running again');
    flight.run('tests:0.1');
    flight.vote('first', 'tl');
    flight.vote('second', 'sl');
    expect(flight.wanted()).toEqual(['migrate:0.0']);
  });

  test('and fails closes the gate', () => {
    const flight = atTheSignoff({ tech: 1 });
    flight.do({ type: 'retry', step: 'tests' });
    flight.run('tests:0.1', failed());
    expect(flight.launch.mode.is).toBe('held');
    expect(flight.wanted()).toEqual([]);
    flight.do({ type: 'retry', step: 'tests' });
    flight.run('tests:0.2');
    flight.vote('go', 'tl');
    expect(flight.wanted()).toEqual(['migrate:0.0']);
  });

  test('is refused once something behind it has begun to change the world', () => {
    const flight = atTheSignoff({ tech: 1 });
    flight.vote('go', 'tl');
    expect(flight.refusal({ type: 'retry', step: 'tests' }).message).toContain('migrate stands on this check');
  });

  test('is allowed while what is behind it was only skipped', () => {
    const flight = atTheSignoff({ tech: 1 });
    flight.do({ type: 'skip', step: 'migrate', reason: 'not today' });
    flight.do({ type: 'retry', step: 'tests' });
    expect(flight.step('tests')).toBe('active');
  });
});

describe('a NO-GO', () => {
  test('before production was touched is a scrub', () => {
    const flight = atTheSignoff();
    flight.vote('go', 'sl');
    flight.vote('go', 'tl', 'no-go');
    expect(flight.launch.mode).toMatchObject({
      is: 'ended',
      as: 'scrubbed',
      cause: { kind: 'no-go', reason: 'NO-GO by tl: I looked' },
    });
  });

  test.each([
    ['staging', 'scrubbed'],
    ['production', 'rolled-back'],
    [null, 'rolled-back'],
  ])('after a change of %s ends as %s', (environment, ending) => {
    const flight = new Flight(planOf(inOrder(run('migrate', { environment }), signoff('go', { tech: 1 })))).fly();
    flight.vote('go', 'tl', 'no-go');
    expect(flight.launch.mode).toMatchObject({ is: 'undoing', ending });
    flight.fly();
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: ending });
  });

  test('of somebody who changed his mind counts', () => {
    const flight = atTheSignoff();
    flight.vote('go', 'sl');
    flight.vote('go', 'sl', 'no-go');
    expect(flight.launch.mode).toMatchObject({ is: 'ended', as: 'scrubbed' });
  });
});
