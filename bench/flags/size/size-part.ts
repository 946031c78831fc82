import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { RealServer } from '../../../test/e2e/support/real-server.ts';
import type { Circumstances, Part } from '../../part.ts';
import { Child } from '../../process/child.ts';
import { residentMegabytes } from '../../process/usage.ts';
import { applySet, keyFor, openFlagServer } from '../server/flag-server.ts';
import { bigSet, idOf, type Size } from './big-set.ts';
import { findingsOf, type Measured } from './findings.ts';
import type { LoadedSet, Made, SizeOrder } from './size-child.ts';

const SET = 'bench.production';

/** What a large set takes. */
export const sizePart: Part = {
  name: 'size',
  title: 'A large flag set',
  measure: async (circumstances) => {
    const { quick, say, keep } = circumstances;
    const size: Size = quick ? { flags: 500, ids: 10_000 } : { flags: 5_000, ids: 100_000 };
    const rounds = quick ? 2 : 7;
    const inMemory: Round[] = [];
    const inServer: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`size: round ${round} of ${rounds}`);
      inMemory.push(await measureInMemory(size, circumstances));
      inServer.push(await measureServer(size, circumstances));
      keep(findingsOf(size, [...turnedOver(inMemory), ...turnedOver(inServer)]));
    }
    return findingsOf(size, [...turnedOver(inMemory), ...turnedOver(inServer)]);
  },
};

/** Figures of one round by what they are. */
type Round = Readonly<Record<string, number>>;

function turnedOver(rounds: readonly Round[]): readonly Measured[] {
  const [first = {}] = rounds;
  return Object.keys(first).map((text) => ({ text, figures: rounds.map((round) => round[text] ?? Number.NaN) }));
}

/** Made in one process, and loaded in another, which has seen nothing of it. */
async function measureInMemory(size: Size, { folder, signal, quick }: Circumstances): Promise<Round> {
  const own = await mkdtemp(join(folder, 'size-'));
  const order: SizeOrder = { path: join(own, 'slipway.db'), set: SET, size };
  const start = (): Promise<Child> => Child.start(new URL('size-child.ts', import.meta.url), { order, signal });
  const made = await make(await start());
  await using child = await start();
  const loaded = await child.ask<LoadedSet>('load');
  const first = await child.ask<number>('bulk', 1);
  const bulk = await child.ask<number>('bulk', quick ? 20 : 200);
  return {
    'its file, MB': made.characters / 1e6,
    'the file read and checked, ms': made.parsed,
    'recorded in the database, ms': made.recorded,
    'loaded from the database until it is served, ms': loaded.loaded,
    'of that compiling, again, ms': loaded.compiled,
    'memory held, MB': loaded.heap,
    'resident memory more, MB': loaded.resident,
    'all flags for the first person, ms': first,
    'all flags for one person, warm, ms': bulk,
    'a kill, or its end, until it is recorded and served, ms': await child.ask<number>('kill'),
    'the file applied with one flag changed, ms': await child.ask<number>('apply'),
  };
}

async function make(child: Child): Promise<Made> {
  await using maker = child;
  return await maker.ask<Made>('make');
}

async function measureServer(size: Size, { folder, signal, quick }: Circumstances): Promise<Round> {
  const server = await openFlagServer({ folder, postgres: null });
  try {
    await applySet(server, 'empty.production', { flags: {} });
    const empty = await restarted(server);
    await applySet(server, SET, bigSet(size));
    const key = await keyFor(server, SET);
    const full = await restarted(server);
    const asked = await askAll(server, { key, times: quick ? 5 : 50 }, signal);
    return {
      'the server: memory more, MB': full.megabytes - empty.megabytes,
      'the server: longer to start, ms': full.milliseconds - empty.milliseconds,
      'the server: all flags over OFREP, one request at a time, ms': asked.milliseconds,
      'the server: such an answer, kB': asked.kilobytes,
    };
  } finally {
    await server.stop();
  }
}

async function restarted(server: RealServer): Promise<{ readonly milliseconds: number; readonly megabytes: number }> {
  await server.stop();
  const begin = performance.now();
  await server.start();
  const milliseconds = performance.now() - begin;
  return { milliseconds, megabytes: residentMegabytes(server.pid) };
}

interface Asked {
  readonly key: string;
  readonly times: number;
}

async function askAll(
  server: RealServer,
  { key, times }: Asked,
  signal: AbortSignal,
): Promise<{ milliseconds: number; kilobytes: number }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const begin = performance.now();
  let bytes = 0;
  for (let time = 0; time < times; time += 1) {
    const body = JSON.stringify({ context: { targetingKey: idOf(time * 7), country: 'fr', version: '2.1.0' } });
    const response = await fetch(`${server.url}/ofrep/v1/evaluate/flags`, { method: 'POST', headers, body, signal });
    if (!response.ok) throw new Error(`all flags: ${response.status} ${await response.text()}`);
    bytes += (await response.arrayBuffer()).byteLength;
  }
  return { milliseconds: (performance.now() - begin) / times, kilobytes: bytes / times / 1_000 };
}
