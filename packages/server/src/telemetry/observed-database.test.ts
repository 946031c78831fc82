import { type Database, type Queryable, StorageError } from '@slipway/engine';
import { expect, it } from 'vitest';
import { observedDatabase } from './observed-database.ts';

const gone = (): Promise<never> => Promise.reject(new StorageError('closed', 'gone'));
const failing: Database = { query: gone, transaction: gone, close: async () => {} };

it('can do in one statement what the database behind it can', async () => {
  const asked: string[] = [];
  const tx: Queryable = { query: async (sql) => (asked.push(sql), []) };
  const able: Database = { ...failing, atOnce: async (work) => (await work(tx), true) };
  const observed = observedDatabase(able, () => {});
  expect(await observed.atOnce?.(async (each) => void (await each.query('select 1')))).toBe(true);
  expect(asked).toEqual(['select 1']);
  expect('atOnce' in observedDatabase(failing, () => {})).toBe(false);
});

it.each(['query', 'transaction', 'atOnce'] as const)('tells of a %s that the database refused', async (way) => {
  const told: string[] = [];
  const observed = observedDatabase({ ...failing, atOnce: gone }, (code) => told.push(code));
  const ask = {
    query: () => observed.query('select 1'),
    transaction: () => observed.transaction(async () => 1),
    atOnce: async () => await observed.atOnce?.(async () => {}),
  };
  await expect(ask[way]()).rejects.toThrow('gone');
  expect(told).toEqual(['closed']);
});
