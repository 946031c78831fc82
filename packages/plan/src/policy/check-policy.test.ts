import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { PlanJson } from '../model/provider-use.ts';
import type { SignoffStep } from '../model/step.ts';
import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { testLanguage } from '../testing/catalogue.ts';
import { checkPolicy } from './check-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { NO_POLICY, type Policy, type SignoffFloor } from './policy.ts';
import { shortcomings } from './shortcomings.ts';

const TEXT = (signoff: string, steps: string): string => `launch: shop
artifact: { name: shop, version: 1.0.0 }
people: { tech: [ann, bob], qa: [cy], pm: [eve] }
delegates: { qa: [dan] }
environments:
  production: { tier: production, target: { process: { command: [a] } } }
  staging: { tier: staging, target: { process: { command: [a] } } }
phases:
  - phase: main
    steps:
${signoff === '' ? '' : `      - { signoff: go, ${signoff} }\n`}${steps}
`;
const DEPLOY = '      - deploy: production';

const policyOf = (text: string): Policy => {
  const parsed = parsePolicy(text, { file: 'slipway.policy.yaml' });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
};

const problemsOf = (text: string, policy: Policy): readonly string[] => {
  const parsed = parsePlan(text, { file: 'p', language: testLanguage, policy });
  return (parsed.ok ? parsed.warnings : parsed.problems).map(formatProblem);
};

const FLOOR = policyOf('signoffs: { production: { by: { tech: 1 }, not: [author], expires: 4h } }');
const KEPT = 'by: { tech: 1 }, not: [author], expires: 4h';

describe('a plan that changes production', () => {
  const lacking: [name: string, signoff: string, problem: string][] = [
    ['without a sign-off', '', 'this changes production, and no sign-off stands in front of it'],
    ['behind too few', 'by: { qa: 1 }, not: [author], expires: 4h', 'go lacks tech: 1'],
    ['behind the author', 'by: { tech: 1 }, expires: 4h', 'go lacks not: [author]'],
    [
      'behind one who is two',
      'by: { tech: 1, qa: 1 }, not: [author], expires: 4h, distinct: false',
      'go lacks distinct: true',
    ],
    ['behind an old GO', 'by: { tech: 1 }, not: [author], expires: 5h', 'go lacks expires: 4h'],
    ['behind one that never grows old', 'by: { tech: 1 }, not: [author]', 'go lacks expires: 4h'],
  ];
  test.each(lacking)('is refused %s', (_name, signoff, problem) => {
    const problems = problemsOf(TEXT(signoff, DEPLOY), FLOOR);
    expect(problems).toHaveLength(1);
    const line = signoff === '' ? 11 : 12;
    expect(problems[0]).toContain(`p:${line}:9: this changes production`);
    expect(problems[0]).toContain(problem);
    expect(problems[0]).toContain('expected a sign-off with at least tech: 1');
  });

  const kept: [name: string, signoff: string, steps: string][] = [
    ['just what is asked', KEPT, DEPLOY],
    ['more than that', 'by: { tech: 2, qa: 1 }, not: [author, pm], expires: 1h', DEPLOY],
    ['staging only', '', '      - deploy: staging'],
    ['looks only', '', '      - { run: Look, command: [ls], effect: read-only }'],
    ['far in front', KEPT, `      - { wait: A while, for: 1m }\n${DEPLOY}`],
  ];
  test.each(kept)('is taken: %s', (_name, signoff, steps) => {
    expect(problemsOf(TEXT(signoff, steps), FLOOR)).toEqual([]);
  });

  test('is refused for each step that is not behind it, one that names no environment too', () => {
    const aside = `${DEPLOY}\n      - { run: Mail, command: [mail], effect: executive, needs: [], undo: { none: gone } }`;
    const problems = problemsOf(TEXT(KEPT, aside), FLOOR);
    expect(problems).toEqual([expect.stringContaining('p:13:9: this changes production, and no sign-off stands')]);
  });

  test('may not name others than the policy does', () => {
    const policy = policyOf('people: { tech: [ann], qa: [cy] }');
    expect(problemsOf(TEXT('', '      - deploy: staging'), policy)).toEqual([
      'p:3:23: by the policy bob may not speak for tech, expected ann',
      'p:4:19: by the policy dan may not speak for qa, expected cy',
    ]);
  });

  test.each<[PlanJson, string[]]>([
    [{ argv: ['git', 'push'] }, []],
    [{ argv: ['git', 'push', '--force', 'origin', 'main'] }, ['this command is forbidden: it overwrites main']],
    [{ run: ['terraform', 'destroy'] }, ['this command is forbidden: the policy forbids "terraform destroy"']],
    [{ staging: [{ command: { argv: ['sh'], env: { HUSKY: '0' } } }] }, ['this command is forbidden: HUSKY switches']],
  ])('has no check that runs what no step may: %j', (config, wanted) => {
    const text = TEXT('', '      - check: Look\n        git: { clean: true }');
    const parsed = parsePlan(text, { file: 'p', language: testLanguage });
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
    const steps = Object.entries(parsed.plan.steps).map(([id, step]) => {
      const check = { provider: 'any', config };
      return [id, step.kind === 'check' ? { ...step, check } : step] as const;
    });
    const plan: Plan = { ...parsed.plan, steps: Object.fromEntries(steps) };
    const policy = policyOf('forbid-commands: [terraform destroy]');
    const problems = checkPolicy(plan, policy);
    expect(problems.map(({ message }) => message)).toEqual(wanted.map((each) => expect.stringContaining(each)));
    expect(problems.every(({ path }) => path[0] === 'any')).toBe(true);
  });

  test('is warned where nobody could approve a waiver', () => {
    const policy = policyOf('waivers: { second-person: boss }');
    expect(problemsOf(TEXT('', '      - deploy: staging'), policy)).toEqual([
      expect.stringContaining('warning: by the policy boss approves'),
    ]);
  });
});

const wrong: [name: string, text: string, problem: string][] = [
  ['empty', '', 'p:1:1: a policy is a map'],
  ['misspelt', 'signoff: {}', 'p:1:1: unknown key "signoff", did you mean "signoffs"?'],
  ['a floor of nothing', 'signoffs: { production: { by: {} } }', 'p:1:31: "by"'],
  ['a tier that is not there', 'signoffs: { prod: { by: { tech: 1 } } }', 'p:1:13: unknown key "prod"'],
  ['a time that is none', 'waivers:\n  longest: soon', 'p:2:12: "longest" is "soon"'],
  ['a command that is no text', 'forbid-commands: [[git, push]]', 'p:1:19'],
];
test.each(wrong)('a policy is refused: %s', (_name, text, problem) => {
  const parsed = parsePolicy(text, { file: 'p' });
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? '' : parsed.problems.map(formatProblem).join('\n')).toContain(problem);
});

test('a policy is read whole', () => {
  expect(
    policyOf('waivers: { second-person: tech, longest: 7d, never: [git] }\nforbid-commands: [terraform destroy]'),
  ).toEqual({
    ...NO_POLICY,
    waivers: { secondPerson: 'tech', longest: 7 * 86_400_000, never: ['git'] },
    forbidCommands: ['terraform destroy'],
  });
});

test('no text makes reading a policy throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      parsePolicy(text, { file: 'p' });
    }),
    { numRuns: 500 },
  );
});

const roles = ['tech', 'qa', 'pm'] as const;
const quorum = fc.dictionary(fc.constantFrom(...roles), fc.integer({ min: 1, max: 3 }), { minKeys: 1 });
const shut = fc.subarray(['author', 'qa', 'pm']);
const age = fc.option(fc.integer({ min: 1_000, max: 9_000 }));
const floors: fc.Arbitrary<SignoffFloor> = fc.record({ quorum, not: shut, distinct: fc.boolean(), expires: age });

const signoffs: fc.Arbitrary<SignoffStep> = fc
  .record({ quorum, not: shut, distinct: fc.boolean(), expires: age })
  .map((drawn) => signoffLike(drawn));

function signoffLike({ quorum: by, not, distinct, expires }: SignoffFloor): SignoffStep {
  return {
    kind: 'signoff',
    id: 'go',
    title: 'go',
    phase: 'main',
    needs: [],
    onFail: 'hold',
    quorum: by,
    not,
    ...(distinct ? { distinct: true } : {}),
    ...(expires === null ? {} : { expires }),
  };
}

/** The same, stricter by one or more of its rules. */
const stricter = (floor: SignoffFloor): fc.Arbitrary<SignoffFloor> =>
  fc.tuple(quorum, shut, fc.boolean(), age).map(([by, not, distinct, expires]) => ({
    quorum: Object.fromEntries(
      [...new Set([...Object.keys(floor.quorum), ...Object.keys(by)])].map((role) => [
        role,
        Math.max(floor.quorum[role] ?? 0, by[role] ?? 0),
      ]),
    ),
    not: [...new Set([...floor.not, ...not])],
    // Of one role alone nothing is asked; of more than one it has to be.
    distinct: floor.distinct || distinct,
    expires: floor.expires === null ? expires : Math.min(floor.expires, expires ?? floor.expires),
  }));

describe('a floor is tightened and never loosened', () => {
  const holds = (signoff: SignoffStep, floor: SignoffFloor): boolean => shortcomings(signoff, floor).length === 0;

  test('a sign-off as strict as the floor keeps to it, and so does every stricter one', () => {
    const drawn = floors.chain((floor) => fc.tuple(fc.constant(floor), stricter(floor)));
    fc.assert(
      fc.property(drawn, ([floor, more]) => {
        return holds(signoffLike(floor), floor) && holds(signoffLike(more), floor);
      }),
    );
  });

  test('a sign-off that is looser in any one rule does not', () => {
    fc.assert(
      fc.property(floors, fc.constantFrom('votes', 'not', 'expires'), (floor, rule) => {
        const [role = '', count = 0] = Object.entries(floor.quorum)[0] ?? [];
        const looser: SignoffFloor = {
          ...floor,
          ...(rule === 'votes' ? { quorum: { ...floor.quorum, [role]: count - 1 } } : {}),
          ...(rule === 'not' ? { not: floor.not.slice(1) } : {}),
          ...(rule === 'expires' ? { expires: floor.expires === null ? null : floor.expires + 1 } : {}),
        };
        const isLooser = rule === 'votes' || (rule === 'not' ? floor.not.length > 0 : floor.expires !== null);
        return holds(signoffLike(looser), floor) === !isLooser;
      }),
    );
  });

  test('a stricter policy takes no plan that a looser one refuses', () => {
    const plan = (signoff: SignoffStep): Plan => {
      const parsed = parsePlan(TEXT(KEPT, DEPLOY), { file: 'p', language: testLanguage });
      if (!parsed.ok) throw new Error('the plan is wrong');
      return { ...parsed.plan, steps: { ...parsed.plan.steps, go: signoff } };
    };
    const count = (signoff: SignoffStep, production: SignoffFloor): number =>
      checkPolicy(plan(signoff), { ...NO_POLICY, signoffs: { production } }).length;
    const drawn = floors.chain((floor) => fc.tuple(signoffs, fc.constant(floor), stricter(floor)));
    fc.assert(
      fc.property(drawn, ([signoff, floor, more]) => count(signoff, floor) <= count(signoff, more)),
      { numRuns: 50 },
    );
  });
});
