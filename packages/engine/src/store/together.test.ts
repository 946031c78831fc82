import { expect, it } from 'vitest';
import type { Queryable } from '../ports/database.ts';
import { together } from './together.ts';

const tx = (pipelined?: true): Queryable => ({
  query: async () => [],
  ...(pipelined === undefined ? {} : { pipelined }),
});

/** Steps that note when they begin and end; those of these names fail. */
function stage(...failing: readonly string[]) {
  const seen: string[] = [];
  const step = (name: string) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    if (failing.includes(name)) throw new Error(`${name} failed`);
    seen.push(`${name} ends`);
  };
  return { seen, steps: ['a', 'b', 'c'].map(step) };
}

it('asks one after the other where what follows a failure would be done', async () => {
  const { seen, steps } = stage('b');
  await expect(together(tx(), ...steps)).rejects.toThrow('b failed');
  expect(seen).toEqual(['a begins', 'a ends', 'b begins']);
});

it('asks all at once, in order, where the database refuses what follows a failure, and waits for all', async () => {
  const { seen, steps } = stage('b', 'c');
  await expect(together(tx(true), ...steps)).rejects.toThrow('b failed');
  expect(seen).toEqual(['a begins', 'b begins', 'c begins', 'a ends']);
});
