import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessEntry } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Lease } from '../environment-store.ts';
import { ownLine, renderConfiguration, renderLocation } from './configuration.ts';
import { askIfThere } from './control.ts';
import type { Place } from './place.ts';
import { homeOf } from './place.ts';
import { reloadNginx, testConfiguration } from './run-nginx.ts';
import type { Staging } from './staging.ts';
import type { StoredSplit, Targets } from './stored-split.ts';
import { findWorkers, olderOnesAccept } from './workers.ts';

const askEveryMs = 20;
/** Where the older workers cannot be seen: how long every answer has to come from a newer one. nginx ends the older after 100 ms. */
const quietMs = 1_500;

export interface Change {
  readonly lease: Lease;
  readonly staging: Staging;
  /** What was kept of before. */
  readonly stored: StoredSplit;
}

/**
 * Has nginx know the targets. Resolves when it does, and at once where it did before; the workers of before then take no more
 * connections. Throws where it does not come to that: what was in the files before is put back, and serves on.
 */
export async function serveTargets(place: Place, targets: Targets, change: Change): Promise<void> {
  const { config, environment, prefix, links } = place;
  const wanted = { config, environment, prefix, links: links.path, targets };
  const { text, digest } = renderConfiguration(wanted);
  const files = [
    { path: config.file, text },
    { path: homeOf(config).location, text: renderLocation(wanted) },
  ];
  const before = await Promise.all(files.map(async ({ path }) => ({ path, text: await readOwn(path, environment) })));
  const isWritten = files.every((file, index) => file.text === before[index]?.text);
  const serving = await askIfThere(place);
  if (isWritten && targets === change.stored.targets && (serving === null || serving.digest === digest)) return;
  const workers = findWorkers();
  try {
    await put(files, place, change);
    await testConfiguration(place);
    await reloadNginx(place);
  } catch (thrown) {
    await put(before.toReversed(), place, change);
    throw thrown;
  }
  await untilServed(place, digest, workers);
}

interface Written {
  readonly path: string;
  /** Null for none. */
  readonly text: string | null;
}

async function put(
  files: readonly Written[],
  { store, environment }: Place,
  { lease, staging }: Change,
): Promise<void> {
  for (const { path, text } of files) {
    if (text === null) {
      store.refuseLost(environment, lease);
      await rm(path, { force: true });
      continue;
    }
    const ready = await staging.file(text);
    store.refuseLost(environment, lease);
    await staging.commit(ready, path);
  }
}

/** Null where there is none. Throws TerminalError for a file that is somebody else's. */
async function readOwn(path: string, environment: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (text === null || text.startsWith(`${ownLine(environment)}\n`)) return text;
  throw new TerminalError(`${path} is not Slipway's file for ${environment}: remove it, or name another in \`file\``);
}

async function untilServed(place: Place, digest: string, workers: readonly ProcessEntry[]): Promise<void> {
  const { control, file } = place.config;
  let alone = Infinity;
  for (const giveUp = performance.now() + place.waitMs; performance.now() < giveUp;) {
    const serving = await askIfThere(place);
    const older = serving?.digest === digest ? olderOnesAccept(workers, serving.pid) : true;
    if (older === false) return;
    alone = older === true ? Infinity : Math.min(alone, performance.now());
    if (performance.now() - alone >= quietMs) return;
    await sleep(askEveryMs, undefined, { signal: place.context.signal });
  }
  throw new RetryableError(
    `nginx was told to read its configuration, and does not answer on ${control} that it has: is ${file} included in its \`http\` ` +
      'block, and what does its error log say?',
  );
}
