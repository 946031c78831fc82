import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Vote } from '../model/state.ts';
import { basisOf } from '../program/progress.ts';
import { Flight, person } from '../testing/flight.ts';
import { done } from '../testing/outcomes.ts';
import { inOrder, planOf } from '../testing/plans.ts';
import { check, run, signoff } from '../testing/steps.ts';
import { awaited } from './awaited.ts';
import { emptySeats } from './seats.ts';
import { judgedVotes, missingVotes } from './votes.ts';

type Signoff = Parameters<typeof signoff>[2];

const HOUR = 3_600_000;

/** People of `planOf`: `both` holds release and tech; the launch is started by rm. */
function poll(
  quorum: Readonly<Record<string, number>>,
  own: Signoff = {},
  delegates?: Readonly<Record<string, string[]>>,
): Flight {
  const steps = inOrder(check('tests'), signoff('go', quorum, own), run('migrate'));
  return new Flight(planOf(steps, delegates === undefined ? {} : { delegates })).fly();
}

const go = (flight: Flight, voter: string, conditions?: readonly string[]) =>
  flight.do(
    {
      type: 'vote',
      step: 'go',
      vote: 'go',
      reason: '',
      basis: basisOf(flight.launch, 'go').seq,
      ...(conditions === undefined ? {} : { conditions }),
    },
    person(voter),
  );

const refusedGo = (flight: Flight, voter: string, own: object = {}) =>
  flight.refusal(
    { type: 'vote', step: 'go', vote: 'go', reason: '', basis: basisOf(flight.launch, 'go').seq, ...own },
    person(voter),
  );

const met = (condition: number, proof = 'https://x.example') =>
  ({ type: 'meet-condition', step: 'go', condition, proof }) as const;

describe('distinct people', () => {
  const polls: [name: string, quorum: Record<string, number>, voters: string[], missing: Record<string, number>][] = [
    ['one person for one role', { tech: 1, release: 1 }, ['both'], { release: 1 }],
    ['who came first makes room', { tech: 1, release: 1 }, ['both', 'tl'], {}],
    ['in whatever order', { release: 1, tech: 1 }, ['both', 'rm'], {}],
    ['a role of two', { tech: 2, release: 1 }, ['both', 'tl'], { release: 1 }],
    ['all of them', { tech: 2, release: 1 }, ['both', 'tl', 'rm'], {}],
  ];
  test.each(polls)('%s', (_name, quorum, voters, missing) => {
    const flight = poll(quorum, { distinct: true });
    for (const voter of voters) go(flight, voter);
    expect(missingVotes(flight.launch, 'go')).toEqual(missing);
    expect(flight.step('go')).toBe(Object.keys(missing).length === 0 ? 'passed' : 'active');
  });

  test('the seats left empty are as few as can be, whatever the order', () => {
    const roles = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    const quorum = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) });
    const most = (seats: readonly string[], voters: readonly (readonly string[])[]): number => {
      const [first, ...rest] = voters;
      if (first === undefined) return 0;
      const taken = seats.flatMap((seat, index) =>
        first.includes(seat) ? [1 + most(seats.toSpliced(index, 1), rest)] : [],
      );
      return Math.max(most(seats, rest), ...taken);
    };
    fc.assert(
      fc.property(quorum, fc.array(roles, { maxLength: 4 }), (wanted, voters) => {
        const seats = Object.entries(wanted).flatMap(([role, count]) => Array.from({ length: count }, () => role));
        const empty = emptySeats(
          wanted,
          voters.map((each, index) => ({ person: String(index), roles: each })),
        );
        const left = Object.values(empty).reduce((sum, count) => sum + count, 0);
        return left === seats.length - most(seats, voters);
      }),
      { numRuns: 200 },
    );
  });
});

describe('four eyes', () => {
  const shut: [name: string, not: string[], voter: string, message: RegExp][] = [
    ['who started the launch', ['author'], 'rm', /rm started this launch, and go takes no vote of theirs/],
    ['who holds a role besides', ['tech'], 'both', /both holds the role tech, which has no vote on go/],
    ['both of them: the author', ['tech', 'author'], 'rm', /rm started this launch/],
  ];
  test.each(shut)('%s has no vote, no GO and no NO-GO', (_name, not, voter, message) => {
    const flight = poll({ release: 1 }, { not });
    expect(refusedGo(flight, voter)).toMatchObject({ code: 'not-allowed', message: expect.stringMatching(message) });
    expect(refusedGo(flight, voter, { vote: 'no-go' }).code).toBe('not-allowed');
  });

  test('and cannot waive the sign-off either', () => {
    const flight = poll({ release: 1 }, { not: ['author'] });
    const skip = { type: 'skip', step: 'go', reason: 'I know' } as const;
    expect(flight.refusal(skip, person('rm')).code).toBe('not-allowed');
    flight.do(skip, person('both'));
    expect(flight.step('go')).toBe('skipped');
  });

  test('the others decide', () => {
    const flight = poll({ release: 1 }, { not: ['author'] });
    expect(awaited(flight.launch, 'go').roles).toEqual([
      { role: 'release', missing: 1, people: ['both'], delegates: [] },
    ]);
    go(flight, 'both');
    expect(flight.step('go')).toBe('passed');
  });
});

describe('a GO with conditions', () => {
  test('counts at once and takes the step on when all are met', () => {
    const flight = poll({ tech: 1 });
    go(flight, 'tl', ['  the backup is proved ', 'dan is on call']);
    expect(missingVotes(flight.launch, 'go')).toEqual({});
    expect(flight.step('go')).toBe('active');
    expect(awaited(flight.launch, 'go').conditions).toMatchObject([
      { number: 1, text: 'the backup is proved', person: 'tl', met: null },
      { number: 2, text: 'dan is on call' },
    ]);
    flight.do(met(2), person('both'));
    expect(flight.step('go')).toBe('active');
    flight.do(met(1, 'restored in 4 min'), person('tl'));
    expect(flight.step('go')).toBe('passed');
    expect(flight.launch.conditions['go']?.[0]?.met).toEqual({
      by: person('tl'),
      at: flight.now,
      proof: 'restored in 4 min',
    });
  });

  test('is every GO that counts, the one more than needed too', () => {
    const flight = poll({ tech: 1 });
    go(flight, 'tl', ['first']);
    go(flight, 'both', ['second']);
    flight.do(met(1), person('tl'));
    expect(flight.step('go')).toBe('active');
    flight.do(met(2), person('tl'));
    expect(flight.step('go')).toBe('passed');
  });

  test('is taken back by another vote, and its numbers are not used again', () => {
    const flight = poll({ tech: 1, release: 1 });
    go(flight, 'tl', ['old']);
    go(flight, 'tl', ['new']);
    expect(awaited(flight.launch, 'go').conditions.map(({ number, text }) => [number, text])).toEqual([[2, 'new']]);
    expect(flight.refusal(met(1), person('tl')).message).toMatch(/no longer counts/);
  });

  test('falls with its facts', () => {
    const flight = poll({ tech: 1 });
    go(flight, 'tl', ['first']);
    flight.do({ type: 'retry', step: 'tests' });
    expect(awaited(flight.launch, 'go').conditions).toEqual([]);
    flight.run('tests:0.1');
    expect(flight.refusal(met(1), person('tl')).code).toBe('not-now');
    go(flight, 'tl');
    expect(flight.step('go')).toBe('passed');
  });

  const many = Array.from({ length: 21 }, (_, index) => `condition ${index}`);
  const wrong: [name: string, own: object, message: RegExp][] = [
    ['more than anybody keeps in mind', { conditions: many }, /at most 20/],
    ['an empty one', { conditions: ['a', ' '] }, /must not be empty/],
    ['a novel', { conditions: ['x'.repeat(501)] }, /longer than 500/],
    ['a NO-GO with conditions', { vote: 'no-go', conditions: ['a'] }, /a NO-GO has a reason/],
  ];
  test.each(wrong)('is refused: %s', (_name, own, message) => {
    expect(refusedGo(poll({ tech: 1 }), 'tl', own)).toMatchObject({
      code: 'wrong-input',
      message: expect.stringMatching(message),
    });
  });

  const unmet: [name: string, command: object, by: string, code: string][] = [
    ['of another role', met(1), 'sl', 'not-allowed'],
    ['that is not there', met(2), 'tl', 'not-found'],
    ['without proof', met(1, ' '), 'tl', 'wrong-input'],
    ['of a step that is no sign-off', { ...met(1), step: 'tests' }, 'tl', 'not-found'],
  ];
  test.each(unmet)('is not said to be met: %s', (_name, command, by, code) => {
    const flight = poll({ tech: 1, support: 1 });
    go(flight, 'tl', ['first']);
    expect(flight.refusal(command as ReturnType<typeof met>, person(by)).code).toBe(code);
  });
});

describe('a delegate', () => {
  const DELEGATES = { tech: ['deputy'], support: ['sl2', 'deputy'] };

  test('counts while nobody who holds the role has voted, and the record says for whom', () => {
    const flight = poll({ tech: 1 }, {}, DELEGATES);
    const [cast] = go(flight, 'deputy');
    expect(cast).toMatchObject({ type: 'vote-cast', roles: ['tech'], delegated: ['tech'] });
    expect(flight.step('go')).toBe('passed');
  });

  test('no longer counts once a holder has voted', () => {
    const flight = poll({ tech: 2 }, {}, DELEGATES);
    go(flight, 'deputy');
    expect(missingVotes(flight.launch, 'go')).toEqual({ tech: 1 });
    expect(awaited(flight.launch, 'go').roles[0]).toMatchObject({ people: ['tl', 'both'], delegates: [] });
    go(flight, 'tl');
    expect(missingVotes(flight.launch, 'go')).toEqual({ tech: 1 });
    expect(awaited(flight.launch, 'go').fallen).toEqual([{ person: 'deputy', vote: 'go', why: 'holder' }]);
    expect(refusedGo(flight, 'deputy')).toMatchObject({ code: 'not-now', message: expect.stringContaining('tech') });
  });

  test('counts for the other role as before', () => {
    const flight = poll({ tech: 2, support: 1 }, {}, DELEGATES);
    go(flight, 'deputy');
    go(flight, 'tl');
    expect(judgedVotes(flight.launch, 'go').map(({ roles }) => roles)).toEqual([['support'], ['tech']]);
  });

  test('is shut out as anybody else', () => {
    const flight = poll({ tech: 1 }, { not: ['author'] }, { tech: ['rm'] });
    expect(refusedGo(flight, 'rm').message).toContain('started this launch');
  });
});

describe('a GO that may grow old', () => {
  const aged = () => poll({ tech: 1, release: 1 }, { expires: HOUR });

  test('falls when it is too old, and somebody wakes up for it', () => {
    const flight = aged();
    go(flight, 'tl');
    expect(flight.pending().wakeAt).toBe(flight.now + HOUR);
    flight.pass(HOUR - 1);
    expect(missingVotes(flight.launch, 'go')).toEqual({ release: 1 });
    const events = flight.pass(1);
    expect(events).toEqual([{ type: 'votes-expired', step: 'go', people: ['tl'] }]);
    expect(missingVotes(flight.launch, 'go')).toEqual({ tech: 1, release: 1 });
    expect(awaited(flight.launch, 'go').fallen).toEqual([{ person: 'tl', vote: 'go', why: 'expired' }]);
    expect(flight.pending().wakeAt).toBeNull();
  });

  test('does not count even where nobody woke up', () => {
    const flight = aged();
    go(flight, 'tl');
    flight.now += HOUR;
    go(flight, 'rm');
    expect(flight.step('go')).toBe('active');
    expect(missingVotes(flight.launch, 'go', flight.now)).toEqual({ tech: 1 });
  });

  test('given again counts again', () => {
    const flight = aged();
    go(flight, 'tl');
    flight.pass(HOUR);
    go(flight, 'tl');
    go(flight, 'rm');
    expect(flight.step('go')).toBe('passed');
  });

  test('opens a sign-off that has passed while nothing behind it has begun', () => {
    const steps = inOrder(signoff('go', { tech: 1 }, { expires: HOUR }), check('late'), run('migrate'));
    const flight = new Flight(planOf(steps));
    go(flight, 'tl');
    expect(flight.step('go')).toBe('passed');
    flight.pass(HOUR);
    expect(flight.step('go')).toBe('active');
    flight.run('late:0.0');
    expect(flight.step('migrate')).toBe('waiting');
    go(flight, 'tl');
    expect(flight.wanted()).toEqual(['migrate:0.0']);
  });

  test('lets nothing begin where something else wakes the launch first', () => {
    const steps = inOrder(signoff('go', { tech: 1 }, { expires: HOUR }), check('late'), run('migrate'));
    const flight = new Flight(planOf(steps));
    go(flight, 'tl');
    flight.begin('late:0.0');
    flight.now += HOUR;
    flight.settle('late:0.0', done());
    expect([flight.step('go'), flight.step('migrate')]).toEqual(['active', 'waiting']);
  });

  test('takes the votes with it that stood on the sign-off', () => {
    const steps = [
      signoff('go', { tech: 1 }, { expires: HOUR }),
      signoff('board', { release: 1 }, { needs: ['go'] }),
      check('late', { needs: ['board'] }),
      run('migrate', { needs: ['late'] }),
    ];
    const flight = new Flight(planOf(steps));
    go(flight, 'tl');
    flight.vote('board', 'rm');
    flight.pass(HOUR);
    go(flight, 'tl');
    flight.run('late:0.0');
    expect([flight.step('board'), flight.step('migrate')]).toEqual(['active', 'waiting']);
  });

  test('changes nothing of what has begun', () => {
    const flight = new Flight(planOf(inOrder(signoff('go', { tech: 1 }, { expires: HOUR }), run('migrate'))));
    go(flight, 'tl');
    expect(flight.pending().wakeAt).toBeNull();
    flight.pass(2 * HOUR);
    expect([flight.step('go'), flight.step('migrate')]).toEqual(['passed', 'active']);
  });

  test('gets no second life from a clock that is set back', () => {
    const flight = aged();
    flight.now += 2 * HOUR;
    go(flight, 'tl');
    flight.now -= HOUR;
    expect(missingVotes(flight.launch, 'go', flight.now)).toEqual({ tech: 1, release: 1 });
  });
});

test('a vote of a log from before there were any of these counts as it did', () => {
  const flight = poll({ tech: 1, release: 1 });
  go(flight, 'both');
  expect(flight.step('go')).toBe('passed');
  const [vote] = flight.launch.votes['go'] ?? [];
  expect(Object.keys(vote ?? {}).toSorted()).toEqual([
    'at',
    'basis',
    'person',
    'reason',
    'roles',
    'vote',
  ] satisfies (keyof Vote)[]);
});
