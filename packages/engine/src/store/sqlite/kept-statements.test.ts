import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { KeptStatements } from './kept-statements.ts';

it('prepares what it keeps once, and keeps two hundred at most', () => {
  using connection = new DatabaseSync(':memory:');
  const prepared = new Map<string, number>();
  const statements = new KeptStatements((sql) => {
    prepared.set(sql, (prepared.get(sql) ?? 0) + 1);
    return connection.prepare(sql);
  });
  const texts = Array.from({ length: 300 }, (_, index) => `select ${index} as number`);
  for (let round = 0; round < 3; round += 1)
    for (const [index, sql] of texts.entries()) expect(statements.of(sql).all()).toMatchObject([{ number: index }]);
  const times = [...prepared.values()];
  expect([times.filter((count) => count === 1).length, times.filter((count) => count === 3).length]).toEqual([
    200, 100,
  ]);
});
