import type { Problem } from '@slipway/contract';

/** `file:line:column: what is wrong, expected what`: editors and CI systems link such lines to the place. */
export function problemLine(problem: Problem, words: { warning: string; expected: (what: string) => string }): string {
  const mark = problem.severity === 'warning' ? `${words.warning}: ` : '';
  const wanted = problem.expected === null ? '' : `, ${words.expected(problem.expected)}`;
  return `${problem.file}:${problem.line}:${problem.column}: ${mark}${problem.message}${wanted}`;
}
