import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameOf } from './environment-files.ts';

test.each([
  ['production', /^production$/],
  ['2.5.0-rc.1', /^2\.5\.0-rc\.1$/],
  ['Production', /^production-[0-9a-f]{16}$/],
  ['../../etc', /^etc-[0-9a-f]{16}$/],
  ['', /^-[0-9a-f]{16}$/],
  ['été/1', /^t-1-[0-9a-f]{16}$/],
  ['x'.repeat(300), /^x{40}-[0-9a-f]{16}$/],
])('%j', (text, expected) => {
  expect(fileNameOf(text)).toMatch(expected);
});

test('any two names get two files, in one folder, also where case does not count', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const names = [fileNameOf(one), fileNameOf(other)];
      expect(names.filter((name) => !/^[a-z0-9._-]{1,64}$/.test(name) || /^\.+$/.test(name))).toEqual([]);
      expect(names[0] === names[1]).toBe(one === other);
    }),
  );
});
