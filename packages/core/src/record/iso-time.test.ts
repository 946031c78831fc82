import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utcTime } from './iso-time.ts';

test('agrees with the calendar of the machine on every second', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (at) => {
      expect(utcTime(at)).toBe(`${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
    }),
  );
});
