import { expect, it } from 'vitest';
import { describeEnd, lastLine } from './describe-end.ts';

it.each([
  [{ kind: 'exited', code: 3 }, 'exited with 3'],
  [{ kind: 'killed', signal: 'SIGSEGV' }, 'was killed by SIGSEGV'],
  [{ kind: 'timed-out', afterMs: 90_000 }, 'had not ended after 1m30s and was ended'],
  [{ kind: 'aborted' }, 'was ended on our word'],
  [{ kind: 'not-started', reason: 'x was not found' }, 'could not be started: x was not found'],
] as const)('%j reads: %s', (end, text) => {
  expect(describeEnd(end)).toBe(text);
});

it.each([
  ['', ''],
  ['\n \n', ''],
  ['one\ntwo\n\n', 'two'],
  ['  indented  \r\n', 'indented'],
  ['x'.repeat(500), 'x'.repeat(200)],
])('the last line of %j is %j', (output, line) => {
  expect(lastLine(output)).toBe(line);
});
