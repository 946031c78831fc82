import { relative } from 'node:path';

export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failure with where it is and how it begins: what a reader of a log's end needs. */
  failures: readonly string[];
};

/** The part of vitest's JSON report that is counted. */
export type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: VitestAssertion[] }[];
};

type VitestAssertion = { fullName: string; status: string; failureMessages: string[] | null };

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/**
 * Counts the tests of one vitest run. A file that could not be loaded has no tests and counts as one failure; so does a
 * run that failed without naming a test (an unhandled error, a crash before the report).
 */
export function countTests(report: VitestReport | undefined, exitCode: number): Counts {
  const unloaded = report?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    failures: report?.testResults.flatMap(failuresOf) ?? [],
  };
}

/** Lines of a failure that are told again at the end. */
const FIRST_LINES = 8;

function failuresOf({ name, status, message, assertionResults }: VitestReport['testResults'][number]): string[] {
  const file = relative(process.cwd(), name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}\n${beginningOf(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file}: ${test.fullName}\n${beginningOf(test.failureMessages?.join('\n') ?? '')}`);
}

function beginningOf(message: string): string {
  const lines = message.split('\n').slice(0, FIRST_LINES);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join('\n');
}

/** The line that closes a run, in the form that continuous integration recognises. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
