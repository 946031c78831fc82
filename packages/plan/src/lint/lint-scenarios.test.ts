import { describe, expect, it } from 'vitest';
import { parsePlan } from '../parse/parse-plan.ts';
import { testLanguage } from '../testing/catalogue.ts';

const HEAD = `launch: shop
artifact: { name: shop, version: 2.2.0 }
people: { rm: [rita@shop], director: [dora@shop] }
environments:
  staging: { tier: staging, target: { static: {} } }
  production: { tier: production, target: { static: {} } }
`;
const SCENARIOS = `scenarios:
  after: gate
  choose:
    - { when: [{ check: staged, is: passed }, { value: wish, equals: ship }], scenario: production }
    - { when: [{ value: wish, equals: wait }], scenario: freeze }
    - { scenario: staging }
  offer:
    staging: { authority: [rm], phases: [staging] }
    production: { authority: [director], not: [author], phases: [production] }
    freeze:
      authority: [rm, director]
      reason: required
      for: 7d
      unchanged: [{ check: Nothing changed, git: { clean: true } }]
`;
const PHASES = `phases:
  - phase: gate
    steps:
      - { check: Staged, git: { clean: true }, decides: true }
      - { check: Tagged, git: { tag: v1 } }
      - { task: Wish, owner: rm, proof: value }
      - { signoff: Go, by: { rm: 1 } }
  - phase: staging
    steps: [{ deploy: staging }]
  - phase: production
    steps: [{ deploy: production }]
`;
const PLAN = HEAD + SCENARIOS + PHASES;

type Change = readonly [from: string, to: string];

function changed(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the plan does not hold: ${from}`);
    return text.replace(from, to);
  }, PLAN);
}

const parsed = (text: string) => parsePlan(text, { file: 'p', language: testLanguage });

/** `path: message`, one each. */
function problemsOf(text: string): readonly string[] {
  const read = parsed(text);
  const problems = read.ok ? read.warnings : read.problems;
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('scenarios that are right', () => {
  it('are resolved with all that was left out', () => {
    const read = parsed(PLAN);
    if (!read.ok) throw new Error(problemsOf(PLAN).join('\n'));
    expect(read.warnings).toEqual([]);
    const { scenarios, phases, steps } = read.plan;
    expect(scenarios?.choose[2]).toEqual({ when: [], scenario: 'staging' });
    expect(scenarios?.offer['production']).toEqual({
      name: 'production',
      title: 'production',
      authority: ['director'],
      not: ['author'],
      phases: ['production'],
    });
    expect(scenarios?.offer['freeze']).toMatchObject({
      reason: 'required',
      phases: ['freeze-end'],
      frozen: { until: { kind: 'elapsed', ms: 604_800_000 }, wait: 'freeze-lasts', unchanged: ['nothing-changed'] },
    });
    expect(phases.at(-1)).toEqual({
      name: 'freeze-end',
      steps: ['freeze-lasts', 'nothing-changed'],
      effect: 'read-only',
    });
    expect(steps['freeze-lasts']?.needs).toEqual(['staged', 'tagged', 'wish', 'go']);
    expect(steps['nothing-changed']?.needs).toEqual(['deploy-production', 'freeze-lasts']);
    expect(steps['staged']).toMatchObject({ decides: true });
  });

  it('leave a plan without them as it was', () => {
    const read = parsed(HEAD + PHASES.replace(', decides: true', ''));
    expect(read.ok && 'scenarios' in read.plan).toBe(false);
  });
});

describe('scenarios that are wrong', () => {
  const row = (text: string): Change => [
    '    - { when: [{ value: wish, equals: wait }], scenario: freeze }',
    `    - ${text}`,
  ];
  const cases: [string, readonly Change[], string][] = [
    [
      'a gate that is not there',
      [['after: gate', 'after: gates']],
      'scenarios.after: there is no phase "gates", did you mean "gate"?',
    ],
    [
      'a phase in no scenario',
      [['phases: [staging] }', 'phases: [production] }']],
      'phases[1].phase: the phase "staging" comes after "gate" and is in no scenario: it would never run',
    ],
    [
      'a phase of the gate',
      [['phases: [staging] }', 'phases: [gate, staging] }']],
      'scenarios.offer.staging.phases[0]: "gate" comes before the decision: it runs whatever is chosen',
    ],
    [
      'a phase that is not there',
      [['phases: [staging] }', 'phases: [staging, stagin] }']],
      'scenarios.offer.staging.phases[1]: there is no phase "stagin", did you mean "staging"?',
    ],
    [
      'a phase twice',
      [['phases: [staging] }', 'phases: [staging, staging] }']],
      'scenarios.offer.staging.phases[1]: "staging" is listed twice',
    ],
    [
      'nothing to do',
      [
        ['{ authority: [rm], phases: [staging] }', '{ authority: [rm] }'],
        ['phases: [production]', 'phases: [staging, production]'],
      ],
      'scenarios.offer.staging: the scenario "staging" does nothing',
    ],
    [
      'no authority',
      [['{ authority: [rm], phases: [staging] }', '{ phases: [staging] }']],
      'scenarios.offer.staging.authority: "authority" is missing',
    ],
    [
      'an authority that nobody has',
      [['authority: [director]', 'authority: [directors]']],
      'scenarios.offer.production.authority[0]: there is no role "directors", did you mean "director"?',
    ],
    [
      'an authority that is shut out',
      [['not: [author]', 'not: [director]']],
      'scenarios.offer.production.authority: nobody may choose "production": "not" shuts out all who hold director',
    ],
    ['a freeze without an end', [['      for: 7d\n', '']], 'scenarios.offer.freeze.for: this wait never ends'],
    [
      'a freeze with two',
      [['for: 7d', 'for: 7d\n      until: T+7d']],
      'scenarios.offer.freeze.until: this wait has two ends',
    ],
    [
      'a freeze that proves nothing',
      [['      unchanged: [{ check: Nothing changed, git: { clean: true } }]\n', '']],
      'scenarios.offer.freeze: nothing proves at the end of "freeze" that nothing has changed',
    ],
    [
      'a change in place of a proof',
      [['[{ check: Nothing changed, git: { clean: true } }]', '[{ deploy: staging }]']],
      'scenarios.offer.freeze.unchanged[0]: only checks prove that nothing has changed',
    ],
    [
      'a proof that cannot be asked',
      [['git: { clean: true } }]', 'git: { clear: true } }]']],
      'scenarios.offer.freeze.unchanged[0].git.clear: unknown key "clear", did you mean "clean"?',
    ],
    [
      'a row that names no scenario',
      [['{ scenario: staging }', '{ scenario: stagin }']],
      'scenarios.choose[2].scenario: there is no scenario "stagin", did you mean "staging"?',
    ],
    [
      'a step that comes after the decision',
      [row('{ when: [{ check: deploy-staging, is: passed }], scenario: freeze }')],
      'scenarios.choose[1].when[0].check: there is no step "deploy-staging", only staged, tagged, wish and go before the decision',
    ],
    [
      'a check that is none',
      [row('{ when: [{ check: go, is: passed }], scenario: freeze }')],
      'scenarios.choose[1].when[0].check: "go" is a signoff',
    ],
    [
      'a no that ends the gate',
      [row('{ when: [{ check: tagged, is: failed }], scenario: freeze }')],
      'scenarios.choose[1].when[0].check: a no of "tagged" ends the gate: this is never true',
    ],
    [
      'a value of what has none',
      [row('{ when: [{ value: go, above: 1 }], scenario: freeze }')],
      'scenarios.choose[1].when[0].value: "go" is a signoff and gives no value',
    ],
    [
      'a value that is not compared',
      [row('{ when: [{ value: wish }], scenario: freeze }')],
      'scenarios.choose[1].when[0]: this condition asks nothing of the value',
    ],
    [
      'a value that is compared twice',
      [row('{ when: [{ value: wish, equals: a, above: 1 }], scenario: freeze }')],
      'scenarios.choose[1].when[0]: this condition asks two things of the value',
    ],
    [
      'bounds without a number between',
      [row('{ when: [{ value: wish, above: 2, below: 1 }], scenario: freeze }')],
      'scenarios.choose[1].when[0].below: no number is above 2 and below 1',
    ],
    [
      'a calendar that is not there',
      [row('{ when: [{ calendar: closed }], scenario: freeze }')],
      'scenarios.choose[1].when[0].calendar: the plan has no calendar that could be asked',
    ],
    [
      'conditions that exclude each other',
      [row('{ when: [{ check: staged, is: passed }, { check: staged, is: failed }], scenario: freeze }')],
      'scenarios.choose[1].when[1]: items 1 and 2 of "when" are never true together: this row is never reached',
    ],
    [
      'a row behind a wider one',
      [
        row(
          '{ when: [{ value: wish, equals: ship }, { check: tagged, is: passed }, { check: staged, is: passed }], scenario: freeze }',
        ),
      ],
      'scenarios.choose[1]: this row is never reached: row 1 is true whenever it is',
    ],
    [
      'a row behind one without conditions',
      [row('{ scenario: freeze }')],
      'scenarios.choose[2]: this row is never reached: row 2 is true whenever it is',
    ],
    [
      'two rows that may both be true',
      [row('{ when: [{ check: tagged, is: passed }], scenario: freeze }')],
      'scenarios.choose[1]: this row and row 1 may both be true, and propose different scenarios: the first one wins',
    ],
    [
      'a step that waits for another scenario',
      [['{ deploy: production }', '{ deploy: production, needs: [deploy-staging] }']],
      'phases[2].steps[0].needs[0]: "deploy-staging" is in staging only, and this step is in production',
    ],
    [
      'a no that nobody reads',
      [['{ check: Tagged,', '{ check: Tagged, decides: true,']],
      'phases[0].steps[1].decides: the decision table does not read "tagged", so its no would count for nothing',
    ],
    [
      'one scenario alone',
      [
        ['    staging: { authority: [rm], phases: [staging] }\n', ''],
        ['    production: { authority: [director], not: [author], phases: [production] }\n', ''],
      ],
      'scenarios.offer: "offer" is a map',
    ],
  ];
  it.each(cases)('%s', (_, changes, problem) => {
    expect(problemsOf(changed(...changes))).toContainEqual(expect.stringContaining(problem));
  });

  it('a no that nobody reads, in a plan without scenarios', () => {
    expect(problemsOf(HEAD + PHASES)).toEqual([expect.stringContaining('does not read "staged"')]);
  });
});
