import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  allowedAt,
  createPlanLanguage,
  formatProblem,
  instantOf,
  parsePlan,
  parsePolicy,
  planJsonSchema,
  type Policy,
} from '@slipway/plan';
import { registry } from '@slipway/providers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const EXAMPLES = join(import.meta.dirname, '../examples');
const language = createPlanLanguage(registry);
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(planJsonSchema(language));
const read = (file: string): string => readFileSync(join(EXAMPLES, file), 'utf8');
const PLANS = globSync('*/*.yaml', { cwd: EXAMPLES })
  .filter((file) => /^phases:/m.test(read(file)))
  .toSorted();

/** What stands beside a plan and no plan may loosen. */
function policyBeside(file: string): { readonly policy?: Policy } {
  const policy = join(dirname(file), 'slipway.policy.yaml');
  if (!existsSync(join(EXAMPLES, policy))) return {};
  const parsed = parsePolicy(read(policy), { file: policy });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return { policy: parsed.policy };
}

describe('the examples', () => {
  test('are found', () => {
    for (const name of ['shop', 'staging-soak', 'deployment-workflow'])
      expect(PLANS).toContain(join(name, 'launch.yaml'));
  });

  test.each(PLANS)('%s is a plan without errors or warnings, also under the policy beside it', (file) => {
    const parsed = parsePlan(read(file), { file, language, standInVersion: '1.0.0', ...policyBeside(file) });
    expect((parsed.ok ? parsed.warnings : parsed.problems).map(formatProblem)).toEqual([]);
  });

  test.each(PLANS)('an editor that knows the schema finds nothing wrong with %s', (file) => {
    expect(validate(parse(read(file))) ? [] : validate.errors).toEqual([]);
  });

  // A Tuesday, Friday afternoon, a Saturday, the eve of 11 November, that day, a Tuesday evening.
  test.each([
    ['normal', '2026-11-24T11:00', true],
    ['normal', '2026-11-27T14:00', false],
    ['normal', '2026-11-28T11:00', false],
    ['normal', '2026-11-10T11:00', false],
    ['normal', '2026-11-11T11:00', false],
    ['normal', '2026-11-24T17:00', false],
    ['hotfix-p2', '2026-11-27T14:00', true],
    ['hotfix-p2', '2026-11-24T17:00', true],
    ['hotfix-p2', '2026-11-24T20:00', false],
    ['hotfix-p2', '2026-11-11T11:00', false],
    ['hotfix-p1', '2026-11-28T03:00', true],
    ['hotfix-p1', '2026-11-11T11:00', true],
  ] as const)('the deployment workflow, %s, at %s: production may begin: %s', (urgency, time, allowed) => {
    const file = 'deployment-workflow/launch.yaml';
    const parsed = parsePlan(read(file), { file, language, standInVersion: '1.0.0', urgency });
    const at = instantOf(time, 'Europe/Paris');
    if (!parsed.ok || parsed.plan.calendar === undefined || !at.ok) throw new Error(`${file} has no calendar`);
    expect(allowedAt(parsed.plan.calendar, at.at).allowed).toBe(allowed);
  });
});
