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

  it('asks at once for a key that it does not know, but not for every one that anybody sends', async () => {
    const { ring: keys, keys: table, clock } = await ring();
    await clock.pass(300);
    const other = newFlagKey();
    table.give(other, SET);
    expect((await keys.look(other))?.set).toBe(SET);
    expect(table.reads).toBe(2);
    for (let index = 0; index < 50; index += 1) expect(await keys.look(newFlagKey())).toBeNull();
    expect(await keys.look('no key at all')).toBeNull();
    expect(table.reads).toBe(2);
    await clock.pass(300);
    await Promise.all(Array.from({ length: 50 }, () => keys.look(newFlagKey())));
    expect(table.reads).toBe(3);
  });

  it('knows of a change when asked to read, though it was reading already', async () => {
    const { ring: keys, keys: table } = await ring();
    const { all } = table;
    let answer = (): void => {};
    table.all = async () => {
      const rows = table.rows;
      await new Promise<void>((done) => (answer = done));
      return rows;
    };
    const early = keys.refresh();
    table.all = all;
    table.revoke(KEY);
    const late = keys.refresh();
    answer();
    await Promise.all([early, late]);
    expect(keys.find(KEY)).toBeNull();
  });

  it('goes on with what it knew while the database is away', async () => {
    const { ring: keys, keys: table, clock, errors } = await ring();
    const known = keys.find(KEY);
    table.away = true;
    await clock.pass(2_000);
    expect([keys.find(KEY) === known, errors.length]).toEqual([true, 1]);
    expect(await keys.look(newFlagKey())).toBeNull();
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
