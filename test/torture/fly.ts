import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLaunch, createLaunchStore, type Database, providerDirectory, type StoredEvent } from '@slipway/engine';
import { builtinRouter, processTarget, shutdownEnvironment, shutdownRouter } from '@slipway/providers';
import { freePort } from '../e2e/support/real-server.ts';
import { dropDatabase, makeDatabase, openState } from './flight-database.ts';
import { describePoint, type KillPoint, parsePoint } from './kill-points.ts';
import { type Life, live } from './live.ts';
import { isVisited, launchName, PLACE, type PlanName } from './plans.ts';
import { Visitors, type Visits } from './visitors.ts';
import { apps, dataFolder, deeds, makeWorld, messages, serving } from './world.ts';

/** A launch that dies once at each of these, one life after the other; then it lives. */
export interface Fate {
  readonly plan: PlanName;
  /** A point of that life, or milliseconds after which it is killed from outside. */
  readonly deaths: readonly (KillPoint | number)[];
}

/** All that is left of a flight. */
export interface Flight {
  readonly fate: Fate;
  readonly lives: readonly Life[];
  readonly launches: readonly string[];
  readonly events: readonly StoredEvent[];
  /** What is wrong with the stored chain; null: it is whole. */
  readonly chainProblem: string | null;
  /** Effects that still stand in the queue, environments still locked, and launches that wait for one. */
  readonly leftovers: readonly string[];
  readonly deeds: readonly string[];
  readonly messages: readonly string[];
  /** Processes that launches started to serve and that are alive. */
  readonly serving: number;
  /** How many of them there ever were. */
  readonly apps: number;
  /** null: nobody comes through a router. */
  readonly visits: Visits | null;
}

export interface Airfield {
  /** A folder that flights share for speed. */
  readonly cache: string;
  /** URL of a PostgreSQL on which every flight gets a database; null: each has a file of its own. */
  readonly postgres: string | null;
}

/** Flies a fate to its end. */
export async function fly(fate: Fate, { cache, postgres }: Airfield): Promise<Flight> {
  if (postgres === null) return await flyOn(fate, { cache, database: null });
  const database = await makeDatabase(postgres);
  try {
    return await flyOn(fate, { cache, database });
  } finally {
    await dropDatabase(postgres, database);
  }
}

interface Ground {
  readonly cache: string;
  /** See LifeOrder. */
  readonly database: string | null;
}

async function flyOn(fate: Fate, { cache, database }: Ground): Promise<Flight> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-torture-'));
  try {
    makeWorld(folder);
    const port = isVisited(fate.plan) ? await freePort() : 0;
    const visitors = isVisited(fate.plan) ? await openDoors({ folder, database, port, cache }) : null;
    const lives = await liveAndDie(fate, { folder, database, port, cache }).catch(async (error: unknown) => {
      await visitors?.leave();
      throw error;
    });
    return {
      fate,
      lives,
      visits: (await visitors?.leave()) ?? null,
      ...(await remains(launchName(fate.plan, folder), { folder, database })),
      deeds: deeds(folder),
      messages: messages(folder),
      serving: serving(folder),
      apps: apps(folder).length,
    };
  } finally {
    await shutDown(dataFolder(folder));
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

interface Field extends Ground {
  readonly folder: string;
  readonly port: number;
}

async function liveAndDie({ plan, deaths }: Fate, { cache, ...field }: Field): Promise<readonly Life[]> {
  const lives: Life[] = [];
  for (const death of [...deaths, null]) {
    const deadly = typeof death === 'number' ? null : death;
    const after = typeof death === 'number' ? death : null;
    const life = await live({ ...field, plan, deadly }, { after, cache });
    lives.push(life);
    // It ended before it came to its point: there is nothing left to die in.
    if (life.end !== 'died') break;
  }
  return lives;
}

/** Puts the old version there, and lets people come. */
async function openDoors({ cache, ...field }: Field): Promise<Visitors> {
  const life = await live({ ...field, plan: 'standing', deadly: null }, { after: null, cache });
  if (life.end !== 'survived') throw new Error(`the old version does not stand: ${life.complaint}`);
  return new Visitors(field.port);
}

/** What goes on when its server is dead: the router first, so that it sends nobody to what is going. */
async function shutDown(data: string): Promise<void> {
  const routers = providerDirectory(data, builtinRouter);
  const supervisors = providerDirectory(data, processTarget);
  if (existsSync(routers)) await shutdownRouter(routers, PLACE);
  if (existsSync(supervisors)) await shutdownEnvironment(supervisors, PLACE);
}

type Remains = Pick<Flight, 'launches' | 'events' | 'chainProblem' | 'leftovers'>;

async function remains(name: string, at: Pick<Field, 'folder' | 'database'>): Promise<Remains> {
  const database = await openState(at.folder, at.database);
  try {
    const noQueue = { enqueue: async () => {}, complete: async () => {}, goOn: async () => {} };
    const store = createLaunchStore(database, noQueue);
    const launches = (await store.list()).filter((row) => row.name === name).map((row) => row.id);
    const [launch] = launches;
    if (launch === undefined) return { launches, events: [], chainProblem: 'there is no launch', leftovers: [] };
    const check = await checkLaunch(database, launch);
    const events = await store.read(launch).catch(() => []);
    return { launches, events, chainProblem: check.ok ? null : check.problem, leftovers: await leftoversOf(database) };
  } finally {
    await database.close();
  }
}

/** Wake-ups that are not due yet do no harm and may stay. */
async function leftoversOf(database: Database): Promise<readonly string[]> {
  const work = await database.query('select id from work where effect is not null');
  const leases = await database.query('select environment as id from lease');
  const waits = await database.query('select launch as id from lease_wait');
  return [...work, ...leases, ...waits].map((row) => String(row['id']));
}

/** `plan:point,point`: what the campaign takes to fly it again. */
export function describeFate({ plan, deaths }: Fate): string {
  return `${plan}:${deaths.map((death) => (typeof death === 'number' ? `${death}ms` : describePoint(death))).join(',')}`;
}

/** Reads `describeFate` back; null where it is none. */
export function parseFate(text: string, plans: readonly PlanName[]): Fate | null {
  const [name, list = ''] = text.split(':');
  const plan = plans.find((known) => known === name);
  const deaths = list
    .split(',')
    .filter((word) => word !== '')
    .map((word) => (/^\d+ms$/.test(word) ? Number.parseInt(word, 10) : parsePoint(word)));
  if (plan === undefined || deaths.includes(null)) return null;
  return { plan, deaths: deaths.filter((death) => death !== null) };
}
