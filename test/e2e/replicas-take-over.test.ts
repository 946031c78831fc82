import { TAKE_OVER, TAKE_OVER_DEAD } from '@slipway/engine';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runVisitors, type VisitorReport } from '../../examples/shop/visitors.ts';
import type { TestPostgres } from '../../scripts/servers/postgres.ts';
import { LiveClient } from './support/live-client.ts';
import type { RealServer } from './support/real-server.ts';
import {
  describeReplicas,
  installShop,
  Replicas,
  rollOut,
  settledTwice,
  startReplicaDatabase,
  takenOverAfter,
} from './support/replicas.ts';

/** Long enough for the others to start. What a dead server watched counts: it ends soon after it is taken over. */
const HOLD = '15s';

describeReplicas('servers on one PostgreSQL, in the middle of a rollout under load', () => {
  let postgres: TestPostgres;
  let replicas: Replicas;
  /** Has the rollout: the others start when it is watched. */
  let worker: RealServer;
  let launch: string;
  let leaving: AbortController;
  let visits: Promise<VisitorReport>;
  let clients: LiveClient[];

  beforeAll(async () => {
    postgres = await startReplicaDatabase();
  });
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    clients = [];
    leaving = new AbortController();
    replicas = new Replicas(postgres.url);
    worker = await replicas.start();
    const port = await installShop(worker);
    visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
    launch = await rollOut(worker, port, HOLD);
  });

  afterEach(async () => {
    for (const client of clients) client.leave();
    leaving.abort();
    await visits;
    await replicas.close();
  });

  function watchFrom(...servers: readonly RealServer[]): LiveClient {
    const client = new LiveClient();
    clients.push(client);
    void client.follow(launch, servers);
    return client;
  }

  /** Everything that is promised of a launch whose server is gone. `within`: milliseconds. */
  async function expectTakenOver(survivor: RealServer, death: number, within: number): Promise<void> {
    expect(await survivor.settled(launch)).toMatchObject({ state: 'completed' });
    leaving.abort();
    expect((await visits).lost).toBe(0);
    const { events } = await survivor.record(launch);
    expect(settledTwice(events)).toEqual([]);
    expect(takenOverAfter(events, death)).toBeLessThan(within);
  }

  test('the one that has it is killed: another ends it, and no client misses or repeats an event', async () => {
    const survivor = await replicas.start();
    const [moved, stayed] = [watchFrom(worker, survivor), watchFrom(survivor)];
    await expect
      .poll(() => Math.min(moved.events.length, stayed.events.length), { timeout: 30_000 })
      .toBeGreaterThan(0);
    const death = Date.now();
    await worker.kill();
    await expectTakenOver(survivor, death, TAKE_OVER_DEAD);
    const { events } = await survivor.record(launch);
    await expect.poll(() => [moved.events, stayed.events], { timeout: 30_000 }).toEqual([events, events]);
    expect(moved.breaks).toBeGreaterThan(0);
    expect(stayed.breaks).toBe(0);
    expect(stayed.views.some((view) => view.look !== null)).toBe(true);
  }, 120_000);

  test('the one that has it stalls, and comes back when all is over: it adds nothing', async () => {
    const survivor = await replicas.start();
    const death = Date.now();
    replicas.stall(worker);
    await expectTakenOver(survivor, death, TAKE_OVER);
    const { events } = await survivor.record(launch);
    replicas.wake(worker);
    expect(await worker.settled(launch)).toMatchObject({ state: 'completed' });
    expect((await worker.record(launch)).events).toEqual(events);
  }, 120_000);

  test('one is killed and another stalls at the same time: the third ends it', async () => {
    const [second, third] = await Promise.all([replicas.start(), replicas.start()]);
    const death = Date.now();
    replicas.stall(second);
    await worker.kill();
    await expectTakenOver(third, death, TAKE_OVER_DEAD);
  }, 120_000);
});
