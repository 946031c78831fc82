import type { LaunchView } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import type { TestPostgres } from '../../scripts/servers/postgres.ts';
import type { RealServer } from './support/real-server.ts';
import {
  describeReplicas,
  installShop,
  isWatched,
  Replicas,
  rollOut,
  startReplicaDatabase,
} from './support/replicas.ts';

const LONG = `launch: long
artifact: { name: long, version: 1.0.0 }
phases:
  - phase: work
    steps:
      - { run: Works for long, command: [sh, -c, 'echo row 7 of 9; sleep 30'], effect: read-only }
`;

/** That it is at work: a step is active before its command runs. */
const saysSo = ({ activity }: LaunchView): boolean => activity.some(({ text }) => text.includes('row 7 of 9'));

describeReplicas('two servers on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let replicas: Replicas;
  let one: RealServer;
  let other: RealServer;

  beforeAll(async () => {
    postgres = await startReplicaDatabase();
  });
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    replicas = new Replicas(postgres.url);
    one = await replicas.start();
    other = await replicas.start();
  });
  afterEach(() => replicas.close());

  test('what a person says to one is heard by the other, which works on it', async () => {
    const { id } = await one.launch(LONG);
    await other.until(id, saysSo);
    await other.api('POST', `/launches/${id}/commands`, { type: 'abort', reason: 'not today' });
    const ended = await one.until(id, (view) => view.endedAt !== null);
    expect(ended).toMatchObject({ state: 'scrubbed' });
    expect((ended.endedAt ?? 0) - ended.startedAt).toBeLessThan(20_000);
    // What was still at work when the launch ended says so afterwards: the record is whole with that word.
    const settled = async () =>
      (await other.record(id)).events.filter(({ event }) => event.type === 'effect-settled').length;
    await expect.poll(settled, { timeout: 20_000 }).toBe(1);
    expect(await one.record(id)).toEqual(await other.record(id));
  }, 60_000);

  test('what long work says of itself and what the judge sees show on both', async () => {
    const { id } = await one.launch(LONG);
    await Promise.all([one.until(id, saysSo), other.until(id, saysSo)]);
    await one.api('POST', `/launches/${id}/commands`, { type: 'abort', reason: 'seen' });
    await Promise.all([one, other].map((server) => server.until(id, (view) => view.activity.length === 0)));

    const port = await installShop(one);
    const leaving = new AbortController();
    const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
    const rollout = await rollOut(other, port, '3s');
    await Promise.all([one.until(rollout, isWatched), other.until(rollout, isWatched)]);
    const ended = await one.settled(rollout);
    leaving.abort();
    await visits;
    expect(ended).toMatchObject({ state: 'completed', look: null, activity: [] });
  }, 120_000);
});
