import { createRedactor } from '@slipway/provider-kit';
import { createEngine } from '../engine.ts';
import { createFlagCounter } from '../flags/flag-counter.ts';
import type { Database } from '../ports/database.ts';
import { exportState } from '../state/export-state.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { killings, SET } from './flag-samples.ts';
import { createMemoryWorld, type SqliteWorld } from './sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from './worker-world.ts';

const order = { plan: planOf(STEP), planDigest: 'digest', directory: '/shop', actor: ADA };

export async function openEngine(world: SqliteWorld, ends: boolean) {
  const queue = await world.open();
  const handlers = handlersFor({
    run: async () =>
      ends ? { evidence: { summary: 'done', items: [] }, data: { kind: 'none' } } : await new Promise(() => {}),
    verify: async () => ({ done: 'yes', evidence: { summary: 'it is there', items: [] } }),
    idempotent: () => false,
  });
  const { leases, clock, database } = world;
  const store = createLaunchStore(database, queue);
  const engine = createEngine({ store, queue, leases, clock, handlers, redactor: createRedactor() });
  await engine.open();
  return engine;
}

export async function settle(world: SqliteWorld): Promise<void> {
  for (let round = 0; round < 20; round += 1) await world.settle();
}

/** Two launches, one of which is in the middle of its command, held and resumed so often; a token; a lease; flags. */
export async function filled(holds = 0): Promise<SqliteWorld> {
  const world = await createMemoryWorld();
  const ended = await openEngine(world, true);
  await ended.start(order);
  await settle(world);
  const under = await openEngine(world, false);
  await under.start(order);
  await settle(world);
  for (let hold = 0; hold < holds; hold += 1) {
    await under.command('shop-2', { type: 'hold', reason: 'lunch' }, ADA);
    await under.command('shop-2', { type: 'resume' }, ADA);
  }
  await world.tokens.add({ id: 't1', person: 'ada', role: 'admin', createdAt: 7 }, 'hash');
  await fillFlags(world);
  await world.leases.acquire('shop.production', 'shop-2', { now: 5, ttl: 10 });
  return world;
}

/** A flag set, an evaluation key, and counts. */
async function fillFlags({ database, flagStore, flagKeys, clock }: SqliteWorld): Promise<void> {
  await flagStore.append({ set: SET, expected: 0, events: killings(SET, 3) });
  const key = { id: 'k1', set: SET, kind: 'client', createdBy: 'ada', createdAt: 8 } as const;
  await flagKeys.add(key, 'key hash');
  const counter = createFlagCounter({ database, clock });
  counter.exposure(SET, [{ flag: 'f1', variant: 'on' }]).count();
  await counter.report(SET, 'b1', [{ flag: 'f1', variant: 'on', outcome: 'checkout', good: 2, bad: 1 }]);
  await counter.close();
}

export async function exported(database: Database): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of exportState(database, 42)) lines.push(line.trimEnd());
  return lines;
}

export const from = (lines: readonly string[]) =>
  async function* source(): AsyncGenerator<string> {
    yield* lines;
  };
