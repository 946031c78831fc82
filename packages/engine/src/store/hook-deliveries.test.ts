import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../ports/database.ts';
import { createHookDeliveries } from './hook-deliveries.ts';
import { openSqliteDatabase } from './sqlite/sqlite-database.ts';

let database: Database;
beforeEach(async () => {
  database = await openSqliteDatabase(':memory:');
});
afterEach(() => database.close());

describe('deliveries of hooks', () => {
  it('are known until their time is over, each of its own sender', async () => {
    const deliveries = createHookDeliveries(database);
    await deliveries.keep('grafana', 'a', { now: 0, until: 100 });
    const known = (sender: string, id: string, now: number) => deliveries.has(sender, id, now);
    expect(await Promise.all([known('grafana', 'a', 99), known('grafana', 'a', 100)])).toEqual([true, false]);
    expect(await Promise.all([known('standard', 'a', 1), known('grafana', 'b', 1)])).toEqual([false, false]);
  });

  it('are kept longer where they come again, also by two servers at once', async () => {
    const [one, other] = [createHookDeliveries(database), createHookDeliveries(database)];
    await Promise.all([
      one.keep('grafana', 'a', { now: 0, until: 10 }),
      other.keep('grafana', 'a', { now: 0, until: 20 }),
    ]);
    expect(await one.has('grafana', 'a', 15)).toBe(true);
  });

  it('go when they have had their time', async () => {
    const deliveries = createHookDeliveries(database);
    await deliveries.keep('grafana', 'old', { now: 0, until: 10 });
    await deliveries.keep('grafana', 'new', { now: 10, until: 20 });
    expect(await database.query('select id from hook_delivery', [])).toEqual([{ id: 'new' }]);
  });
});
