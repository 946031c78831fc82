import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { FakeKeys } from '../testing/fake-flags.ts';
import { KeyRing } from './key-ring.ts';
import { hashFlagKey, isFlagKey, isPersonsToken, newFlagKey } from './key-text.ts';

const KEY = newFlagKey();
const SET = 'shop.production';

async function ring() {
  const [keys, clock, errors] = [new FakeKeys(), new ManualClock(), [] as unknown[]];
  keys.give(KEY, SET);
  const opened = new KeyRing({ keys, clock, onError: (error) => errors.push(error) });
  await opened.open();
  return { keys, clock, errors, ring: opened };
}

/** The next read answers when it is let, with what was there when it began. */
function slowRead(table: FakeKeys): () => void {
  const { all } = table;
  const { promise, resolve } = Promise.withResolvers<void>();
  table.all = async () => {
    table.all = all;
    const rows = await all();
    await promise;
    return rows;
  };
  return resolve;
}

describe('KeyRing', () => {
  it('finds a key by its text and by its id, without asking the database', async () => {
    const { ring: keys, keys: table } = await ring();
    expect(keys.find(KEY)).toMatchObject({ set: SET, kind: 'client' });
    expect(keys.byId('key-1')).toBe(keys.find(KEY));
    expect(table.reads).toBe(1);
  });

  it('hears of keys that others made and revoked within two seconds', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    const [other, revoked] = [newFlagKey(), [] as string[]];
    keys.onRevoked(({ id }) => revoked.push(id));
    table.give(other, SET, 'server');
    table.revoke(KEY);
    await clock.pass(2_000);
    expect([keys.find(KEY), keys.find(other)?.kind, revoked]).toEqual([null, 'server', ['key-1']]);
    keys.close();
    await clock.pass(10_000);
    expect(table.reads).toBe(2);
  });

  it('asks at once for a key that it does not know, when nobody asked a moment ago', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    await clock.pass(300);
    const other = newFlagKey();
    table.give(other, SET);
    expect(await keys.look(other)).toMatchObject({ set: SET });
    expect(await keys.look('no key at all')).toBeNull();
    expect(table.reads).toBe(2);
  });

  it('has a key that another server made a moment after a read wait for the next one', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    await clock.pass(100);
    const other = newFlagKey();
    table.give(other, SET);
    let found: unknown = 'waiting';
    const looking = keys.look(other).then((key) => (found = key));
    await clock.pass(149);
    expect([found, table.reads]).toEqual(['waiting', 1]);
    await clock.pass(1);
    await looking;
    expect([found, table.reads]).toEqual([keys.find(other), 2]);
    expect(found).toMatchObject({ set: SET });
  });

  it('waits for a read that begins after the key was asked about, though one is under way', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    await clock.pass(300);
    const release = slowRead(table);
    const early = keys.refresh();
    const other = newFlagKey();
    table.give(other, SET);
    const looking = keys.look(other);
    // It takes longer than a read has to wait for another one.
    await clock.pass(400);
    release();
    await early;
    await clock.pass(250);
    expect(await looking).toMatchObject({ set: SET });
  });

  it('reads four times a second, whatever is asked, and answers everybody', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    const answers: unknown[] = [];
    for (let step = 0; step < 100; step += 1) {
      for (let each = 0; each < 20; each += 1) void keys.look(newFlagKey()).then((key) => answers.push(key));
      await clock.pass(10);
    }
    await clock.pass(250);
    expect([answers.length, new Set(answers)]).toEqual([2_000, new Set([null])]);
    expect(table.reads).toBeLessThanOrEqual(1 + 5);
    expect(table.reads).toBeGreaterThanOrEqual(1 + 4);
  });

  it('has a thousand wait and no more, and says so to the others at once', async () => {
    const { ring: keys, clock } = await ring();
    const waiting = Array.from({ length: 1_000 }, () => keys.look(newFlagKey()));
    expect(await keys.look(newFlagKey())).toBe('later');
    expect(await keys.look(KEY)).toMatchObject({ set: SET });
    await clock.pass(250);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]));
    const again = keys.look(newFlagKey());
    await clock.pass(250);
    expect(await again).toBeNull();
  });

  it('keeps nobody waiting when it closes, and says of no key then that it opens nothing', async () => {
    const { ring: keys, keys: table } = await ring();
    const looking = keys.look(newFlagKey());
    keys.close();
    expect([await looking, await keys.look(newFlagKey()), table.reads]).toEqual(['later', 'later', 1]);
  });

  it('knows of a change when asked to read, though it was reading already', async () => {
    const { ring: keys, keys: table } = await ring();
    const release = slowRead(table);
    const early = keys.refresh();
    table.revoke(KEY);
    const late = keys.refresh();
    release();
    await Promise.all([early, late]);
    expect(keys.find(KEY)).toBeNull();
  });

  it('goes on with what it knew while the database is away', async () => {
    const { ring: keys, keys: table, clock, errors } = await ring();
    const known = keys.find(KEY);
    table.away = true;
    await clock.pass(2_000);
    expect([keys.find(KEY) === known, errors.length]).toEqual([true, 1]);
    const looking = keys.look(newFlagKey());
    await clock.pass(250);
    // Whoever is told that a key is none never shows it again.
    expect(await looking).toBe('later');
    table.away = false;
    table.revoke(KEY);
    await clock.pass(2_000);
    expect(keys.find(KEY)).toBeNull();
  });

  it('keeps the same object for a key that did not change', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    const before = keys.find(KEY);
    table.rows = table.rows.map((row) => ({ ...row }));
    await clock.pass(2_000);
    expect(keys.find(KEY)).toBe(before);
    table.rows = table.rows.map((row) => ({ ...row, set: 'shop.staging' }));
    await clock.pass(2_000);
    expect(keys.find(KEY)?.set).toBe('shop.staging');
  });
});

describe('the text of a key', () => {
  it('is not to be guessed, and not to be read from what is stored', () => {
    const texts = Array.from({ length: 100 }, newFlagKey);
    expect(new Set(texts).size).toBe(100);
    for (const text of texts)
      expect([isFlagKey(text), isPersonsToken(text), hashFlagKey(text).includes(text)]).toEqual([true, false, false]);
    expect(hashFlagKey('slipway_flags_')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [''],
    ['slipway_flags_'],
    [`slipway_${'a'.repeat(43)}`],
    [`slipway_flags_${'a'.repeat(44)}`],
    [`slipway_flags_${'a'.repeat(42)} `],
  ])('is not %j', (text) => {
    expect(isFlagKey(text)).toBe(false);
  });
});
