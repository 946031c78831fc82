import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CheckStep } from '../model/step.ts';
import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { createPlanLanguage } from '../schema/language.ts';
import { testCatalogue } from '../testing/catalogue.ts';
import { formatDuration } from '../text/duration.ts';
import { lackingChecks } from './checks-floor.ts';
import { parsePolicy } from './parse-policy.ts';
import type { ChecksFloor, Policy } from './policy.ts';

const any = { schema: z.looseObject({}) };
const language = createPlanLanguage({
  ...testCatalogue,
  checks: { ...testCatalogue.checks, rehearsal: any, launches: any },
});

const policyOf = (text: string): Policy => {
  const parsed = parsePolicy(text, { file: 'slipway.policy.yaml' });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
};

const TEXT = (steps: readonly string[]): string => `launch: shop
artifact: { name: shop, version: 1.0.0 }
environments:
  production: { tier: production, target: { process: { command: [a] } } }
  staging: { tier: staging, target: { process: { command: [a] } } }
phases:
  - phase: main
    steps:
${steps.map((step) => `      - ${step}\n`).join('')}`;

const problemsOf = (steps: readonly string[], policy: Policy): readonly string[] => {
  const parsed = parsePlan(TEXT(steps), { file: 'p', language, policy });
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

const BOTH = policyOf('checks: { production: { rehearsal: required, rollback-rehearsed: 14d } }');
const DEPLOY = 'deploy: production';
const REHEARSAL = '{ check: Rehearsed, rehearsal: {} }';
const walked = (config: string): string => `{ check: Walked, launches: { ${config} } }`;
const WALKED = walked('way-back: verified, tier: staging, within: 14d');

test('a check whose no is but a fact for the decision table proves nothing', () => {
  const checks = ['rehearsal', 'launches'].map((provider): CheckStep => {
    const config = { 'way-back': 'verified', tier: 'staging', within: '1d' };
    const step = { id: provider, title: provider, phase: 'main', needs: [], onFail: 'hold' } as const;
    return { ...step, kind: 'check', check: { provider, config }, timeout: 1, attempts: 1 };
  });
  const floor: ChecksFloor = { rehearsal: true, rollbackRehearsed: 86_400_000 };
  expect(lackingChecks(checks, floor)).toEqual([]);
  const deciding = checks.map((step): CheckStep => ({ ...step, decides: true }));
  expect(lackingChecks(deciding, floor)).toHaveLength(2);
});

describe('a plan that changes production', () => {
  test.each<[name: string, steps: readonly string[]]>([
    ['with both in front', [REHEARSAL, WALKED, DEPLOY]],
    ['far in front', [WALKED, REHEARSAL, '{ wait: A while, for: 1m }', DEPLOY]],
    ['tighter', [REHEARSAL, walked('way-back: verified, tier: staging, within: 7d, launch: shop-staging'), DEPLOY]],
    ['by the same plan', [REHEARSAL, walked('way-back: verified, tier: staging, within: 2d, same: plan'), DEPLOY]],
    [
      'another one is looser',
      ['{ check: Other, launches: { ended: completed, within: 90d } }', REHEARSAL, WALKED, DEPLOY],
    ],
    ['that is staging', ['deploy: staging']],
  ])('is taken: %s', (_name, steps) => {
    expect(problemsOf(steps, BOTH)).toEqual([]);
  });

  const NO_REHEARSAL = 'no check in front of it has the plan rehearsed';
  const NO_WALK = 'no check in front of it proves that the way back was walked on staging';
  test.each<[name: string, steps: readonly string[], problems: readonly string[]]>([
    ['with none', [DEPLOY], [NO_REHEARSAL, NO_WALK]],
    ['with none of one', [REHEARSAL, DEPLOY], [NO_WALK]],
    ['rehearsed afterwards', [WALKED, DEPLOY, REHEARSAL], [NO_REHEARSAL]],
    [
      'beside it',
      [REHEARSAL, WALKED.replace(' }', ' }, needs: []'), '{ deploy: production, needs: [walked] }'],
      [NO_REHEARSAL],
    ],
    [
      'older',
      [REHEARSAL, walked('way-back: verified, tier: staging, within: 15d'), DEPLOY],
      ['walked lacks within: 14d'],
    ],
    ['anywhere', [REHEARSAL, walked('way-back: verified, within: 1d'), DEPLOY], ['walked lacks tier: staging']],
    [
      'any version',
      [REHEARSAL, walked('way-back: verified, tier: staging, within: 1d, same: product'), DEPLOY],
      ['walked lacks same: artifact'],
    ],
    ['not back', [REHEARSAL, walked('tier: staging, within: 1d'), DEPLOY], ['walked lacks way-back: verified']],
    [
      'nobody knows how old',
      [REHEARSAL, walked("way-back: verified, tier: staging, within: '{{ artifact.version }}'"), DEPLOY],
      ['walked lacks within: 14d'],
    ],
  ])('is refused: %s', (_name, steps, wanted) => {
    const problems = problemsOf(steps, BOTH);
    expect(problems).toEqual(wanted.map((each) => expect.stringContaining(each)));
    expect(problems.every((each) => each.includes('this changes production, and') && each.includes('such as'))).toBe(
      true,
    );
  });

  test('is told how to add what it lacks, in words that it then takes', () => {
    const problems = problemsOf([DEPLOY], BOTH);
    const steps = problems.map((each) => /such as (\{.*\})/.exec(each)?.[1] ?? '');
    expect(problemsOf([...steps, DEPLOY], BOTH)).toEqual([]);
  });
});

test.each<[text: string, wanted: object]>([
  ['checks: {}', {}],
  ['waivers: {}', {}],
  [
    'checks: { production: { rehearsal: required } }',
    { checks: { production: { rehearsal: true, rollbackRehearsed: null } } },
  ],
  [
    'checks: { production: { rollback-rehearsed: 2w } }',
    { checks: { production: { rehearsal: false, rollbackRehearsed: 1_209_600_000 } } },
  ],
])('%s is read', (text, wanted) => {
  const { checks } = policyOf(text);
  expect(checks === undefined ? {} : { checks }).toEqual(wanted);
});

test.each([
  'checks: { production: {} }',
  'checks: { production: { rehearsal: no } }',
  'checks: { staging: {} }',
  'checks: { production: { rollback-rehearsed: soon } }',
])('%s is refused', (text) => {
  expect(parsePolicy(text, { file: 'p' }).ok).toBe(false);
});

const DAY = 86_400_000;
const floors: fc.Arbitrary<ChecksFloor> = fc.record({
  rehearsal: fc.boolean(),
  rollbackRehearsed: fc.option(fc.integer({ min: 1, max: 60 }).map((days) => days * DAY)),
});
const stricter = (floor: ChecksFloor): fc.Arbitrary<ChecksFloor> =>
  floors.map((more) => ({
    rehearsal: floor.rehearsal || more.rehearsal,
    rollbackRehearsed:
      floor.rollbackRehearsed === null || more.rollbackRehearsed === null
        ? (floor.rollbackRehearsed ?? more.rollbackRehearsed)
        : Math.min(floor.rollbackRehearsed, more.rollbackRehearsed),
  }));

const step = (provider: string, config: CheckStep['check']['config']): CheckStep => ({
  kind: 'check',
  id: provider,
  title: provider,
  phase: 'main',
  needs: [],
  onFail: 'hold',
  check: { provider, config },
  timeout: 1,
  attempts: 1,
});
const asStrictAs = ({ rehearsal, rollbackRehearsed }: ChecksFloor): readonly CheckStep[] => [
  ...(rehearsal ? [step('rehearsal', {})] : []),
  ...(rollbackRehearsed === null
    ? []
    : [step('launches', { 'way-back': 'verified', tier: 'staging', within: formatDuration(rollbackRehearsed) })]),
];
const keeps = (floor: ChecksFloor, wanted: ChecksFloor): boolean =>
  lackingChecks(asStrictAs(floor), wanted).length === 0;

describe('a floor is tightened and never loosened', () => {
  test('checks as strict as the floor keep to it, and so does every stricter set of them', () => {
    const drawn = floors.chain((floor) => fc.tuple(fc.constant(floor), stricter(floor)));
    fc.assert(fc.property(drawn, ([floor, more]) => keeps(floor, floor) && keeps(more, floor)));
  });

  test('checks that are looser in any one rule do not', () => {
    fc.assert(
      fc.property(floors, fc.constantFrom('rehearsal', 'older', 'none'), (floor, rule) => {
        const { rehearsal, rollbackRehearsed: age } = floor;
        const looser: ChecksFloor = {
          rehearsal: rule === 'rehearsal' ? false : rehearsal,
          rollbackRehearsed: age === null ? null : rule === 'older' ? age + 1 : rule === 'none' ? null : age,
        };
        const isLooser = rule === 'rehearsal' ? rehearsal : age !== null;
        return keeps(looser, floor) === !isLooser;
      }),
    );
  });
});
