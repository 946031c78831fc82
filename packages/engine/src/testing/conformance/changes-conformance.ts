import { describe, expect, it, vi } from 'vitest';
import { type Changed, type Changes, MOST_BROADCAST } from '../../ports/changes.ts';
import type { Database } from '../../ports/database.ts';

/** Made anew for every test, and disposed of after it. */
export interface ChangesWorld extends AsyncDisposable {
  readonly database: Database;
  readonly changes: Changes;
}

const PATIENCE = { timeout: 8_000, interval: 5 };

/** What every feed of changes keeps to. `setUp` is called once a test. */
export function describeChangesConformance(name: string, setUp: () => Promise<ChangesWorld>): void {
  const publish = ({ changes }: ChangesWorld, ...launches: readonly string[]): void => {
    for (const launch of launches) changes.publish(launch);
  };
  const listenTo = ({ changes }: ChangesWorld) => {
    const told: Changed[] = [];
    return { told, stop: changes.listen((launch) => told.push(launch)) };
  };
  const hearIn = ({ changes }: ChangesWorld) => {
    const heard: string[] = [];
    return { heard, stop: changes.onBroadcast((message) => heard.push(message)) };
  };

  describe(`changes ${name} conform`, () => {
    it('tell every listener, of each launch, in the order of publishing', async () => {
      await using world = await setUp();
      const [one, two] = [listenTo(world), listenTo(world)];
      publish(world, 'shop-1', 'blog-1');
      publish(world, "it's; -- été 🚀");
      for (const { told } of [one, two]) {
        await vi.waitFor(() => expect(told).toEqual(['shop-1', 'blog-1', "it's; -- été 🚀"]), PATIENCE);
      }
    });

    it('tell of the newest version of each launch, and of launches of which nobody said it', async () => {
      await using world = await setUp();
      const newest = new Map<Changed, number | null>();
      world.changes.listen((launch, version) => newest.set(launch, version));
      for (let version = 1; version <= 50; version += 1) world.changes.publish('shop-1', version);
      publish(world, 'blog-1');
      await vi.waitFor(() => expect(newest.get('blog-1')).toBe(null), PATIENCE);
      expect(newest.get('shop-1')).toBe(50);
    });

    it('tell no more of those who have stopped listening, and go on with the others', async () => {
      await using world = await setUp();
      const [gone, still] = [listenTo(world), listenTo(world)];
      gone.stop();
      gone.stop();
      publish(world, 'shop-1');
      await vi.waitFor(() => expect(still.told).toEqual(['shop-1']), PATIENCE);
      expect(gone.told).toEqual([]);
    });

    it('let the same function listen twice', async () => {
      await using world = await setUp();
      const told: Changed[] = [];
      const listener = (launch: Changed) => void told.push(launch);
      const stop = world.changes.listen(listener);
      world.changes.listen(listener);
      stop();
      publish(world, 'shop-1');
      await vi.waitFor(() => expect(told).toEqual(['shop-1']), PATIENCE);
    });

    it('go on past a listener that throws', async () => {
      await using world = await setUp();
      world.changes.listen(() => {
        throw new Error('out of order');
      });
      const { told } = listenTo(world);
      publish(world, 'shop-1');
      publish(world, 'shop-2');
      await vi.waitFor(() => expect(told).toEqual(['shop-1', 'shop-2']), PATIENCE);
    });

    it('broadcast to every listener, in order, what no listener of changes is told', async () => {
      await using world = await setUp();
      const { told } = listenTo(world);
      const [one, two] = [hearIn(world), hearIn(world)];
      for (const message of ['{"a":1}', "it's; -- été 🚀", 'last']) await world.changes.broadcast(message);
      for (const { heard } of [one, two])
        await vi.waitFor(() => expect(heard).toEqual(['{"a":1}', "it's; -- été 🚀", 'last']), PATIENCE);
      one.stop();
      await world.changes.broadcast('to one');
      await vi.waitFor(() => expect(two.heard).toContain('to one'), PATIENCE);
      expect([one.heard.length, told]).toEqual([3, []]);
    });

    it('broadcast as much as is allowed, and lose what is longer without a word', async () => {
      await using world = await setUp();
      const { heard } = hearIn(world);
      const most = 'é'.repeat(MOST_BROADCAST / 2);
      await world.changes.broadcast(`${most}.`);
      await world.changes.broadcast(most);
      await vi.waitFor(() => expect(heard).toEqual([most]), PATIENCE);
    });

    it('broadcast on past a listener that throws', async () => {
      await using world = await setUp();
      world.changes.onBroadcast(() => {
        throw new Error('out of order');
      });
      const { heard } = hearIn(world);
      await world.changes.broadcast('one');
      await world.changes.broadcast('two');
      await vi.waitFor(() => expect(heard).toEqual(['one', 'two']), PATIENCE);
    });

    it('tell nobody after they were closed, and may be closed twice', async () => {
      await using world = await setUp();
      const { told } = listenTo(world);
      const { heard } = hearIn(world);
      await world.changes.close();
      await world.changes.close();
      publish(world, 'shop-1');
      await world.changes.broadcast('too late');
      // Whoever opened a second feed after this would be told; this one is silent for good.
      for (let turn = 0; turn < 20; turn += 1) await world.database.query('select 1');
      expect([told, heard]).toEqual([[], []]);
    });
  });
}
