import type { TestPostgres } from '../../../scripts/servers/postgres.ts';
import { benchPostgres } from '../../engine/databases.ts';
import { createDatabase } from '../../engine/sides.ts';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import { cpuSeconds } from '../../process/usage.ts';
import { installedVersion } from '../../report/machine.ts';
import type { Findings } from '../../report/result.ts';
import { turned } from '../evaluator/evaluator-part.ts';
import { drawnPeople } from '../evaluator/people.ts';
import { openFlagServer } from '../server/flag-server.ts';
import { type Compared, findingsOf, type Round } from './findings.ts';
import { UNLEASH_VERSION } from './install-unleash.ts';
import type { Asking, Loaded } from './load.ts';
import { PAIRS } from './pairs.ts';
import { type AskedServer, slipwayServer, unleashServer } from './servers.ts';
import { UnleashServer } from './unleash.ts';

const CONNECTIONS = 50;
/** People whom it is asked about, in turn. */
const PEOPLE = 200;

/** What a request for flags takes, of a server and of who asks. */
export const ofrepPart: Part = {
  name: 'ofrep',
  title: 'Flags over HTTP',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const postgres = await benchPostgres();
    if (postgres === null) throw new Error('PostgreSQL 15 or newer is not installed: both servers are measured on it');
    stack.use(postgres);
    const { servers, notes } = await openServers(stack, postgres, circumstances);
    const load = stack.use(await Child.start(new URL('load-child.ts', import.meta.url), circumstances));
    return await compare({ servers, load, notes }, circumstances);
  },
};

interface Opened {
  readonly servers: readonly AskedServer[];
  readonly notes: readonly string[];
}

async function openServers(
  stack: AsyncDisposableStack,
  postgres: TestPostgres,
  circumstances: Circumstances,
): Promise<Opened> {
  const { folder, signal, say } = circumstances;
  const url = async (name: string): Promise<string> => {
    await createDatabase(postgres, name);
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  };
  const own = async (where: string | null) => {
    const server = await openFlagServer({ folder, postgres: where });
    stack.defer(() => server.stop());
    return server;
  };
  const servers = [
    slipwayServer(await own(null), { label: 'Slipway, database file', is: 'ours on a file' }),
    slipwayServer(await own(await url('bench_flags')), { label: 'Slipway, PostgreSQL', is: 'ours' }),
  ];
  say(`ofrep: unleash-server ${UNLEASH_VERSION}, installed from the registry where it is not there yet`);
  try {
    const peer = stack.use(await UnleashServer.start({ folder, signal, postgres: await url('bench_unleash') }));
    servers.push(unleashServer(peer, `unleash-server ${UNLEASH_VERSION}`, signal));
    return { servers, notes: NOTES };
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { servers, notes: [...NOTES, `unleash-server was not measured: ${reason}`] };
  }
}

const NOTES = [
  `autocannon ${installedVersion('autocannon')} in a process of its own, ${CONNECTIONS} connections, POST, ${PEOPLE} people in turn; every second flag has a rule and a share. Processor time is that of the server's own process, not of its database.`,
  'Unleash has no way to ask for one flag: its frontend API answers every flag that is on, and names no other; OFREP answers each flag, on or off. Slipway counts who met which variant as it answers; for Unleash the applications would send that besides. Neither meets its limit on requests.',
];

interface Stage extends Opened {
  readonly load: Child;
}

async function compare({ servers, load, notes }: Stage, { quick, say, keep }: Circumstances): Promise<Findings> {
  const people = drawnPeople(PEOPLE);
  const rounds = quick ? 2 : 7;
  const compared: Compared[] = [];
  for (const pair of PAIRS) {
    const asked: Asked[] = [];
    for (const server of servers) asked.push({ server, asking: await server.prepare(pair, people), rounds: [] });
    for (const each of asked) await ask(each, load, quick ? 0.5 : 3);
    for (let round = 0; round < rounds; round += 1) {
      say(`ofrep: ${pair.flags} flags, round ${round + 1} of ${rounds}`);
      for (const each of turned(asked, round)) each.rounds.push(await ask(each, load, quick ? 1 : 5));
    }
    compared.push({ pair, sides: asked.map(({ server: { label, is }, rounds: of }) => ({ label, is, rounds: of })) });
    keep(findingsOf(compared, notes));
  }
  return findingsOf(compared, notes);
}

interface Asked {
  readonly server: AskedServer;
  readonly asking: Asking;
  readonly rounds: Round[];
}

async function ask({ server, asking }: Asked, load: Child, seconds: number): Promise<Round> {
  const before = cpuSeconds(server.pid);
  const loaded = await load.ask<Loaded>('load', { ...asking, connections: CONNECTIONS, seconds });
  const taken = cpuSeconds(server.pid) - before;
  if (loaded.failed > 0) throw new Error(`${loaded.failed} of ${loaded.requests} requests to ${server.label} failed`);
  return { ...loaded, cpu: (taken / loaded.requests) * 1_000_000 };
}
