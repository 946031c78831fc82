import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches } from './expected-values.ts';
import { formatServerAddress, parseServerAddress } from './server-address.ts';

describe('globMatches', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'ab', false],
    ['*', '', true],
    ['a*', 'a', true],
    ['a*a', 'a', false],
    ['*.b', 'a.b', true],
    ['*.b', 'a.b.c', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (glob, text, holds) => {
    expect(globMatches(glob, text)).toBe(holds);
  });

  it('says what a regular expression says', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(some, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (glob, text) => {
        expect(globMatches(glob, text)).toBe(new RegExp(`^${glob.replaceAll(/\*+/g, '.*')}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

it.each([
  ['192.0.2.1', { address: '192.0.2.1', port: 53 }],
  ['192.0.2.1:5353', { address: '192.0.2.1', port: 5353 }],
  ['2001:db8::1', { address: '2001:db8::1', port: 53 }],
  ['[2001:db8::1]:5353', { address: '2001:db8::1', port: 5353 }],
])('%s is an address of a server', (text, address) => {
  expect(parseServerAddress(text)).toEqual(address);
  expect(formatServerAddress(address)).toBe(text);
});
