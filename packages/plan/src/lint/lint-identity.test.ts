import { expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const problemsOf = (identity: string): readonly string[] =>
  problemsIn(withSteps('- wait: A\n  for: 1s').replace('bare: {', `bare: { identity: ${identity},`));

test.each([
  '{ path: /healthz, json: $.version }',
  '{ path: "/health?full=1", json: "$.builds[0].id", is: "{{ artifact.git }}", timeout: 10s }',
  "{ path: /, header: X-Version, is: 'v{{ artifact.version }}' }",
])('nothing is wrong with %s', (identity) => {
  expect(problemsOf(identity)).toEqual([]);
});

test.each([
  ['{ path: /, header: x-version, jsn: $.version }', '7:51: unknown key "jsn", did you mean "json"?'],
  [
    '{ path: healthz, json: $.version }',
    '7:29: "path" is "healthz", expected a path that begins with / and holds no space, such as /healthz',
  ],
  [
    '{ path: /a b, json: $.version }',
    '7:29: "path" is "/a b", expected a path that begins with / and holds no space, such as /healthz',
  ],
  [
    '{ path: "/a#b", json: $.version }',
    '7:29: "path" is "/a#b", expected a path that begins with / and holds no space, such as /healthz',
  ],
  [
    '{ json: $.version }',
    '7:21: "path" is missing in "identity", expected a path that begins with / and holds no space, such as /healthz',
  ],
  [
    '{ path: / }',
    '7:21: "identity" does not say where the version stands in an answer, expected one of "json" and "header"',
  ],
  [
    '{ path: /, json: $.version, header: x-version }',
    '7:49: the version stands in one place only: two could differ, expected one of "json" and "header"',
  ],
  ['{ path: /, json: version }', '7:38: "json" is "version", expected a JSON path (RFC 9535) such as $.items[*].price'],
  [
    "{ path: /, json: '$.versions[*]' }",
    '7:38: "$.versions[*]" may select several values, and the version is one, expected a path of keys and indexes, such as $.version',
  ],
  ['{ path: /, header: x version }', '7:40: "header" is "x version", expected the name of a header, such as x-version'],
  [
    '{ path: /, header: x-version, is: "{{ artifact.versoin }}" }',
    '7:59: there is no variable "artifact.versoin" here, did you mean "artifact.version"?',
  ],
  ['{ path: /, header: x-version, timeout: 11s }', '7:60: "timeout" is "11s", expected at most 10s'],
  [
    '{ path: /, header: x-version, timeout: 0s }',
    '7:60: "timeout" is "0s", expected at least 1ms and at most ten years',
  ],
  ['/healthz', '7:21: "identity" is "/healthz", expected a map of keys and values'],
])('%s: %s', (identity, problem) => {
  expect(problemsOf(identity)).toEqual([problem]);
});
