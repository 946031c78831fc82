import { expect, test } from 'vitest';
import { z } from 'zod';
import { parsePlan } from '../../parse/parse-plan.ts';
import { formatProblem } from '../../parse/problem.ts';
import { createPlanLanguage } from '../../schema/language.ts';
import { testCatalogue } from '../../testing/catalogue.ts';
import { findRedFlags } from '../find-red-flags.ts';

const any = { schema: z.looseObject({}) };
const language = createPlanLanguage({
  ...testCatalogue,
  checks: { ...testCatalogue.checks, rehearsal: any, launches: any },
});

/** What stands in front of production, and in a step after it. */
function isFlagged(before: string, after = 'wait: A while\n        for: 1m'): boolean {
  const text = `launch: shop
artifact: { name: shop, version: 1.0.0 }
environments: { production: { tier: production, target: { process: { command: [a] } } } }
phases:
  - phase: main
    steps:
      - ${before}
      - deploy: production
      - ${after}
`;
  const parsed = parsePlan(text, { file: 'p', language });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return findRedFlags({ ...parsed, blind: [], now: 0 }).some(({ code }) => code === 'SLW002');
}

const WALKED = 'check: Proved\n        launches: { way-back: verified, tier: staging, within: 14d }';

test.each([
  ["another launch's record proves the way back", WALKED, false],
  ['the server rehearses the plan', 'check: Proved\n        rehearsal: {}', false],
  ["another launch's record proves that it completed", 'check: Proved\n        launches: { within: 14d }', true],
  ['a check of something else', 'check: Proved\n        git: { clean: true }', true],
])('%s', (_name, step, flagged) => {
  expect(isFlagged(step)).toBe(flagged);
});

test('what comes after production proves nothing of its way back', () => {
  expect(isFlagged('wait: Another while\n        for: 1m', WALKED)).toBe(true);
});
