import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../ports/database.ts';
import { GroupCommit, type OneTransaction } from './group-commit.ts';
import { openSqliteDatabase } from './sqlite-database.ts';

/** Turns at a connection that writes down what it is told; `failing` throws once. */
class Stage {
  readonly log: string[] = [];
  failing: keyof OneTransaction | null = null;
  readonly turns = new GroupCommit({
    begin: () => this.#say('begin'),
    commit: () => this.#say('commit'),
    rollBack: () => void this.log.push('rollBack'),
  });

  /** Says what it does, and when whoever waits is told. */
  transaction(name: string, fails = false): Promise<string> {
    const work = (how: string) => async () => {
      this.log.push(`${name} ${how}`);
      await Promise.resolve();
      if (fails) throw new Error(`${name} failed`);
      return name;
    };
    return this.#told(name, this.turns.transaction(work('alone'), work('shared')));
  }

  read(name: string): Promise<string> {
    const work = (): string => {
      this.log.push(name);
      return name;
    };
    return this.#told(name, this.turns.read(work));
  }

  alone(name: string): Promise<string> {
    return this.#told(
      name,
      this.turns.alone(() => name),
    );
  }

  async #told(name: string, promise: Promise<string>): Promise<string> {
    return await promise.finally(() => this.log.push(`${name} told`));
  }

  #say(what: keyof OneTransaction): void {
    this.log.push(what);
    if (this.failing !== what) return;
    this.failing = null;
    throw new Error(`${what} failed`);
  }
}

describe('commits in a group', () => {
  it('are one for all that wait behind each other, who are told after it in their order', async () => {
    const stage = new Stage();
    await Promise.all([stage.transaction('a'), stage.transaction('b'), stage.transaction('c')]);
    const done = ['begin', 'a shared', 'b shared', 'c shared', 'commit'];
    expect(stage.log).toEqual([...done, 'a told', 'b told', 'c told']);
  });

  it('take in who comes while they are being made', async () => {
    const stage = new Stage();
    const late = Promise.withResolvers<string>();
    const first = stage.turns.transaction(
      async () => 'alone',
      async () => {
        late.resolve(stage.transaction('late'));
        return 'shared';
      },
    );
    await Promise.all([first, stage.transaction('b'), late.promise]);
    expect(stage.log.filter((line) => line === 'commit')).toHaveLength(1);
  });

  it('tell who reads in between after the commit, and who reads before it at once', async () => {
    const stage = new Stage();
    await Promise.all([stage.read('before'), stage.transaction('a'), stage.read('between'), stage.transaction('b')]);
    const [before, group] = [
      ['before', 'before told'],
      ['a shared', 'between', 'b shared'],
    ];
    expect(stage.log).toEqual([...before, 'begin', ...group, 'commit', 'a told', 'between told', 'b told']);
  });

  it.each([
    ['a single one', (stage: Stage) => [stage.transaction('a')], ['a alone', 'a told']],
    [
      'those with something between them that stands alone',
      (stage: Stage) => [stage.transaction('a'), stage.alone('x'), stage.transaction('b')],
      ['a alone', 'a told', 'x told', 'b alone', 'b told'],
    ],
  ])('are not for %s', async (_title, ask, log) => {
    const stage = new Stage();
    await Promise.all(ask(stage));
    expect(stage.log).toEqual(log);
  });

  it('are of a hundred at most', async () => {
    const stage = new Stage();
    await Promise.all(Array.from({ length: 250 }, (_, index) => stage.transaction(`t${index}`)));
    expect(stage.log.filter((line) => line === 'commit')).toHaveLength(3);
  });

  it('come to nothing where one fails: each is done again by itself, and that one fails alone', async () => {
    const stage = new Stage();
    const asked = [stage.transaction('a'), stage.transaction('b', true), stage.transaction('c')];
    const [a, b, c] = await Promise.allSettled(asked);
    expect([a, c]).toMatchObject([{ value: 'a' }, { value: 'c' }]);
    expect(b).toMatchObject({ reason: { message: 'b failed' } });
    expect(stage.log.filter((line) => !line.endsWith('told'))).toEqual(
      ['begin', 'a shared', 'b shared', 'rollBack'].concat('a alone', 'b alone', 'c alone'),
    );
  });

  it.each(['begin', 'commit'] as const)(
    'come to nothing where %s fails, and nobody is told of success before',
    async (what) => {
      const stage = new Stage();
      stage.failing = what;
      expect(await Promise.all([stage.transaction('a'), stage.transaction('b')])).toEqual(['a', 'b']);
      const alone = stage.log.slice(stage.log.indexOf('rollBack'));
      expect(stage.log.slice(0, -alone.length).some((line) => line.endsWith('told'))).toBe(false);
      expect(alone.filter((line) => line.endsWith('alone'))).toEqual(['a alone', 'b alone']);
    },
  );

  it('leave the rest of the process its turns, however often somebody asks again', async () => {
    const stage = new Stage();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    for (let asked = 0; asked < 10_000 && turns === 0; asked += 1) await stage.transaction('a');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('are made of works that each see the context of who asked', async () => {
    const { turns } = new Stage();
    const asker = new AsyncLocalStorage<string>();
    const work = async () => asker.getStore();
    const seen = await Promise.all(
      ['ada', 'grace', 'joan'].map((name) => asker.run(name, () => turns.transaction(work, work))),
    );
    expect(seen).toEqual(['ada', 'grace', 'joan']);
  });
});

const KEYS = ['a', 'b', 'c'];
const deed = fc.record({
  key: fc.constantFrom(...KEYS),
  do: fc.constantFrom('append', 'append', 'append', 'fail', 'break a rule', 'read', 'write'),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

const GET = 'select value from meta where key = ?1';
const PUT = 'insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value';

const valueOf = async (on: Queryable, key: string) => String((await on.query(GET, [key]))[0]?.['value'] ?? '');

/** What each deed answers: what it read, or why it failed. */
async function answerOf(database: Database, { key, do: what }: Deed, index: number): Promise<unknown> {
  if (what === 'read') return await valueOf(database, key);
  if (what === 'write') return await database.query(PUT, [key, `${index}`]);
  return await database.transaction(async (tx) => {
    const before = await valueOf(tx, key);
    await tx.query(PUT, [key, `${before} ${index}`]);
    if (what === 'fail') throw new Error(`after ${before}`);
    if (what === 'break a rule') await tx.query("insert into meta (key, value) values ('schema', '0')");
    return before;
  });
}

async function play(deeds: readonly Deed[], together: boolean): Promise<unknown> {
  const database = await openSqliteDatabase(':memory:');
  const answers: unknown[] = [];
  const ask = async (each: Deed, index: number): Promise<void> => {
    answers[index] = await answerOf(database, each, index).catch((error: Error) => error.message);
  };
  if (together) await Promise.all(deeds.map(ask));
  else for (const [index, each] of deeds.entries()) await ask(each, index);
  const left = await Promise.all(KEYS.map((key) => valueOf(database, key)));
  await database.close();
  return { answers, left };
}

it('asked all at once, a database answers and keeps what it would one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 30 }), async (deeds) => {
      expect(await play(deeds, true)).toEqual(await play(deeds, false));
    }),
    { numRuns: 100 },
  );
}, 60_000);
