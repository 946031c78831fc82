import { rmSync } from 'node:fs';
import type { LaunchView } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { freePort, RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';

describe.skipIf(PROGRAMS === null)(`two servers on one PostgreSQL${why}`, () => {
  let postgres: TestPostgres;
  let folder: string;
  let one: RealServer;
  let other: RealServer;

  beforeAll(async () => {
    postgres = await startPostgres(PROGRAMS ?? '');
  });
  afterAll(() => postgres.stop());

  beforeEach(async () => {
    folder = copyShop();
    // They share the machine, and so what providers keep of it.
    one = new RealServer(folder, { DATABASE_URL: postgres.url });
    other = new RealServer(folder, { DATABASE_URL: postgres.url });
    await one.start();
    await other.start();
  });

  afterEach(async () => {
    await one.stop();
    await other.stop('shop.production');
    rmSync(folder, { recursive: true, force: true });
  });

  const environment = (port: number) => `environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2 } }
    router: { builtin: { listen: ${port}, sticky: { cookie: visitor } } }`;

  const canary = (port: number) => `launch: next
artifact: { name: shop }
${environment(port)}
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 25, hold: 4s }, { weight: 100, hold: 2s }]
`;

  const outcomes = (events: readonly { readonly event: { readonly type: string } }[]) =>
    events.filter(({ event }) => event.type === 'effect-settled').map(({ event }) => JSON.stringify(event));

  test.each(['killed', 'stalled'] as const)(
    'one is %s in the middle of a rollout: the other takes over, nothing is settled twice, no request is lost',
    async (how) => {
      const port = await freePort();
      const first = `launch: first\nartifact: { name: shop }\n${environment(port)}\nphases: [{ phase: install, steps: [{ deploy: production }] }]\n`;
      const installed = await one.launch(first);
      await other.until(installed.id, (view) => view.state === 'completed');
      const leaving = new AbortController();
      const visits = runVisitors({ url: `http://127.0.0.1:${port}`, ratePerSecond: 60, signal: leaving.signal });
      const { id } = await one.launch(canary(port), '2.2.0');
      const watched = (view: LaunchView): boolean =>
        view.headline.includes('Roll out') && view.environments[0]?.split.length === 2;
      await other.until(id, watched);
      const left = Date.now();
      if (how === 'killed') await one.kill();
      else process.kill(one.pid, 'SIGSTOP');
      try {
        const ended = await other.settled(id);
        expect(ended.state).toBe('completed');
        expect(Date.now() - left).toBeLessThan(60_000);
      } finally {
        if (how === 'stalled') process.kill(one.pid, 'SIGCONT');
      }
      leaving.abort();
      const report = await visits;
      expect(report.lost).toBe(0);
      const { events } = await other.record(id);
      expect(new Set(outcomes(events)).size).toBe(outcomes(events).length);
    },
    120_000,
  );

  test('what a person says to one is heard by the other, which works on it', async () => {
    const plan = `launch: long
artifact: { name: long, version: 1.0.0 }
phases:
  - phase: work
    steps:
      - run: Works for long
        command: [sleep, '30']
        effect: read-only
`;
    const { id } = await one.launch(plan);
    await other.until(id, (view) => view.phases[0]?.steps[0]?.state === 'active');
    await other.api('POST', `/launches/${id}/commands`, { type: 'abort', reason: 'not today' });
    const ended = await one.until(id, (view) => view.endedAt !== null);
    expect(ended).toMatchObject({ state: 'scrubbed' });
    expect((ended.endedAt ?? 0) - ended.startedAt).toBeLessThan(20_000);
    // What was still at work when the launch ended says so afterwards: the record is whole with that word.
    const settled = async () => outcomes((await other.record(id)).events).length;
    await expect.poll(settled, { timeout: 20_000 }).toBe(1);
    expect(await one.record(id)).toEqual(await other.record(id));
  }, 60_000);
});
