import { LineCounter } from 'yaml';
import { expect, test } from 'vitest';
import { testLanguage } from '../testing/catalogue.ts';
import { withSteps } from '../testing/problems.ts';
import { reportValue } from './findings.ts';
import type { Findings } from './findings.ts';
import { PLAN_LIMITS } from './limits.ts';
import { parsePlan } from './parse-plan.ts';

const most = PLAN_LIMITS.problems;

/** What is listed after these reports, in their order. */
function listed(...reports: readonly (readonly ['error' | 'warning', number])[]) {
  const source = { file: 'p', value: null, places: new Map(), lines: new LineCounter(), text: '' };
  const findings: Findings = { source, problems: [], errors: 0 };
  for (const [severity, count] of reports) {
    for (let index = 0; index < count; index += 1) reportValue(findings, [], { message: 'm', severity });
  }
  const of = (severity: string) => findings.problems.filter((problem) => problem.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), found: findings.errors };
}

test.each([
  ['warnings take half of the list', listed(['warning', most]), { errors: 0, warnings: most / 2, found: 0 }],
  [
    'an error after them has room',
    listed(['warning', most], ['error', 1]),
    { errors: 1, warnings: most / 2, found: 1 },
  ],
  ['errors take all of it', listed(['error', most + 5]), { errors: most, warnings: 0, found: most + 5 }],
  ['a full list takes no warning', listed(['error', most], ['warning', 1]), { errors: most, warnings: 0, found: most }],
  [
    'errors and warnings together',
    listed(['warning', most], ['error', most]),
    { errors: most / 2, warnings: most / 2, found: most },
  ],
])('%s', (_, actual, expected) => {
  expect(actual).toEqual(expected);
});

test('an error behind hundreds of warnings still refuses the plan, and is told', () => {
  const steps = Array.from({ length: most + 50 }, (_, index) => {
    return `- rollout: production\n  id: r${index}\n  strategy: big-bang\n  steps: [{ weight: 100, hold: 1s }]`;
  });
  const text = withSteps([...steps, '- wait: For ever'].join('\n'));
  const result = parsePlan(text, { file: 'p', language: testLanguage });
  expect(result.ok).toBe(false);
  expect(result.ok ? [] : result.problems.map(({ message }) => message)).toContain('this wait never ends');
});
