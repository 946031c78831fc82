import { describe, expect, it } from 'vitest';
import { createFlagCounter } from '../../flags/flag-counter.ts';
import type { Database } from '../../ports/database.ts';
import type { FlagOutcome } from '../../ports/flag-counter.ts';
import { StorageError } from '../../store/storage-error.ts';
import { createManualClock } from '../manual-clock.ts';
import { SET } from '../flag-samples.ts';

/** Made anew for every test, and disposed of after it. */
export interface FlagCounterWorld extends AsyncDisposable {
  readonly database: Database;
}

type SetUp = () => Promise<FlagCounterWorld>;

const FLAG = 'basket';
const checkout = (variant: string, good: number, bad: number, flag = FLAG): FlagOutcome => {
  return { flag, variant, outcome: 'checkout', good, bad };
};

function counterOn(database: Database) {
  const clock = createManualClock();
  const errors: string[] = [];
  const onError = (_error: unknown, what: string): void => void errors.push(what);
  return { clock, errors, counter: createFlagCounter({ database, clock, onError }) };
}

/** What counting keeps to on every database. `setUp` is called once a test. */
export function describeFlagCounterConformance(name: string, setUp: SetUp): void {
  describe(`flag counter ${name} conforms`, () => {
    exposureCases(setUp);
    reportCases(setUp);
    faultCases(setUp);
  });
}

function exposureCases(setUp: SetUp): void {
  it('counts exposures by variant, for all servers together, and over their ends', async () => {
    await using world = await setUp();
    const [one, two] = [counterOn(world.database), counterOn(world.database)];
    for (let times = 0; times < 3; times += 1) one.counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    one.counter.exposure(SET, [{ flag: FLAG, variant: 'off' }]).count();
    one.counter.exposure(SET, [{ flag: 'other', variant: 'on' }]).count();
    one.counter.exposure('shop.staging', [{ flag: FLAG, variant: 'on' }]).count();
    two.counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    await one.counter.close();
    const read = await two.counter.read(SET, FLAG);
    expect(read).toEqual({
      boot: 'database',
      at: two.clock.now(),
      exposures: { off: 1, on: 4 },
      outcomes: {},
      firstBadAt: {},
    });
    const again = await counterOn(world.database).counter.read(SET, FLAG);
    expect(again).toMatchObject({ boot: read.boot, exposures: read.exposures });
  });

  it('counts each of what is met together, and what there is room for of it', async () => {
    await using world = await setUp();
    const { counter } = counterOn(world.database);
    const together = counter.exposure(SET, [
      { flag: FLAG, variant: 'on' },
      { flag: 'no\u0000room', variant: 'on' },
      { flag: 'other', variant: 'off' },
    ]);
    for (let times = 0; times < 3; times += 1) together.count();
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    expect((await counter.read(SET, FLAG)).exposures).toEqual({ on: 4 });
    expect((await counter.read(SET, 'other')).exposures).toEqual({ off: 3 });
    together.count();
    expect((await counter.read(SET, 'other')).exposures).toEqual({ off: 4 });
  });

  it('writes within a second, however often it is asked in between', async () => {
    await using world = await setUp();
    const { counter, clock } = counterOn(world.database);
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    await clock.advance(500);
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    expect(clock.waiting()).toHaveLength(1);
    await clock.advance(501);
    // The turn that the timer has set in motion is over when another read of the same counter is.
    await counter.close();
    expect((await counterOn(world.database).counter.read(SET, FLAG)).exposures).toEqual({ on: 2 });
  });
}

function reportCases(setUp: SetUp): void {
  it('forgets batches of a day ago, also where nothing but reports comes', async () => {
    await using world = await setUp();
    const { counter, clock } = counterOn(world.database);
    for (const batch of ['b1', 'b2', 'b3']) {
      await counter.report(SET, batch, [checkout('on', 1, 0)]);
      await clock.advance(86_400_001);
    }
    const rows = await world.database.query('select batch from flag_batch order by batch');
    expect(rows.map(({ batch }) => batch)).toEqual(['b3']);
  });

  it('lets no name that a database cannot hold keep others from being counted', async () => {
    await using world = await setUp();
    const { counter, errors } = counterOn(world.database);
    counter.exposure(SET, [{ flag: FLAG, variant: 'o\u0000n' }]).count();
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    expect(await counter.report(SET, 'b1', [checkout('o\u0000n', 1, 0), checkout('on', 2, 0)])).toBe(true);
    const { exposures, outcomes } = await counter.read(SET, FLAG);
    expect([exposures, outcomes, errors]).toEqual([{ on: 1 }, { checkout: { on: { good: 2, bad: 0 } } }, []]);
  });

  it('goes on counting for whoever keeps an exposure, beside others that count the same', async () => {
    await using world = await setUp();
    const { counter } = counterOn(world.database);
    const kept = counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]);
    kept.count();
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    expect((await counter.read(SET, FLAG)).exposures).toEqual({ on: 2 });
    kept.count();
    kept.count();
    expect((await counter.read(SET, FLAG)).exposures).toEqual({ on: 4 });
  });

  it('counts a batch once, whoever gets it how often', async () => {
    await using world = await setUp();
    const [one, two] = [counterOn(world.database), counterOn(world.database)];
    const outcomes = [checkout('on', 3, 1), checkout('off', 5, 0), checkout('on', 1, 1), checkout('on', 1, 0, 'other')];
    const reports = [one, two, one, two].map(({ counter }) => counter.report(SET, 'b1', outcomes));
    expect((await Promise.all(reports)).filter(Boolean)).toHaveLength(1);
    expect(await two.counter.report(SET, 'b2', [checkout('off', 0, 2)])).toBe(true);
    expect(await two.counter.report('shop.staging', 'b1', [checkout('off', 0, 2)])).toBe(true);
    const read = await one.counter.read(SET, FLAG);
    expect(read.outcomes).toEqual({ checkout: { on: { good: 4, bad: 2 }, off: { good: 5, bad: 2 } } });
  });

  it('keeps when the first was bad', async () => {
    await using world = await setUp();
    const { counter, clock } = counterOn(world.database);
    await counter.report(SET, 'b1', [checkout('on', 3, 0)]);
    await clock.advance(5_000);
    const first = clock.now();
    await counter.report(SET, 'b2', [checkout('on', 0, 1), { ...checkout('on', 0, 1), outcome: 'search' }]);
    await clock.advance(5_000);
    await counter.report(SET, 'b3', [checkout('on', 0, 1), { ...checkout('on', 0, 1), outcome: 'login' }]);
    expect((await counter.read(SET, FLAG)).firstBadAt).toEqual({ on: first });
  });

  it.each([
    ['half a success', checkout('on', 0.5, 0)],
    ['fewer than none', checkout('on', 0, -1)],
    ['what is no number', checkout('on', Number.NaN, 0)],
    ['more than there are', checkout('on', 1e15, 0)],
    ['no name', { ...checkout('on', 1, 0), outcome: '' }],
  ])('refuses %s, and the whole batch with it', async (_title, wrong) => {
    await using world = await setUp();
    const { counter } = counterOn(world.database);
    await expect(counter.report(SET, 'b1', [checkout('off', 1, 0), wrong])).rejects.toThrow(RangeError);
    expect((await counter.read(SET, FLAG)).outcomes).toEqual({});
    expect(await counter.report(SET, 'b1', [checkout('off', 1, 0)])).toBe(true);
  });

  it('forgets reports after a day', async () => {
    await using world = await setUp();
    const { counter, clock } = counterOn(world.database);
    await counter.report(SET, 'old', []);
    await clock.advance(86_400_000 + 1);
    await counter.report(SET, 'young', []);
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    await counter.read(SET, FLAG);
    const left = await world.database.query("select batch from flag_batch where set_name <> ''");
    expect(left).toEqual([{ batch: 'young' }]);
  });

  it('takes no more names than there is room for, and goes on with those that it knows', async () => {
    await using world = await setUp();
    const { counter, errors } = counterOn(world.database);
    const named = (index: number): FlagOutcome => ({ ...checkout('on', 1, 0), outcome: `made up ${index}` });
    await counter.report(
      SET,
      'b1',
      Array.from({ length: 10_005 }, (_, index) => named(index)),
    );
    const another = counterOn(world.database);
    await another.counter.report(SET, 'b2', [named(0), named(20_000)]);
    await another.counter.report(SET, 'b3', [{ ...checkout('on', 1, 0), outcome: 'x'.repeat(257) }]);
    another.counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    const read = await another.counter.read(SET, FLAG);
    expect(Object.keys(read.outcomes)).toHaveLength(10_000);
    expect([read.outcomes['made up 0'], read.exposures]).toEqual([{ on: { good: 2, bad: 0 } }, { on: 1 }]);
    expect([errors.length, another.errors.length]).toEqual([1, 1]);
  });
}

function faultCases(setUp: SetUp): void {
  it('keeps on counting while the database is away, and writes it later, once', async () => {
    await using world = await setUp();
    const away = awayOf(world.database);
    const { counter, clock, errors } = counterOn(away.database);
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    away.is = 'gone';
    await clock.advance(1_001);
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    await expect(counter.read(SET, FLAG)).rejects.toThrow(StorageError);
    await expect(counter.report(SET, 'b1', [])).rejects.toThrow(StorageError);
    away.is = 'deaf';
    await expect(counter.read(SET, FLAG)).rejects.toThrow(StorageError);
    away.is = 'there';
    counter.exposure(SET, [{ flag: FLAG, variant: 'on' }]).count();
    expect((await counter.read(SET, FLAG)).exposures).toEqual({ on: 3 });
    expect(errors).toContain('exposures of feature flags are not written yet; it is tried again');
  });
}

/** `deaf`: it does what it is asked, and breaks off before it says so. */
function awayOf(database: Database) {
  const state: { is: 'there' | 'gone' | 'deaf' } = { is: 'there' };
  const answer = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state.is === 'gone') throw new StorageError('cannot-open', 'It does not answer.');
    const result = await work();
    if (state.is === 'deaf') throw new StorageError('input-output', 'It broke off.');
    return result;
  };
  const away: Database = {
    query: (sql, values) => answer(() => database.query(sql, values)),
    transaction: (work, options) => answer(() => database.transaction(work, options)),
    close: () => database.close(),
  };
  return Object.assign(state, { database: away });
}
