import { describe, expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const NOBODY = 'the plan does not say whom "page" tells, expected page: { to: [a channel] } at the top of the plan';
const paging = (keys: string): string =>
  withSteps(
    `- rollout: production\n  strategy: canary\n  while: ['errors.new < 0.1']\n  steps: [{ weight: 100, hold: 1s }]\n  ${keys}`,
  );
const TOLD = 'page: { to: [team] }\n';

describe('a step that pages', () => {
  test.each([
    ['on-fail: page', `17:18: ${NOBODY}`],
    ['on-insufficient-data: page', `17:31: ${NOBODY}`],
    ['on-telemetry-broken: page', `17:30: ${NOBODY}`],
  ])('needs somebody to page: %s', (keys, problem) => {
    expect(problemsIn(paging(keys))).toEqual([problem]);
    expect(problemsIn(`${paging(keys)}${TOLD}`)).toEqual([]);
  });

  test('of any kind does', () => {
    const text = withSteps('- wait: A\n  for: 1m\n  on-fail: page');
    expect(problemsIn(text)).toEqual([expect.stringContaining(NOBODY)]);
    expect(problemsIn(`${text}${TOLD}`)).toEqual([]);
  });

  test('is not blamed for a page whose form is wrong', () => {
    expect(problemsIn(`${paging('on-fail: page')}page: { too: [team] }\n`)).toEqual([
      expect.stringMatching(/unknown key "too", did you mean "to"\?$/),
    ]);
  });
});

describe('a page', () => {
  const head = (page: string): readonly string[] => problemsIn(`${paging('on-fail: page')}page: ${page}\n`);

  test.each([
    ['{ to: [teem] }', 'there is no channel "teem", did you mean "team"?'],
    ['{ to: [team, team] }', '"team" is listed twice'],
    ['{ to: [] }', 'expected at least 1'],
    ['{ to: [team], again: 10s }', 'at least 30s'],
    ['{ to: [team], again: often }', 'expected a duration'],
    ['{ to: [team], language: de }', 'expected en or fr'],
  ])('%s', (page, problem) => {
    expect(head(page)).toEqual([expect.stringContaining(problem)]);
  });

  test.each(['{ to: [team] }', '{ to: [team], again: 30s, language: fr }'])('nothing is wrong with %s', (page) => {
    expect(head(page)).toEqual([]);
  });
});
