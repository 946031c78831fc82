import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const announcement = (on: string, title: string, text: string): string =>
  `announcements: [{ on: ${on}, to: [team], title: '${title}', text: '${text}' }]`;
const says = 'this message speaks of production and leaves whether that is verified or not';
const instead = 'expected an announce step with about: production';

test.each([
  ['completed', 'Production is new', 'T', [`15:53: ${says}, ${instead}`]],
  ['completed', 'T', 'It runs in production.', [`15:64: ${says}, ${instead}`]],
  ['started', 'T', 'production is next', [`15:62: warning: ${says}, ${instead}`]],
  ['held', 'T', 'production waits', [`15:59: warning: ${says}, ${instead}`]],
  ['completed', 'T', 'Our reproduction-line', []],
  ['completed', 'T', 'staging is new', []],
  ['turning-back', 'T', 'production goes back', []],
  ['rolled-back', 'T', 'production is as before', []],
  ['rollback-incomplete', 'T', 'look at production', []],
  ['scrubbed', 'T', 'production was not touched', []],
])('on %s: %s, %s', (on, title, text, problems) => {
  expect(problemsIn(`${withSteps('- wait: A\n  for: 1s')}${announcement(on, title, text)}\n`)).toEqual(problems);
});
