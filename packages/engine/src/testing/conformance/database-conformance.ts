import { describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../ports/database.ts';

/** Made anew for every test, with Slipway's tables in it, and disposed of after it. */
export interface DatabaseWorld extends AsyncDisposable {
  readonly database: Database;
}

const PUT =
  'insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value returning value';

const put = async (on: Queryable, key: string, value: string) => await on.query(PUT, [key, value]);
const get = async (on: Queryable, key: string) =>
  (await on.query('select value from meta where key = ?1', [key]))[0]?.['value'] ?? null;

/** What every database keeps to. `setUp` is called once a test. */
export function describeDatabaseConformance(name: string, setUp: () => Promise<DatabaseWorld>): void {
  describe(`database ${name} conforms`, () => {
    valueCases(setUp);
    transactionCases(setUp);
  });
}

function valueCases(setUp: () => Promise<DatabaseWorld>): void {
  it.each([
    ['empty', ''],
    ['quotes', `'"; drop table meta; --`],
    ['placeholders', '?1 $1 :a'],
    ['beyond ASCII', 'Ça été 🚀 \u2028'],
    ['long', 'é'.repeat(1_000_000)],
  ])('keeps text as it is: %s', async (_title, text) => {
    await using world = await setUp();
    await put(world.database, 'text', text);
    expect(await get(world.database, 'text')).toBe(text);
  });

  it.each([0, 1, -1, 2 ** 31, Date.UTC(2026, 10, 24), Number.MAX_SAFE_INTEGER])(
    'keeps whole numbers as numbers: %d',
    async (number) => {
      await using world = await setUp();
      const sql = "insert into lease (environment, launch, expires_at) values ('e', 'l', ?1) returning expires_at";
      expect((await world.database.query(sql, [number]))[0]?.['expires_at']).toBe(number);
    },
  );

  it('keeps null, binds by number, and returns rows in order', async () => {
    await using world = await setUp();
    const sql =
      'insert into work (id, launch, effect, due_at, stamp) values (?2, ?1, ?3, ?4, ?1), (?1, ?2, ?3, ?4, ?2)';
    expect(await world.database.query(sql, ['a', 'b', null, 7])).toEqual([]);
    const rows = await world.database.query('select id, launch, effect, due_at, stamp from work order by id');
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { id: 'a', launch: 'b', effect: null, due_at: 7, stamp: 'b' },
      { id: 'b', launch: 'a', effect: null, due_at: 7, stamp: 'a' },
    ]);
  });

  it('upserts and returns', async () => {
    await using world = await setUp();
    await put(world.database, 'key', 'one');
    expect((await put(world.database, 'key', 'two')).map((row) => ({ ...row }))).toEqual([{ value: 'two' }]);
    expect(await world.database.query('delete from meta where key = ?1 returning key', ['no such key'])).toEqual([]);
  });

  it.each([
    ['nonsense', 'selec 1', []],
    ['an unknown table', 'select * from no_such_table', []],
    ['an id that is there already', "insert into meta (key, value) values ('schema', '0')", []],
    ['a null where none may be', 'insert into meta (key, value) values (?1, ?2)', ['a', null]],
    ['text for a number', "insert into lease (environment, launch, expires_at) values ('e', 'l', ?1)", ['soon']],
  ])('refuses %s, and goes on', async (_title, sql, values) => {
    await using world = await setUp();
    await expect(world.database.query(sql, values)).rejects.toThrow(/./);
    await put(world.database, 'after', 'fine');
    expect(await get(world.database, 'after')).toBe('fine');
  });

  it('answers nothing after it was closed, and may be closed twice', async () => {
    await using world = await setUp();
    await world.database.close();
    await world.database.close();
    await expect(world.database.query('select 1')).rejects.toThrow(/closed/);
    await expect(world.database.transaction(async () => 1)).rejects.toThrow(/closed/);
  });
}

function transactionCases(setUp: () => Promise<DatabaseWorld>): void {
  it('commits what a transaction did, and gives its result', async () => {
    await using world = await setUp();
    const result = await world.database.transaction(async (tx) => {
      await put(tx, 'a', '1');
      await put(tx, 'b', '2');
      return await get(tx, 'a');
    });
    expect(result).toBe('1');
    expect([await get(world.database, 'a'), await get(world.database, 'b')]).toEqual(['1', '2']);
  });

  it('takes back all of a transaction whose work rejects, and rejects with the same', async () => {
    await using world = await setUp();
    const reason = new Error('changed my mind');
    const work = world.database.transaction(async (tx) => {
      await put(tx, 'a', '1');
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await get(world.database, 'a')).toBeNull();
  });

  it('takes back all of a transaction of which one statement fails', async () => {
    await using world = await setUp();
    const work = world.database.transaction(async (tx) => {
      await put(tx, 'a', '1');
      await tx.query("insert into meta (key, value) values ('schema', '0')");
    });
    await expect(work).rejects.toThrow(/./);
    expect(await get(world.database, 'a')).toBeNull();
    await world.database.transaction(async (tx) => await put(tx, 'b', '2'));
    expect(await get(world.database, 'b')).toBe('2');
  });

  it('loses nothing of many transactions at once whose statements say what they rest on', async () => {
    await using world = await setUp();
    const increment = "update meta set value = cast(cast(value as integer) + 1 as text) where key = 'count'";
    const from = "update meta set value = ?2 where key = 'guarded' and value = ?1 returning key";
    await put(world.database, 'count', '0');
    await put(world.database, 'guarded', '0');
    const won = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, index) =>
          await world.database.transaction(async (tx) => {
            await tx.query(increment);
            return (await tx.query(from, ['0', String(index + 1)])).length;
          }),
      ),
    );
    expect(await get(world.database, 'count')).toBe('50');
    expect(won.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  it('shows nobody else what is not committed', async () => {
    await using world = await setUp();
    await put(world.database, 'a', 'before');
    const begun = Promise.withResolvers<void>();
    const failed = world.database.transaction(async (tx) => {
      await put(tx, 'a', 'during');
      begun.resolve();
      expect(await get(tx, 'a')).toBe('during');
      throw new Error('taken back');
    });
    const seen = begun.promise.then(async () => await get(world.database, 'a'));
    await expect(failed).rejects.toThrow('taken back');
    expect(await seen).toBe('before');
  });

  it('lets nobody use a transaction that is over', async () => {
    await using world = await setUp();
    let kept: Queryable | null = null;
    await world.database.transaction(async (tx) => {
      kept = tx;
      return await put(tx, 'a', '1');
    });
    const late = kept as Queryable | null;
    await expect(late?.query(PUT, ['a', '2'])).rejects.toThrow(/over/);
    expect(await get(world.database, 'a')).toBe('1');
  });
}
