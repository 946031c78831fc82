import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HashSet } from './hash-set.ts';

/** Those of one low word begin at one slot; the largest is 2^53 - 1. */
const hash = fc.oneof(
  fc.tuple(fc.nat(3), fc.nat(2)).map(([low, high]) => low + high * 2 ** 32),
  fc.maxSafeNat(),
  fc.constantFrom(2 ** 32 - 1, 2 ** 53 - 1),
);

it('holds what a set holds, up to its capacity', () => {
  const asked = fc.property(fc.integer({ min: 1, max: 12 }), fc.array(hash, { maxLength: 60 }), (capacity, hashes) => {
    const [set, model] = [new HashSet(capacity), new Set<number>()];
    for (const each of hashes.map((given) => (given === 0 ? 2 : given))) {
      const fits = model.has(each) || model.size < capacity;
      if (fits) model.add(each);
      expect(set.add(each)).toBe(fits);
      expect(set.has(each)).toBe(fits);
      expect(set.size).toBe(model.size);
    }
    for (const each of model) expect(set.has(each)).toBe(true);
  });
  fc.assert(asked);
});

it('takes zero for a hash like any other, though it is not told from one', () => {
  const set = new HashSet(2);
  expect(set.has(0)).toBe(false);
  set.add(0);
  expect([set.has(0), set.has(1), set.size]).toEqual([true, true, 1]);
});

it('holds all of them while it grows, also those that begin at one place', () => {
  const set = new HashSet(6_000);
  const hashes = Array.from({ length: 6_000 }, (_, index) => (index % 200) + 1 + index * 2 ** 32);
  for (const each of hashes) expect([set.has(each), set.add(each)]).toEqual([false, true]);
  expect([hashes.every((each) => set.has(each)), set.size, set.add(7)]).toEqual([true, 6_000, false]);
});

it('holds nothing when it was cleared', () => {
  const set = new HashSet(1);
  expect([set.add(5), set.add(6)]).toEqual([true, false]);
  set.clear();
  expect([set.has(5), set.size, set.add(6), set.has(6)]).toEqual([false, 0, true, true]);
});
