// One life of a server that flies one launch and may die at one point:
//   node child.ts '{ "folder": "/tmp/x", "plan": "there", "port": 0, "database": null, "deadly": { "kind": "append-after", "n": 3 } }'
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import {
  type Changes,
  createEngine,
  createFlagCounter,
  createFlags,
  createFlagStore,
  createHandlers,
  createInProcessQueue,
  createLaunchStore,
  createLeases,
  createPgBossQueue,
  createPostgresChanges,
  createSystemClock,
  type Database,
  type Engine,
  lockDirectory,
  ProviderAccess,
  TAKE_OVER,
  type WorkQueue,
} from '@slipway/engine';
import { canonicalJson, createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import { createCommandRunner, createHttpClient, createRedactor, reasonOf } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';
import { deadlyDatabase, deadlyHandlers, deadlyStore } from './deadly-parts.ts';
import { openState } from './flight-database.ts';
import { KillSwitch } from './kill-points.ts';
import type { LifeOrder } from './life-order.ts';
import { nextCommand } from './person.ts';
import { launchName, PERSON, planText } from './plans.ts';
import { tell } from './telling.ts';
import { dataFolder, planFolder, sights } from './world.ts';

const ACTOR = { kind: 'person', id: PERSON } as const;
/** How often the person looks, in milliseconds. */
const LOOK = 10;

const order = JSON.parse(process.argv[2] ?? '') as LifeOrder;
const deaths = new KillSwitch(order.deadly);
const clock = createSystemClock();
const onError = (error: unknown, what: unknown): void =>
  tell({ told: 'error', what: `${JSON.stringify(what)}: ${reasonOf(error)}` });
await live();
process.exit(0);

async function live(): Promise<void> {
  const dataDirectory = dataFolder(order.folder);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  deaths.reach('start-up');
  // A PostgreSQL may be shared; a file may not.
  const lock = order.database === null ? await lockDirectory(dataDirectory) : null;
  deaths.reach('start-up');
  const database = await openState(order.folder, order.database);
  deaths.reach('start-up');
  const parts = await partsOn(deadlyDatabase(database, deaths));
  const engine = compose(parts, dataDirectory);
  const name = launchName(order.plan, order.folder);
  const found = (await engine.list()).find((row) => row.name === name);
  tell({ told: 'opened', seq: found?.version ?? 0 });
  deaths.reach('start-up');
  await engine.open();
  deaths.reach('start-up');
  const launch = found?.id ?? (await begin(engine));
  await flyToTheEnd(engine, launch);
  await workIsOver(database);
  await engine.close(0);
  await parts.changes?.close();
  await database.close();
  await lock?.release();
  tell({ told: 'ended', launch, counts: deaths.counts() });
}

/**
 * A server lives on when a launch has ended. What a dead one had begun and nobody wants any more comes back from a shared queue only
 * after the take-over; what is there for longer than that is found by the invariants.
 */
async function workIsOver(database: Database): Promise<void> {
  const deadline = clock.running() + TAKE_OVER * 1.5;
  while (clock.running() < deadline) {
    const [row] = await database.query('select count(*) as works from work where effect is not null');
    if (Number(row?.['works']) === 0) return;
    await pass(LOOK);
  }
}

interface Parts {
  readonly database: Database;
  readonly queue: WorkQueue;
  readonly changes: Changes | null;
}

async function partsOn(database: Database): Promise<Parts> {
  const options = { concurrency: 100, onError };
  const url = order.database;
  if (url === null) return { database, queue: createInProcessQueue(database, clock, options), changes: null };
  const changes = await createPostgresChanges(url, clock, { onError: (error) => onError(error, 'changes') });
  return { database, queue: await createPgBossQueue({ database, url, clock }, options), changes };
}

/** As the server composes it. */
function compose({ database, queue, changes }: Parts, dataDirectory: string): Engine {
  const heard = changes === null ? {} : { changes };
  const leases = createLeases(database);
  const redactor = createRedactor();
  const access = new ProviderAccess({
    registry,
    http: createHttpClient({}),
    commands: createCommandRunner(),
    redactor,
    clock,
    flagCounter: createFlagCounter({ database, clock }),
    dataDirectory,
    environment: {},
  });
  const flags = createFlags({ store: createFlagStore(database), clock, changes });
  return createEngine({
    store: deadlyStore(createLaunchStore(database, queue, heard), deaths),
    queue,
    leases,
    clock,
    redactor,
    ...heard,
    handlers: deadlyHandlers(createHandlers(access, leases, { flags }), deaths),
    onError,
  });
}

async function begin(engine: Engine): Promise<string> {
  const parsed = parsePlan(planText(order.plan, order), {
    file: 'launch.yaml',
    language: createPlanLanguage(registry),
  });
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const { plan } = parsed;
  const planDigest = createHash('sha256').update(canonicalJson(plan)).digest('hex');
  const started = await engine.start({ plan, planDigest, directory: planFolder(order.folder), actor: ACTOR });
  if (!started.ok) throw new Error(started.rejection.message);
  return started.launch.id;
}

/** Until the launch has ended and its last messages are sent. A refused command is looked at again. */
async function flyToTheEnd(engine: Engine, id: string): Promise<void> {
  for (;;) {
    const launch = await engine.find(id);
    const row = (await engine.list()).find((each) => each.id === id);
    if (launch === null || row?.active === false) return;
    const command = nextCommand(launch, sights(order.folder));
    if (command === null) await pass(LOOK);
    else await engine.command(id, command, ACTOR);
  }
}
