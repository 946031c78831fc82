import type { EvaluationKeyCreated, FlagSetStatus, LaunchList } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestPostgres } from '../../scripts/servers/postgres.ts';
import { FlagClient, ListeningClient } from './support/flag-client.ts';
import { FLAGS, SET } from './support/flag-shop.ts';
import type { RealServer } from './support/real-server.ts';
import { describeReplicas, Replicas, startReplicaDatabase } from './support/replicas.ts';

const FLAG = 'new-checkout';
const KILL = `/flags/${SET}/flags/${FLAG}/kill`;
const ADA = { targetingKey: 'ada' };
const FOLLOWERS = 20;

describeReplicas('flags on two servers and one PostgreSQL', () => {
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

  const key = (): Promise<EvaluationKeyCreated> => one.api('POST', `/flags/${SET}/keys`, { kind: 'client' });
  const ask = (server: RealServer, text: string, query = '', headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.url}/ofrep/v1/evaluate/flags${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ context: ADA }),
    });

  test('a kill on one is met by every client of the other, which both answer with one tag', async () => {
    const files = [{ file: 'flags/shop.json', text: JSON.stringify(FLAGS) }];
    await one.api('POST', `/flags/${SET}/apply`, { files, create: true });
    const { key: text, id } = await key();
    expect((await ask(other, text)).status).toBe(200);
    const tag = (await ask(one, text)).headers.get('etag');
    expect(tag).not.toBeNull();
    // The key opens the other at once; of the flags it hears a moment later.
    await expect.poll(async () => (await ask(other, text)).headers.get('etag')).toBe(tag);
    expect((await ask(other, text, '', { 'if-none-match': tag ?? '' })).status).toBe(304);

    const followers = Array.from({ length: FOLLOWERS }, () => new ListeningClient());
    const client = new FlagClient(() => other.url, text);
    for (const follower of followers) await follower.open(client, FLAG, ADA);
    const killed = Date.now();
    const done = one.api('POST', KILL, { reason: 'it breaks the till' });
    await expect
      .poll(() => followers.filter(({ met }) => met.at(-1)?.variant === 'off').length, { timeout: 10_000 })
      .toBe(FOLLOWERS);
    const last = Math.max(...followers.map(({ met }) => met.at(-1)?.at ?? Infinity)) - killed;
    process.stdout.write(`the last of ${FOLLOWERS} clients of the other server met the kill after ${last} ms\n`);
    expect(last).toBeLessThan(3_000);
    await done;
    for (const follower of followers) await follower.leave();
    const status = (server: RealServer): Promise<FlagSetStatus> => server.api('GET', `/flags/${SET}/status`);
    const [first, second] = await Promise.all([one, other].map(status));
    expect([first?.version, first?.head]).toEqual([second?.version, second?.head]);

    // A key that is revoked on one opens nothing on the other soon after.
    expect((await ask(other, text)).status).toBe(200);
    await one.api('DELETE', `/flags/${SET}/keys/${id}`);
    expect((await ask(one, text)).status).toBe(401);
    await expect.poll(async () => (await ask(other, text)).status, { timeout: 5_000 }).toBe(401);
  }, 60_000);

  test('who was told by one of a change finds it at the other', async () => {
    const files = [{ file: 'flags/shop.json', text: JSON.stringify(FLAGS) }];
    await one.api('POST', `/flags/${SET}/apply`, { files, create: true });
    const { key: text } = await key();
    expect((await ask(other, text)).status).toBe(200);
    for (let round = 0; round < 10; round += 1) {
      const off = round % 2 === 0;
      const order = off ? KILL : KILL.replace(/kill$/, 'unkill');
      await one.api('POST', order, { reason: 'again' });
      const { version } = await one.api<FlagSetStatus>('GET', `/flags/${SET}/status`);
      const answer = await ask(other, text, `?flagConfigEtag=${version}-0123456789abcdef`);
      const { flags } = (await answer.json()) as { flags: { key: string; variant: string }[] };
      expect(flags.find((flag) => flag.key === FLAG)?.variant).toBe(off ? 'off' : 'on');
    }
    expect((await one.api<LaunchList>('GET', '/launches')).launches).toEqual([]);
  }, 60_000);
});
