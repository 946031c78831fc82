import { describe, expect, it } from 'vitest';
import type { TokenRow, Tokens } from '../../ports/tokens.ts';

/** Made anew for every test, and disposed of after it. */
export interface TokensWorld extends AsyncDisposable {
  readonly tokens: Tokens;
}

const row = (id: string, createdAt: number): TokenRow => ({
  id,
  person: `${id}@example.com`,
  role: 'member',
  createdAt,
});
const [one, two, three] = [row('one', 1), row('two', 2), row('three', 3)];

/** What all token stores keep to. `setUp` is called once a test. */
export function describeTokensConformance(name: string, setUp: () => Promise<TokensWorld>): void {
  describe(`tokens ${name} conform`, () => {
    it.each([
      ['hash-one', one],
      ['hash-two', two],
      ['HASH-ONE', null],
      ['hash-on', null],
      ['', null],
      ['%', null],
    ])('finds by the whole hash: %j', async (hash, expected) => {
      await using world = await setUp();
      await world.tokens.add(one, 'hash-one');
      await world.tokens.add(two, 'hash-two');
      expect(await world.tokens.findByHash(hash)).toEqual(expected);
    });

    it('lists the oldest first, without hashes unless these are asked for', async () => {
      await using world = await setUp();
      await world.tokens.add(three, 'hash-three');
      await world.tokens.add(one, 'hash-one');
      await world.tokens.add(two, 'hash-two');
      expect(await world.tokens.list()).toEqual([one, two, three]);
      expect(await world.tokens.all()).toEqual([
        { ...one, hash: 'hash-one' },
        { ...two, hash: 'hash-two' },
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
        await world.tokens.add(one, 'hash-one');
        const error: unknown = await world.tokens.add(again, hash).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Error);
        expect(String(error)).not.toContain(hash);
        expect(await world.tokens.list()).toEqual([one]);
        expect(await world.tokens.findByHash('hash-one')).toEqual(one);
      },
    );

    it('removes once, and then finds no more', async () => {
      await using world = await setUp();
      await world.tokens.add(one, 'hash-one');
      await world.tokens.add(two, 'hash-two');
      expect(await world.tokens.remove('one')).toBe(true);
      expect(await world.tokens.remove('one')).toBe(false);
      expect(await world.tokens.findByHash('hash-one')).toBeNull();
      expect(await world.tokens.list()).toEqual([two]);
    });
  });
}
