import { expect, it } from 'vitest';
import { Gathered } from './gathered.ts';

/** What was done in one go, and the doors that let each go end. */
function stage() {
  const [goes, doors]: [string[][], PromiseWithResolvers<void>[]] = [[], []];
  const gathered = new Gathered<string>(async (items) => {
    goes.push([...items]);
    const door = Promise.withResolvers<void>();
    doors.push(door);
    await door.promise;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { goes, doors, gathered, turn };
}

it('does in one go what was asked for while the last go was under way', async () => {
  const { goes, doors, gathered, turn } = stage();
  const ended: string[] = [];
  const add = async (item: string) => {
    await gathered.add(item);
    ended.push(item);
  };
  const all = [add('a')];
  await turn();
  all.push(add('b'), add('c'));
  await turn();
  expect(goes).toEqual([['a']]);
  doors[0]?.resolve();
  await turn();
  expect([goes, ended]).toEqual([[['a'], ['b', 'c']], ['a']]);
  doors[1]?.resolve();
  await Promise.all(all);
  expect(ended).toEqual(['a', 'b', 'c']);
});

it('rejects for everyone in a go that failed, and goes on', async () => {
  const { goes, doors, gathered, turn } = stage();
  const failing = Promise.allSettled([gathered.add('a'), gathered.add('b')]);
  await turn();
  doors[0]?.reject(new Error('out of order'));
  expect(await failing).toMatchObject([
    { reason: { message: 'out of order' } },
    { reason: { message: 'out of order' } },
  ]);
  const next = gathered.add('c');
  await turn();
  doors[1]?.resolve();
  await next;
  expect(goes).toEqual([['a', 'b'], ['c']]);
});
