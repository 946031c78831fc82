import { expect, test } from 'vitest';
import { FLAG_SET } from '../testing/sample-flags.ts';
import { nearFlags, nearKeys } from './near-flags.ts';

const KEYS = ['new-checkout', 'newCart', 'banner', 'a'];

test.each<[string, readonly string[]]>([
  ['new-chekout', ['new-checkout']],
  ['NEW-CHECKOUT', ['new-checkout']],
  ['checkout', ['new-checkout']],
  ['baner', ['banner']],
  ['newcart', ['newCart']],
  ['something-else', []],
  ['x'.repeat(5_000), []],
])('%s may mean %j', (typed, expected) => {
  expect(nearKeys(typed, KEYS)).toEqual(expected);
});

test('three at most, the likeliest first', () => {
  expect(nearKeys('sale', ['sale-4', 'sale-3', 'sale-2', 'sales'])).toEqual(['sales', 'sale-2', 'sale-3']);
});

test('are looked for in every set, and what cannot be asked has none', async () => {
  const sets = ['shop.production', 'shop.gone'].map((set) => ({ set, version: 1, flags: 1, killed: [] }));
  const api = {
    sets: async () => ({ sets }),
    set: async (set: string) => {
      if (set === 'shop.gone') throw new Error('gone');
      return FLAG_SET;
    },
  };
  expect(await nearFlags(api, 'sael')).toEqual([]);
  expect(await nearFlags(api, 'sal')).toEqual(['sale']);
  expect(await nearFlags({ ...api, sets: () => Promise.reject(new Error('down')) }, 'sal')).toEqual([]);
});
