import { expect, test } from 'vitest';
import { keysOfPath } from './json-path.ts';

test.each([
  ['$.version', ['version']],
  ["$['build info'][0].version", ['build info', 0, 'version']],
  ['$[-1]', [-1]],
  ['$', []],
  ['$.*', null],
  ['$..version', null],
  ["$['a','b']", null],
  ['$[0:2]', null],
  ['$[?@.version]', null],
  ['version', null],
])('%s leads to one value by %j', (path, keys) => {
  expect(keysOfPath(path)).toEqual(keys);
});
