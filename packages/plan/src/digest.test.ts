import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './digest.ts';

test.each([
  [{ b: 1, a: { d: null, c: [3, 2] } }, '{"a":{"c":[3,2],"d":null},"b":1}'],
  [{ a: undefined, b: true }, '{"b":true}'],
  ['a"\u2028é', '"a\\"\u2028é"'],
  [[1e21, 0.1, -0, 1e-7], '[1e+21,0.1,0,1e-7]'],
  // UTF-16 order, as RFC 8785 has it: U+1F600 (a surrogate pair) before U+FB33.
  [{ '\uFB33': 1, '😀': 2, '\u20AC': 3 }, '{"€":3,"😀":2,"\uFB33":1}'],
])('%j is %s', (value, json) => {
  expect(canonicalJson(value)).toBe(json);
});

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [1n], [() => 1]])('%s is refused', (value) => {
  expect(() => canonicalJson({ value: [value] })).toThrow(TypeError);
});

test('holds the same value, and does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
