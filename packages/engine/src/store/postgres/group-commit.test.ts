import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Queryable, SqlRow, SqlValue } from '../../ports/database.ts';
import { createPostgresWorld } from '../../testing/postgres-world.ts';
import { describeOnPostgres } from '../../testing/test-postgres.ts';
import { GroupCommit } from './group-commit.ts';

const SET = 'update meta set value = ?1 where key = ?2 returning key';
const PUT = 'insert into meta (key, value) values (?1, ?2) returning key';

/** Work that asks for one statement, and what it was answered. */
function asking(sql: string, ...values: readonly SqlValue[]) {
  const answers: (readonly SqlRow[])[] = [];
  const work = async (tx: Queryable): Promise<void> => {
    answers.push(await tx.query(sql, values));
  };
  return { work, answers };
}

/** A server that answers when it is told to. */
function heldServer() {
  const runs: { sql: string; values: readonly SqlValue[]; answered: PromiseWithResolvers<readonly SqlRow[]> }[] = [];
  const group = new GroupCommit((sql, values) => {
    const answered = Promise.withResolvers<readonly SqlRow[]>();
    runs.push({ sql, values, answered });
    return answered.promise;
  });
  const parts = () => runs.map(({ sql }) => sql.split(' as (update').length - 1);
  return { runs, group, parts };
}

const refusal = (code: string, severity = 'ERROR') => Object.assign(new Error('refused'), { code, severity });

describe('work that waits at the same time', () => {
  it('goes at once while the server is free, and together behind that, in powers of two', async () => {
    const { runs, group, parts } = heldServer();
    const adding = Array.from({ length: 10 }, (_, index) => group.add(asking(SET, `v${index}`, `k${index}`).work));
    expect(parts()).toEqual([1, 1, 1]);
    runs[0]?.answered.resolve([{ p0: null }]);
    await adding[0];
    await turn();
    expect(parts()).toEqual([1, 1, 1, 4]);
    expect(runs[3]?.values).toEqual(['v3', 'k3', 'v4', 'k4', 'v5', 'k5', 'v6', 'k6']);
  });

  it('gives each the row of its own statement', async () => {
    const { runs, group } = heldServer();
    const works = ['a', 'b', 'c', 'd', 'e'].map((key) => asking(SET, 'new', key));
    const adding = works.map(({ work }) => group.add(work));
    for (const run of runs.slice(0, 3)) run.answered.resolve([{ p0: '{"key":"first"}' }]);
    await Promise.all(adding.slice(0, 3));
    await turn();
    runs[3]?.answered.resolve([{ p0: '{"key":"d"}', p1: '{"key":"e"}' }]);
    expect(await Promise.all(adding)).toEqual([true, true, true, true, true]);
    expect(works.map(({ answers }) => answers[0]?.[0]?.['key'])).toEqual(['first', 'first', 'first', 'd', 'e']);
  });

  it('does not mix what asks differently, and lets nobody be overtaken for ever', async () => {
    const { runs, group } = heldServer();
    for (const key of ['a', 'b', 'c']) void group.add(asking(SET, 'new', key).work);
    void group.add(asking(PUT, 'd', 'new').work);
    for (const key of ['e', 'f']) void group.add(asking(SET, 'new', key).work);
    for (const { answered } of runs.slice(0, 3)) answered.resolve([{}]);
    await turn();
    expect(runs.slice(3).map(({ values }) => values)).toEqual([
      ['d', 'new'],
      ['new', 'e', 'new', 'f'],
    ]);
  });

  it.each([
    ['a refusal', refusal('22001'), false],
    ['a row that was not there', refusal('22012'), false],
  ])('is told to go its own way after %s of what it went with', async (_title, error, done) => {
    const { runs, group } = heldServer();
    const adding = Array.from({ length: 5 }, (_, index) => group.add(asking(SET, 'new', `k${index}`).work));
    for (const run of runs.slice(0, 3)) run.answered.resolve([{}]);
    await turn();
    runs[3]?.answered.reject(error);
    expect(await Promise.all(adding.slice(3))).toEqual([done, done]);
  });

  it('is not said to be undone where that is not certain', async () => {
    const { runs, group } = heldServer();
    const adding = Array.from({ length: 5 }, (_, index) => group.add(asking(SET, 'new', `k${index}`).work));
    for (const run of runs.slice(0, 3)) run.answered.resolve([{}]);
    await turn();
    runs[3]?.answered.reject(new Error('Connection terminated unexpectedly'));
    const settled = await Promise.allSettled(adding.slice(3));
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('says what is wrong with it where it went alone', async () => {
    const { runs, group } = heldServer();
    const adding = group.add(asking(SET, 'new', 'a').work);
    runs[0]?.answered.reject(refusal('22001'));
    await expect(adding).rejects.toThrow('refused');
  });

  it('has passed when all of it is over', async () => {
    const { runs, group } = heldServer();
    const adding = Array.from({ length: 4 }, (_, index) => group.add(asking(SET, 'new', `k${index}`).work));
    let hasPassed = false;
    const passing = group.passed().then(() => (hasPassed = true));
    for (const run of runs.slice(0, 3)) run.answered.resolve([{}]);
    await Promise.all(adding.slice(0, 3));
    await turn();
    expect(hasPassed).toBe(false);
    runs[3]?.answered.resolve([{}]);
    await passing;
  });
});

describeOnPostgres('a group in one statement', () => {
  const setUp = async () => {
    const world = await createPostgresWorld();
    const { database } = world;
    const keys = Array.from({ length: 12 }, (_, index) => `k${String(index).padStart(2, '0')}`);
    for (const key of keys) await database.query('insert into meta (key, value) values (?1, ?2)', [key, 'old']);
    const sqls: string[] = [];
    const group = new GroupCommit((sql, values) => {
      sqls.push(sql);
      return database.query(sql, values);
    });
    const values = async () => {
      const rows = await database.query("select value from meta where key like 'k__' order by key");
      return rows.map(({ value }) => value);
    };
    return { group, keys, sqls, values, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  };

  it('does what each asked for', async () => {
    await using world = await setUp();
    const works = world.keys.map((key, index) => asking(SET, `new ${index}`, key));
    expect(await Promise.all(works.map(({ work }) => world.group.add(work)))).toEqual(works.map(() => true));
    expect(await world.values()).toEqual(works.map((_, index) => `new ${index}`));
    expect(works.map(({ answers }) => answers[0]?.[0]?.['key'])).toEqual(world.keys);
    expect(world.sqls.length).toBeLessThan(works.length);
  });

  it('does nothing of it when a row of one is not there', async () => {
    await using world = await setUp();
    const works = world.keys.map((key, index) => asking(SET, 'new', index === 5 ? 'nowhere' : key));
    const done = await Promise.all(works.map(({ work }) => world.group.add(work)));
    const values = await world.values();
    expect(done[5]).toBe(false);
    expect(done).toContain(true);
    expect(values).toEqual(done.map((isDone) => (isDone ? 'new' : 'old')));
    expect(done.filter((isDone) => !isDone).length).toBeGreaterThan(1);
  });
});
