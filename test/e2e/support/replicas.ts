import { rmSync } from 'node:fs';
import type { LaunchRecord, LaunchView } from '@slipway/contract';
import { describe } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../../../scripts/servers/postgres.ts';
import { canaryPlan, installPlan } from './canary-plan.ts';
import { freePort, RealServer } from './real-server.ts';
import { copyShop } from './shop.ts';

const PROGRAMS = findPostgres();

/** Skipped, with the reason in the name, where there is no PostgreSQL. */
export function describeReplicas(name: string, tests: () => void): void {
  const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';
  describe.skipIf(PROGRAMS === null)(`${name}${why}`, () => {
    tests();
  });
}

export function startReplicaDatabase(): Promise<TestPostgres> {
  return startPostgres(PROGRAMS ?? '');
}

/** Servers on one PostgreSQL and one machine, and so with one folder of what providers keep of it. */
export class Replicas {
  readonly folder = copyShop();
  readonly #url: string;
  readonly #servers: RealServer[] = [];
  readonly #stalled = new Set<number>();

  constructor(url: string) {
    this.#url = url;
  }

  async start(): Promise<RealServer> {
    const server = new RealServer(this.folder, { DATABASE_URL: this.#url });
    this.#servers.push(server);
    await server.start();
    return server;
  }

  stall({ pid }: RealServer): void {
    this.#stalled.add(pid);
    process.kill(pid, 'SIGSTOP');
  }

  wake({ pid }: RealServer): void {
    if (this.#stalled.delete(pid)) process.kill(pid, 'SIGCONT');
  }

  /** Ends them all, and what they left serving. */
  async close(): Promise<void> {
    for (const server of this.#servers) this.wake(server);
    const last = this.#servers.findLast((server) => server.runs);
    for (const server of this.#servers) if (server !== last) await server.stop();
    await last?.stop('shop.production');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const INSTANCES = 2;

/** The first version of the shop, serving on a port. */
export async function installShop(server: RealServer): Promise<number> {
  const port = await freePort();
  const { id } = await server.launch(installPlan({ port, instances: INSTANCES }));
  await server.until(id, (view) => view.state === 'completed');
  return port;
}

/** Begins to roll the next version out, and gives the launch's id as soon as it is watched; that goes on for `hold`. */
export async function rollOut(server: RealServer, port: number, hold: string): Promise<string> {
  const { id } = await server.launch(canaryPlan({ port, instances: INSTANCES }, hold), '2.2.0');
  await server.until(id, isWatched);
  return id;
}

export function isWatched(view: LaunchView): boolean {
  return (view.look?.samples ?? 0) > 0;
}

type Events = LaunchRecord['events'];

/** Outcomes that stand more than once in a record. */
export function settledTwice(events: Events): readonly string[] {
  const settled = events.flatMap(({ event }) =>
    event.type === 'effect-settled' ? [`${String(event['effect'])} attempt ${String(event['attempt'])}`] : [],
  );
  return settled.filter((each, index) => settled.indexOf(each) !== index);
}

/** Milliseconds from `death` (epoch ms) to the first effect that was begun afterwards. */
export function takenOverAfter(events: Events, death: number): number {
  const begun = events.find(({ at, event }) => at > death && event.type === 'effect-started');
  return begun === undefined ? Infinity : begun.at - death;
}
