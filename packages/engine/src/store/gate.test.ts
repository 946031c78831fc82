import { expect, it } from 'vitest';
import { Gate } from './gate.ts';

it('lets so many in at a time, in the order of asking, also after one that failed', async () => {
  const gate = new Gate(2);
  const [begun, doors]: [number[], PromiseWithResolvers<void>[]] = [[], []];
  const all = Array.from({ length: 5 }, async (_, index) => {
    const door = Promise.withResolvers<void>();
    doors.push(door);
    return await gate.take(async () => {
      begun.push(index);
      await door.promise;
      return index;
    });
  });
  const settled = Promise.allSettled(all);
  expect(begun).toEqual([0, 1]);
  doors[1]?.reject(new Error('1 failed'));
  await expect(all[1]).rejects.toThrow('1 failed');
  expect(begun).toEqual([0, 1, 2]);
  let passed = false;
  const passing = gate.passed().then(() => (passed = true));
  for (const index of [0, 2, 3]) doors[index]?.resolve();
  await Promise.all([all[0], all[2], all[3]]);
  expect([begun, passed]).toEqual([[0, 1, 2, 3, 4], false]);
  doors[4]?.resolve();
  await passing;
  expect((await settled).map(({ status }) => status).toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'fulfilled'),
    'rejected',
  ]);
});
