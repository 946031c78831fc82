import { parsePlan } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import { findRedFlags } from '../red-flags/find-red-flags.ts';
import type { RedFlag } from '../red-flags/red-flag.ts';
import type { BlindRollout } from '../red-flags/rules/blind-rollout.ts';
import { testLanguage } from './catalogue.ts';

interface Given {
  readonly blind?: readonly BlindRollout[];
  readonly now?: number;
}

/** Monday, 23 November 2026, 09:00 in Paris. */
export const MONDAY = Date.UTC(2026, 10, 23, 8);

/** The red flags of a plan that must be right. */
export function flagsOf(text: string, { blind = [], now = MONDAY }: Given = {}): readonly RedFlag[] {
  const parsed = parsePlan(text, { file: 'p', language: testLanguage, now });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return findRedFlags({ ...parsed, blind, now });
}

/** `SLW006 warning 4:5`, one each. */
export function marksOf(text: string, given: Given = {}): readonly string[] {
  return flagsOf(text, given).map(({ code, severity, line, column }) => `${code} ${severity} ${line}:${column}`);
}
