import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchView } from '@slipway/contract';
import { providerDirectory } from '@slipway/engine';
import { builtinRouter, processTarget, shutdownEnvironment, shutdownRouter } from '@slipway/providers';
import { freePort } from '../../scripts/servers/free-port.ts';
import type { RealServer } from '../../test/e2e/support/real-server.ts';
import { openShop, type Shop } from '../../test/e2e/support/shop.ts';
import type { Circumstances, Part } from '../part.ts';
import { Child } from '../process/child.ts';
import { defectsFor, type Shares, writeRelease } from './bad-release.ts';
import { findingsOf, type Flight, type Flown, type Shape } from './findings.ts';
import { type Met, NOTHING_MET } from './met.ts';
import { planText } from './plan-text.ts';
import { splitTime } from './split-time.ts';

/** How long visitors meet a bad version. */
export const rollbackPart: Part = {
  name: 'rollback',
  title: 'From the first bad answer to all traffic back',
  measure: async (circumstances) => {
    await using stack = new AsyncDisposableStack();
    const shop = await openShop();
    stack.defer(() => closeShop(shop));
    const visitors = stack.use(await Child.start(new URL('visitors-child.ts', import.meta.url), circumstances));
    const stage: Stage = { shop, visitors, port: await freePort(), signal: circumstances.signal };
    const { id } = await shop.server.launch(planText('first', stage.port));
    const { state, headline } = await shop.server.settled(id);
    if (state !== 'completed') throw new Error(`the first version does not serve: ${headline}`);
    await writeReleases(stage, circumstances);
    const flown: Flown[] = [];
    for (const shape of shapesOf(circumstances.quick)) {
      flown.push(await flyAll(stage, shape, circumstances));
      circumstances.keep(findingsOf(flown));
    }
    return findingsOf(flown);
  },
};

interface Stage {
  readonly shop: Shop;
  readonly visitors: Child;
  readonly port: number;
  readonly signal: AbortSignal;
}

/** Without asking the server: Ctrl-C has ended it as well, and in the middle of a launch it would refuse. */
async function closeShop({ server, folder }: Shop): Promise<void> {
  await server.stop();
  const data = join(folder, '.slipway');
  await shutdownRouter(providerDirectory(data, builtinRouter), PLACE);
  await shutdownEnvironment(providerDirectory(data, processTarget), PLACE);
  rmSync(folder, { recursive: true, force: true });
}

const PLACE = 'shop.production';

const ERRORS = [0.02, 0.5];

function shapesOf(quick: boolean): readonly Shape[] {
  if (quick) return [{ rate: 200, errors: 0.5, runs: 2 }];
  return ERRORS.flatMap((errors) => [50, 200, 1_000].map((rate) => ({ rate, errors, runs: 20 })));
}

const versionOf = (errors: number): string => `9.${errors * 100}.0`;

/** What a release must spoil follows from what the visitors ask for. */
async function writeReleases(stage: Stage, { quick, say }: Circumstances): Promise<void> {
  say('rollback: what visitors ask for');
  await visit(stage, 500);
  await pass(quick ? 3_000 : 20_000, undefined, { signal: stage.signal });
  const shares = await stage.visitors.ask<Shares>('shares');
  for (const errors of ERRORS) writeRelease(stage.shop.folder, versionOf(errors), defectsFor(errors, shares));
}

async function visit({ visitors, port }: Stage, rate: number): Promise<void> {
  await visitors.ask('visit', { url: `http://127.0.0.1:${port}`, rate });
  await visitors.ask('forget');
}

async function flyAll(stage: Stage, shape: Shape, { say }: Circumstances): Promise<Flown> {
  await visit(stage, shape.rate);
  await pass(2_000, undefined, { signal: stage.signal });
  const flights: Flight[] = [];
  for (let run = 1; run <= shape.runs; run += 1) {
    say(`rollback: ${shape.rate} requests/s, ${shape.errors * 100} % errors, run ${run} of ${shape.runs}`);
    flights.push(await fly(stage, shape));
  }
  return { ...shape, flights };
}

/** One launch of the bad version, taken back in the end. Throws where it is not: the next would begin elsewhere. */
async function fly({ shop, visitors, port, signal }: Stage, { errors }: Shape): Promise<Flight> {
  const { server } = shop;
  const version = versionOf(errors);
  await visitors.ask('forget');
  const { id } = await server.launch(planText('next', port), version);
  if (!(await ended({ server, id, signal }, WATCHED))) {
    const byHand = { type: 'rollback', reason: 'the bench has watched for long enough' };
    // Refused where the way back has begun by itself meanwhile.
    await server.api('POST', `/launches/${id}/commands`, byHand).catch(() => null);
    await ended({ server, id, signal }, PATIENCE);
  }
  const { state, headline } = await server.api<LaunchView>('GET', `/launches/${id}`);
  if (state !== 'rolled-back') throw new Error(`${id} was not taken back: ${headline}`);
  // What was in flight when the traffic went back has been answered by then.
  await pass(300, undefined, { signal });
  const met = (await visitors.ask<Readonly<Record<string, Met>>>('met'))[version] ?? NOTHING_MET;
  return { met, split: await splitOf(server, id, met) };
}

async function splitOf(server: RealServer, id: string, met: Met): Promise<Flight['split']> {
  const { firstBadAt, lastAt, enoughAt } = met;
  const { events } = await server.record(id);
  if (firstBadAt === null || lastAt === null) return null;
  // The router may have seen enough when one answer was still on its way to its visitor.
  return splitTime({ events, firstBadAt, enoughAt: enoughAt ?? lastAt, lastNewAt: lastAt });
}

/** A version that nobody has caught by then counts as not caught, in milliseconds: ten times what the fewest visitors need. */
const WATCHED = 300_000;
const PATIENCE = 60_000;

interface Watched {
  readonly server: RealServer;
  readonly id: string;
  readonly signal: AbortSignal;
}

/** false: it has not, within so many milliseconds, or it waits for a person. */
async function ended({ server, id, signal }: Watched, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const view = await server.api<LaunchView>('GET', `/launches/${id}`);
    if (view.endedAt !== null) return true;
    if (view.state === 'held') return false;
    await pass(200, undefined, { signal });
  }
  return false;
}
