import { expect, test } from 'vitest';
import { missingPackages } from './wanted.ts';

test.each([
  ['/bin/sh', []],
  ['/bin/s[h]', []],
  ['/bin/no-such-program', ['x']],
  // There, but no program.
  ['/etc/passwd', ['x']],
])('of %s is missing: %j', (programs, missing) => {
  expect(missingPackages([{ package: 'x', programs }])).toEqual(missing);
});
