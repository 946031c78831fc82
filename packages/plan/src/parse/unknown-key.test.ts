import { expect, test } from 'vitest';
import { unknownKey } from './unknown-key.ts';

test.each([
  ['ratoi', ['ratio', 'quantile'], [], 'unknown key "ratoi", did you mean "ratio"?', undefined],
  ['foo', ['ratio', 'quantile'], ['ratio'], 'unknown key "foo"', 'ratio or quantile'],
  ['foo', [], [], 'unknown key "foo"', undefined],
  ['ratio', ['ratio', 'quantile'], ['quantile'], '"ratio" does not go with quantile', 'one or the other'],
  ['ratio', ['ratio', 'quantile', 'query'], [], '"ratio" does not fit here', 'quantile or query'],
  ['<<', ['ratio'], [], 'unknown key "<<"; merge keys are not part of a plan', undefined],
  ['a\u001B[2J\u202Eb', ['ratio'], [], 'unknown key "a [2J b"', 'ratio'],
  ['x'.repeat(90), ['ratio'], [], `unknown key "${'x'.repeat(57)}..."`, 'ratio'],
])('%j among %j, beside %j', (key, known, others, message, expected) => {
  expect(unknownKey(key, { known, others })).toEqual({ message, ...(expected === undefined ? {} : { expected }) });
});
