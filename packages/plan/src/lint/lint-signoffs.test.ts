import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf, problemsIn } from '../testing/problems.ts';
import { canFill } from './can-fill.ts';

const plan = (step: string, head = ''): string => `launch: shop
artifact: { name: shop, version: 1.0.0 }
people: { rm: [ann, bob], qa: [cy], tech: [ann, cy] }
${head}phases:
  - phase: main
    steps:
      - signoff: Go
        ${step}
`;

const IMPOSSIBLE = 'these GOs can never all be given: one person counts for one role, and too few people hold these';

const wrong: [name: string, step: string, head: string, problem: string][] = [
  ['a role that is not there has no vote', 'by: { rm: 1 }\n        not: [rmm]', '', 'there is no role "rmm"'],
  ['the roles share too few people', 'by: { rm: 2, qa: 1, tech: 1 }', '', IMPOSSIBLE],
  ['those who are left are too few', 'by: { rm: 2 }\n        not: [tech]', '', '"not" shuts out too many'],
  ['a delegate of nobody', 'by: { rm: 1 }', 'delegates: { pm: [dan] }\n', 'there is no role "pm"'],
  ['a delegate who holds the role', 'by: { rm: 1 }', 'delegates: { rm: [bob] }\n', 'bob holds the role "rm"'],
  ['a delegate listed twice', 'by: { rm: 1 }', 'delegates: { rm: [dan, dan] }\n', '"dan" is listed twice'],
  ['a GO that is always too old', 'by: { rm: 1 }\n        expires: 10ms', '', 'at least 1s'],
  [
    'nobody could be reminded',
    'by: { rm: 1, qa: 1 }\n        remind: 30m',
    'channels: { team: { console: {} } }\nreach: { rm: [team] }\n',
    '"remind" reaches nobody of the role "qa"',
  ],
  [
    'nobody can be reached at all',
    'by: { rm: 1 }\n        remind: 30m',
    '',
    '"remind" reaches nobody of the role "rm"',
  ],
  [
    'a role that nobody has is reached',
    'by: { rm: 1 }',
    'channels: { team: { console: {} } }\nreach: { pm: [team] }\n',
    'there is no role "pm"',
  ],
  ['a channel that is not there reaches', 'by: { rm: 1 }', 'reach: { rm: [team] }\n', 'there is no channel "team"'],
  ['nobody is shut out', 'by: { rm: 1 }\n        not: []', '', '"not"'],
];

describe('a sign-off is refused where', () => {
  test.each(wrong)('%s', (_name, step, head, problem) => {
    const problems = problemsIn(plan(step, head));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('"author" means two things', () => {
    const text = plan('by: { rm: 1 }\n        not: [author]').replace('tech:', 'author:');
    expect(problemsIn(text)).toEqual([
      '9:15: "author" is who started the launch, and here a role as well, expected a role of another name',
    ]);
  });
});

const right: [name: string, step: string, head: string, signoff: object][] = [
  ['one role', 'by: { rm: 1 }', '', { quorum: { rm: 1 } }],
  ['two roles: distinct people', 'by: { rm: 1, qa: 1 }', '', { quorum: { rm: 1, qa: 1 }, distinct: true }],
  [
    'two roles, one person',
    'by: { rm: 2, qa: 1, tech: 1 }\n        distinct: false',
    '',
    { quorum: { rm: 2, qa: 1, tech: 1 } },
  ],
  ['enough with a delegate', 'by: { rm: 2, qa: 1, tech: 1 }', 'delegates: { qa: [dan] }\n', { distinct: true }],
  [
    'four eyes for four hours',
    'by: { rm: 1 }\n        not: [author, qa]\n        expires: 4h',
    '',
    { not: ['author', 'qa'], expires: 14_400_000 },
  ],
];

test.each(right)('a sign-off: %s', (_name, step, head, signoff) => {
  const { steps } = planOf(plan(step, head));
  expect(steps['go']).toMatchObject(signoff);
  expect('distinct' in (steps['go'] ?? {})).toBe('distinct' in signoff);
});

test('delegates are in the plan only where there are any', () => {
  expect(planOf(plan('by: { rm: 1 }'))).not.toHaveProperty('delegates');
  expect(planOf(plan('by: { rm: 1 }', 'delegates: { rm: [dan] }\n')).delegates).toEqual({ rm: ['dan'] });
});

const people = fc.subarray(['a', 'b', 'c', 'd', 'e']);
const role = fc.tuple(people, fc.integer({ min: 0, max: 3 }));

/** By trying everything. */
function fills(seats: readonly (readonly string[])[], taken: readonly string[] = []): boolean {
  const [first, ...rest] = seats;
  if (first === undefined) return true;
  return first.some((person) => !taken.includes(person) && fills(rest, [...taken, person]));
}

test('seats are filled exactly where trying everything fills them', () => {
  fc.assert(
    fc.property(fc.array(role, { maxLength: 3 }), (roles) => {
      const quorum = Object.fromEntries(roles.map(([, count], index) => [`r${index}`, count]));
      const voters = Object.fromEntries(roles.map(([able], index) => [`r${index}`, able]));
      const seats = roles.flatMap(([able, count]) => Array.from({ length: count }, () => able));
      return canFill(quorum, voters) === fills(seats);
    }),
    { numRuns: 300 },
  );
});
