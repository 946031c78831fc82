import { describe, expect, it } from 'vitest';
import { parsePlan } from '../parse/parse-plan.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { findRedFlags } from '../red-flags/find-red-flags.ts';
import { testLanguage } from '../testing/catalogue.ts';
import { summarizeTimeline, timeline } from '../timeline/timeline.ts';
import { planOfScenario } from './plan-of-scenario.ts';

const TEXT = `launch: shop
artifact: { name: shop, version: 2.2.0 }
people: { rm: [rita@shop], director: [dora@shop] }
environments:
  staging: { tier: staging, target: { static: {} } }
  production: { tier: production, target: { static: {} } }
scenarios:
  after: gate
  offer:
    staging: { authority: [rm], phases: [staging, records] }
    production: { authority: [director], phases: [production, records] }
    freeze:
      authority: [rm]
      for: 7d
      unchanged: [{ check: Nothing changed, git: { clean: true } }, { check: Tagged, git: { tag: v1 } }]
phases:
  - phase: gate
    steps: [{ check: Clean, git: { clean: true } }]
  - phase: staging
    steps: [{ signoff: Go, by: { rm: 1 } }, { wait: Rest, for: 1h }, { deploy: staging }]
  - phase: production
    steps: [{ wait: Pause, for: 2h }, { deploy: production }]
  - phase: records
    steps: [{ task: Written, owner: rm }]
`;

function plan(text = TEXT) {
  const read = parsePlan(text, { file: 'p', language: testLanguage });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.plan;
}

/** `step <- needs`, in the order of the plan. */
const needsOf = (scenario: string | null): readonly string[] => {
  const { phases, steps } = planOfScenario(plan(), scenario);
  return phases.flatMap((phase) => phase.steps).map((id) => `${id} <- ${(steps[id]?.needs ?? []).join(', ')}`);
};

describe('the plan of a scenario', () => {
  it.each<[string | null, readonly string[]]>([
    [null, ['clean <- ']],
    ['none', ['clean <- ']],
    [
      'staging',
      ['clean <- ', 'go <- clean', 'rest <- go', 'deploy-staging <- rest', 'written <- go, rest, deploy-staging'],
    ],
    [
      'production',
      ['clean <- ', 'pause <- clean', 'deploy-production <- pause', 'written <- pause, deploy-production'],
    ],
    [
      'freeze',
      ['clean <- ', 'freeze-lasts <- clean', 'nothing-changed <- clean, freeze-lasts', 'tagged <- nothing-changed'],
    ],
  ])('%s: its own phases, and none of the others in front of them', (scenario, needs) => {
    expect(needsOf(scenario)).toEqual(needs);
    expect('scenarios' in planOfScenario(plan(), scenario)).toBe(false);
  });

  it('of a plan without scenarios is that plan', () => {
    const { scenarios: _none, ...whole } = plan();
    expect(planOfScenario(whole, 'staging')).toBe(whole);
  });
});

describe('what is told before the start', () => {
  const HOUR = 3_600_000;

  it('is what is common, then each scenario as if it were chosen at once', () => {
    const told = timeline(plan(), 0).map(({ id, scenario, tOffset }) => `${scenario ?? '-'} ${id} ${tOffset / HOUR}`);
    expect(told).toEqual([
      '- clean 0',
      'staging go 0',
      'staging rest 0',
      'staging deploy-staging 1',
      'staging written 1',
      'production pause 0',
      'production deploy-production 2',
      'production written 2',
      'freeze freeze-lasts 0',
      'freeze nothing-changed 168',
      'freeze tagged 168',
    ]);
  });

  it('takes as long as the shortest scenario at least, and counts a step of several once', () => {
    expect(summarizeTimeline(timeline(plan(), 0))).toMatchObject({ shortestMs: HOUR, steps: 10, executive: 2 });
  });
});

describe('each scenario by itself', () => {
  it('keeps to the policy: a sign-off of another one does not count', () => {
    const policy = parsePolicy('signoffs: { production: { by: { rm: 1 } } }', { file: 'slipway.policy.yaml' });
    if (!policy.ok) throw new Error('the policy is wrong');
    const read = parsePlan(TEXT, { file: 'p', language: testLanguage, policy: policy.policy });
    const said = read.ok ? [] : read.problems.map(({ message }) => message);
    expect(said).toEqual(['this changes production, and no sign-off stands in front of it']);
  });

  it('has red flags of its own, each told once', () => {
    const read = parsePlan(TEXT, { file: 'p', language: testLanguage });
    if (!read.ok) throw new Error('the plan is wrong');
    const flags = findRedFlags({ ...read, blind: [], now: 0 }).map(({ code, path }) => `${code} ${path}`);
    expect(new Set(flags).size).toBe(flags.length);
  });
});
