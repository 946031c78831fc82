import { expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

test('runs one after the other for a key, side by side for two, and goes on after a failure', async () => {
  const queue = new KeyedQueue();
  const gate = Promise.withResolvers<void>();
  const seen: string[] = [];
  const work = (name: string, wait?: Promise<void>) => async () => {
    seen.push(`${name} begins`);
    await wait;
    seen.push(`${name} ends`);
    return name;
  };
  const first = queue.run('a', work('first', gate.promise));
  const second = queue.run('a', () => Promise.reject(new Error('second fails')));
  const third = queue.run('a', work('third'));
  expect(await queue.run('b', work('other'))).toBe('other');
  expect(seen).toEqual(['first begins', 'other begins', 'other ends']);
  gate.resolve();
  const results = await Promise.allSettled([first, second, third]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen.slice(3)).toEqual(['first ends', 'third begins', 'third ends']);
});
