import { join } from 'node:path';
import { expect, test } from 'vitest';
import { add, closingLine, countTests, nothing, type VitestReport } from './counts.ts';

const report = (passed: number, failed: number, pending: number, todo: number, unloaded = 0): VitestReport => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
  testResults: [
    {
      name: join(process.cwd(), 'a.test.ts'),
      status: failed > 0 ? 'failed' : 'passed',
      message: '',
      assertionResults: Array.from({ length: passed + failed }, (_, index) => ({
        fullName: `test ${index}`,
        status: index < passed ? 'passed' : 'failed',
        failureMessages: index < passed ? [] : [`Error: no\n${'at line\n'.repeat(50)}`],
      })),
    },
    ...Array.from({ length: unloaded }, () => ({
      name: join(process.cwd(), 'b.test.ts'),
      status: 'failed',
      message: 'it does not load',
      assertionResults: [],
    })),
  ],
});

test.each([
  ['all passed', report(3, 0, 0, 0), 0, '3 passed, 0 failed, 0 skipped'],
  ['skipped and to do', report(3, 0, 2, 1), 0, '3 passed, 0 failed, 3 skipped'],
  ['failed', report(3, 2, 0, 0), 1, '3 passed, 2 failed, 0 skipped'],
  ['a file that does not load', report(3, 0, 0, 0, 1), 1, '3 passed, 1 failed, 0 skipped'],
  ['an unhandled error beside passing tests', report(3, 0, 0, 0), 1, '3 passed, 1 failed, 0 skipped'],
  ['no report at all', undefined, 1, '0 passed, 1 failed, 0 skipped'],
])('%s', (_name, found, exitCode, line) => {
  expect(closingLine(countTests(found, exitCode))).toBe(line);
});

test('counts add up', () => {
  const one = { passed: 1, failed: 2, skipped: 3, failures: ['a'] };
  expect(add(add(nothing, one), one)).toEqual({ passed: 2, failed: 4, skipped: 6, failures: ['a', 'a'] });
});

test('each failure is named, with the beginning of why', () => {
  const { failures } = countTests(report(1, 2, 0, 0, 1), 1);
  expect(failures.map((failure) => failure.split('\n')[0])).toEqual([
    'a.test.ts: test 1',
    'a.test.ts: test 2',
    'b.test.ts',
  ]);
  expect(failures[0]?.split('\n')).toHaveLength(9);
  expect(failures[2]).toContain('it does not load');
});
