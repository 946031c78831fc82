/** Something wrong with a plan, where it is, and what was expected. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** Keys and indexes from the top, e.g. `phases[0].steps[2].timeout`; '' for the plan as a whole. */
  readonly path: string;
  readonly message: string;
  /** What would have been right, where that can be said. */
  readonly expected?: string;
  /** A warning does not stop a launch. */
  readonly severity: 'error' | 'warning';
  /** The red flag that it is a case of, such as SLW015; absent: it is none. */
  readonly code?: string;
}

/** `file:line:column: what is wrong, expected what was expected`. */
export function formatProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const mark = problem.severity === 'warning' ? 'warning: ' : '';
  const wanted = problem.expected === undefined ? '' : `, expected ${problem.expected}`;
  return `${place}: ${mark}${problem.message}${wanted}`;
}

/** File by file, in the order in which problems named them, and in the order of each; at one place, in the order they were found. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  const place = ({ file }: Problem): number => files.indexOf(file);
  return problems.toSorted((a, b) => place(a) - place(b) || a.line - b.line || a.column - b.column);
}
