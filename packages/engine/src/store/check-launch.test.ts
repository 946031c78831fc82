import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database } from '../ports/database.ts';
import type { LaunchStore } from '../ports/launch-store.ts';
import { NOW, ONE_OF_EACH, PERSON, START } from '../testing/drafts.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { sealEvents, verifyChain } from './chain.ts';
import { checkLaunch, readWritten } from './check-launch.ts';

const LAUNCH = 'shop-1';
const drafts = Object.values(ONE_OF_EACH).map((event) => ({ actor: PERSON, event }));
const log = sealEvents(LAUNCH, START, drafts, NOW);

const fill = async (store: LaunchStore) =>
  await store.append({
    launch: LAUNCH,
    name: 'shop',
    expected: 0,
    events: log,
    enqueue: [],
    complete: [],
    active: true,
    release: false,
  });

const COLUMNS = ['type', 'actor', 'payload', 'previous', 'hash'] as const;

describe('a stored launch', () => {
  it('is checked as it was written', async () => {
    await using world = await createMemoryWorld();
    await fill(world.store);
    const head = { seq: log.length, hash: log.at(-1)?.hash };
    expect(await checkLaunch(world.database, LAUNCH)).toEqual({ ok: true, head });
    expect(verifyChain(LAUNCH, await readWritten(world.database, LAUNCH))).toEqual({ ok: true, head });
    expect(await checkLaunch(world.database, 'shop-2')).toEqual({ ok: true, head: START });
  });

  it('shows any change of any character of any column', async () => {
    await using world = await createMemoryWorld();
    await fill(world.store);
    const change = fc.record({
      index: fc.nat({ max: log.length - 1 }),
      column: fc.constantFrom(...COLUMNS),
      position: fc.nat(),
      character: fc.constantFrom('0', 'x', ' ', '}', '"', ''),
    });
    const property = fc.asyncProperty(change, async ({ index, column, position, character }) => {
      const seq = index + 1;
      const before = await cell(world.database, seq, column);
      const at = position % before.length;
      const after = before.slice(0, at) + character + before.slice(at + 1);
      fc.pre(after !== before);
      await setCell(world.database, { seq, column, value: after });
      const check = await checkLaunch(world.database, LAUNCH);
      await setCell(world.database, { seq, column, value: before });
      expect(check).toMatchObject({ ok: false, seq });
    });
    await fc.assert(property, { numRuns: 300 });
    expect((await checkLaunch(world.database, LAUNCH)).ok).toBe(true);
  });

  it.each([
    ['an event taken out', 'delete from event where seq = 7', 7],
    ['the first taken out', 'delete from event where seq = 1', 1],
    ['the newest taken out', `delete from event where seq = ${log.length}`, log.length],
    ['all taken out', 'delete from event', 1],
    ['white space in a payload', "update event set payload = payload || ' ' where seq = 3", 3],
    ['another time', 'update event set at = at + 1 where seq = 3', 3],
    ['an event too many', 'update launch set version = version - 2', log.length - 1],
  ])('shows %s', async (_title, sql, seq) => {
    await using world = await createMemoryWorld();
    await fill(world.store);
    await world.database.query(sql);
    expect(await checkLaunch(world.database, LAUNCH)).toMatchObject({ ok: false, seq });
  });

  it.each([
    ['a payload that is no JSON', "update event set payload = '{' where seq = 3", 'damaged', 'Event 3 of shop-1'],
    ['a payload of another type', "update event set payload = '{}' where seq = 3", 'damaged', 'Event 3 of shop-1'],
    [
      'an actor that is none',
      `update event set actor = '{"kind":"cat"}' where seq = 3`,
      'damaged',
      'Event 3 of shop-1',
    ],
    [
      'an event of a later version',
      `update event set payload = '{"type":"beamed"}', type = 'beamed' where seq = 3`,
      'unknown-event',
      'beamed',
    ],
  ])('does not read with %s', async (_title, sql, code, words) => {
    await using world = await createMemoryWorld();
    await fill(world.store);
    await world.database.query(sql);
    await expect(world.store.read(LAUNCH)).rejects.toMatchObject({
      name: 'StorageError',
      code,
      message: expect.stringContaining(words),
    });
  });
});

async function cell(database: Database, seq: number, column: string): Promise<string> {
  const [row] = await database.query(`select ${column} as value from event where seq = ?1`, [seq]);
  return String(row?.['value']);
}

async function setCell(database: Database, { seq, column, value }: { seq: number; column: string; value: string }) {
  await database.query(`update event set ${column} = ?1 where seq = ?2`, [value, seq]);
}
