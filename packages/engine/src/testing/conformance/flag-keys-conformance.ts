import { describe, expect, it } from 'vitest';
import type { Database } from '../../ports/database.ts';
import type { FlagKeyRow, FlagKeys } from '../../ports/flag-keys.ts';

/** Made anew for every test, and disposed of after it. */
export interface FlagKeysWorld extends AsyncDisposable {
  readonly flagKeys: FlagKeys;
  readonly database: Database;
}

const row = (id: string, createdAt: number): FlagKeyRow => ({
  id,
  set: 'shop.production',
  kind: createdAt > 1 ? 'client' : 'server',
  createdBy: 'grace',
  createdAt,
});
const [one, two, three] = [row('one', 1), row('two', 2), row('three', 3)];

/** What every store of evaluation keys keeps to. `setUp` is called once a test. */
export function describeFlagKeysConformance(name: string, setUp: () => Promise<FlagKeysWorld>): void {
  describe(`flag keys ${name} conform`, () => {
    it('gives all with their hashes, the oldest first', async () => {
      await using world = await setUp();
      await world.flagKeys.add(three, 'hash-three');
      await world.flagKeys.add(one, 'hash-one');
      expect(await world.flagKeys.all()).toEqual([
        { ...one, hash: 'hash-one' },
        { ...three, hash: 'hash-three' },
      ]);
    });

    it.each([
      ['an id', { ...three, id: 'one' }, 'hash-three'],
      ['a hash', three, 'hash-one'],
    ])(
      'refuses %s that is there already, changes nothing, and does not repeat the hash',
      async (_title, again, hash) => {
        await using world = await setUp();
        await world.flagKeys.add(one, 'hash-one');
        const error: unknown = await world.flagKeys.add(again, hash).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Error);
        expect(String(error)).not.toContain(hash);
        expect(await world.flagKeys.all()).toEqual([{ ...one, hash: 'hash-one' }]);
      },
    );

    it('removes once', async () => {
      await using world = await setUp();
      await world.flagKeys.add(one, 'hash-one');
      await world.flagKeys.add(two, 'hash-two');
      expect([await world.flagKeys.remove('one'), await world.flagKeys.remove('one')]).toEqual([true, false]);
      expect(await world.flagKeys.all()).toEqual([{ ...two, hash: 'hash-two' }]);
    });

    it('refuses a kind that it does not know', async () => {
      await using world = await setUp();
      await world.flagKeys.add(one, 'hash-one');
      await world.database.query("update flag_key set kind = 'admin'");
      await expect(world.flagKeys.all()).rejects.toMatchObject({ code: 'damaged' });
    });
  });
}
