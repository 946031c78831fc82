import { parsePlan } from '../parse/parse-plan.ts';
import type { ParseOptions } from '../parse/parse-plan.ts';
import { formatProblem } from '../parse/problem.ts';
import type { Plan } from '../model/plan.ts';
import { testLanguage } from './catalogue.ts';

type Versions = Omit<ParseOptions, 'file' | 'language'>;

/** What is wrong with a plan, one line each: `line:column: message`. */
export function problemsIn(text: string, versions: Versions = {}): readonly string[] {
  const result = parsePlan(text, { file: 'p', language: testLanguage, ...versions });
  const problems = result.ok ? result.warnings : result.problems;
  return problems.map((problem) => formatProblem(problem).slice('p:'.length));
}

/** A plan that must be right. */
export function planOf(text: string, versions: Versions = {}): Plan {
  const result = parsePlan(text, { file: 'p', language: testLanguage, ...versions });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.plan;
}

/** The top of a plan that knows staging, production, a place without router, two metrics, two roles, one channel. */
const HEAD = `launch: shop
artifact: { name: shop, version: 1.0.0 }
people: { rm: [ann@shop, bob@shop], qa: [cy@shop] }
environments:
  staging: { tier: staging, target: { process: { command: [a] } }, router: { builtin: {} } }
  production: { tier: production, target: { process: { command: [a], instances: 3 } }, router: { builtin: {} } }
  bare: { tier: staging, target: { process: { command: [a] } } }
metrics: { errors: { from: router, ratio: server-errors }, latency: { from: router, quantile: 0.99 } }
channels: { team: { console: {} } }
phases:
  - phase: main
    steps:
`;

/** The line on which the first step of `withSteps` stands; its keys begin in column 9. */
export const FIRST_STEP = 13;

/** A plan with these steps, given without indentation. */
export function withSteps(steps: string): string {
  const lines = steps.trim().split('\n');
  return `${HEAD}${lines.map((line) => `      ${line}`).join('\n')}\n`;
}
