import { setTimeout as pass } from 'node:timers/promises';
import type { RealServer } from '../../../test/e2e/support/real-server.ts';
import { benchPostgres } from '../../engine/databases.ts';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import { applySet, keyFor, openFlagServer } from '../server/flag-server.ts';
import { flagsOf } from '../server/flags-of.ts';
import { findingsOf, type Kill, type Killed, TIMED } from './findings.ts';
import type { FollowersOrder, Seen } from './followers.ts';

const SET = 'bench.production';
/** Plain: everybody has it until it is killed. */
const FLAG = 'flag-1';
const FLAGS = 10;
/** Milliseconds after which a client that has not got the off variant is lost. */
const PATIENCE = 30_000;
/** Connections over which the clients of one process ask. */
const CONNECTIONS = 50;

/** How long after a kill the last client that follows has the off variant. */
export const killPart: Part = {
  name: 'kill',
  title: 'A kill, until the last connected client has the off variant',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const postgres = await benchPostgres();
    if (postgres !== null) stack.use(postgres);
    const killed: Killed[] = [];
    for (const shape of shapesOf(circumstances.quick, postgres?.url ?? null)) {
      killed.push(await killAll(shape, circumstances));
      circumstances.keep(findingsOf(killed));
    }
    return findingsOf(killed);
  },
};

interface Shape {
  readonly label: string;
  /** null: a database file. */
  readonly postgres: string | null;
  readonly clients: number;
  /** Among which the clients are spread. */
  readonly processes: number;
  readonly kills: number;
}

function shapesOf(quick: boolean, postgres: string | null): readonly Shape[] {
  const file = { label: 'database file', postgres: null };
  const timed = { clients: quick ? 100 : TIMED, processes: 2, kills: quick ? 3 : 100 };
  const many = { clients: quick ? 1_100 : 10_000, processes: 4, kills: quick ? 1 : 10 };
  const shared = postgres === null ? [] : [{ label: 'PostgreSQL', postgres, ...timed }];
  return [{ ...file, ...timed }, ...shared, { ...file, ...many }];
}

async function killAll(shape: Shape, { folder, signal, say }: Circumstances): Promise<Killed> {
  await using stack = new AsyncDisposableStack();
  const server = await openFlagServer({ folder, postgres: shape.postgres });
  stack.defer(() => server.stop());
  await applySet(server, SET, { flags: flagsOf(FLAGS) });
  const followers = await follow(stack, { server, shape, signal });
  const stage: Stage = { server, followers, signal };
  const kills: Kill[] = [];
  for (let run = 1; run <= shape.kills; run += 1) {
    say(`kill: ${shape.label}, ${shape.clients} clients, kill ${run} of ${shape.kills}`);
    kills.push(await killOnce(stage));
  }
  const { label, clients } = shape;
  return { label, clients, kills };
}

interface Following {
  readonly server: RealServer;
  readonly shape: Shape;
  readonly signal: AbortSignal;
}

async function follow(stack: AsyncDisposableStack, { server, shape, signal }: Following): Promise<readonly Child[]> {
  const { clients, processes } = shape;
  const each = {
    port: Number(new URL(server.url).port),
    key: await keyFor(server, SET),
    flag: FLAG,
    connections: CONNECTIONS,
  };
  const children: Child[] = [];
  for (let process = 0; process < processes; process += 1) {
    const share = Math.floor((clients * (process + 1)) / processes) - Math.floor((clients * process) / processes);
    const order: FollowersOrder = { ...each, clients: share };
    const child = stack.use(await Child.start(new URL('followers-child.ts', import.meta.url), { order, signal }));
    await child.ask('follow');
    children.push(child);
  }
  return children;
}

interface Stage {
  readonly server: RealServer;
  readonly followers: readonly Child[];
  readonly signal: AbortSignal;
}

/** Kills it, and when all have it brings it back: a client that is still busy with one would be late for the next. */
async function killOnce(stage: Stage): Promise<Kill> {
  const kill = await change(stage, 'kill', 'off');
  const back = await change(stage, 'unkill', 'on');
  if (back.lost > 0) throw new Error(`${back.lost} clients did not hear that the kill was lifted`);
  return kill;
}

async function change({ server, followers, signal }: Stage, what: 'kill' | 'unkill', variant: string): Promise<Kill> {
  await Promise.all(followers.map((child) => child.ask('expect', variant)));
  await pass(100, undefined, { signal });
  const sentAt = now();
  await server.api('POST', `/flags/${SET}/flags/${FLAG}/${what}`, { reason: 'measured by the bench' });
  const answeredAt = now();
  const seen = await Promise.all(followers.map((child) => child.ask<Seen>('seen', PATIENCE)));
  const times = seen.flatMap((each) => each.times);
  return { sentAt, answeredAt, times, lost: seen.reduce((sum, { clients }) => sum + clients, 0) - times.length };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
