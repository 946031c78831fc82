import { readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessEntry } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Lease } from '../environment-store.ts';
import { ownLine, renderConfiguration } from './configuration.ts';
import type { Serving } from './control.ts';
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

/** What is to be in the files, and what nginx says once it has it. */
interface Wanted {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly digest: string;
}

/**
 * Has nginx know the targets. Resolves when it does, and at once where it did before; the workers of before then take no more
 * connections. Throws where it does not come to that: what was in the files before is put back, and serves on. Where nginx knows the
 * targets already, that is no reason to throw: nothing in the files, nor in the team's own, keeps a way back from being taken.
 */
export async function serveTargets(place: Place, targets: Targets, change: Change): Promise<void> {
  const wanted = wantedOf(place, targets, change);
  const serving = await askIfThere(place);
  const knows = serving === null || serving === 'another' ? new Set<string>() : serving.knows;
  const hasAll = Object.keys(targets).every((id) => knows.has(id));
  try {
    await bringUp(place, wanted, { ...change, serving, isNew: targets !== change.stored.targets });
  } catch (thrown) {
    place.context.signal.throwIfAborted();
    if (targets !== change.stored.targets || !hasAll) throw thrown;
    place.context.log(`nginx knows everybody, and its files are not as they should be: ${reasonOf(thrown)}`);
  }
}

function wantedOf({ config, environment, prefix, links }: Place, targets: Targets, { stored }: Change): Wanted {
  const { mark } = stored;
  const { text, location, digest } = renderConfiguration({
    config,
    environment,
    prefix,
    targets,
    mark,
    links: links.path,
  });
  return {
    files: [
      { path: config.file, text },
      { path: homeOf(config).location, text: location },
    ],
    digest,
  };
}

interface Bringing extends Change {
  readonly serving: Serving | 'another' | null;
  /** Whether nginx was not seen to know all of the targets yet. */
  readonly isNew: boolean;
}

async function bringUp(place: Place, { files, digest }: Wanted, change: Bringing): Promise<void> {
  const { environment, config } = place;
  const { serving, isNew, staging } = change;
  const before = await Promise.all(files.map(async ({ path }) => ({ path, text: await readOwn(path, environment) })));
  const isWritten = files.every((file, index) => file.text === before[index]?.text);
  const isServed = digestOf(serving) === digest;
  if (isWritten && !isNew && (serving === null || isServed)) return;
  if (serving === 'another' && before.every(({ text }) => text === null)) throw taken(config.control);
  const next = await lay(files, staging);
  // nginx has all of it, and only the disk does not: that asks for no reload.
  if (isServed && !isNew) return await put(next, place, change);
  // Before anything is changed: putting back is then a rename, which also a full disk has room for.
  const back = await lay(before, staging);
  const workers = findWorkers();
  try {
    await put(next, place, change);
    await testConfiguration(place);
    await reloadNginx(place);
    await untilServed(place, digest, workers);
    await refuseUnincluded(place);
  } catch (thrown) {
    await put(back.toReversed(), place, change).catch((problem: unknown) =>
      place.context.log(`What was in the files before is not put back: ${reasonOf(problem)}`),
    );
    throw thrown;
  }
  for (const { ready } of back) if (ready !== null) await rm(ready, { force: true });
}

const digestOf = (serving: Bringing['serving']): string | null =>
  serving === null || serving === 'another' ? null : serving.digest;

/** What lies ready to be renamed to `path`; null: nothing is to be there. */
interface Laid {
  readonly path: string;
  readonly ready: string | null;
}

async function lay(
  files: readonly { readonly path: string; readonly text: string | null }[],
  staging: Staging,
): Promise<readonly Laid[]> {
  const laid: Laid[] = [];
  for (const { path, text } of files) laid.push({ path, ready: text === null ? null : await staging.file(text) });
  return laid;
}

async function put(laid: readonly Laid[], { store, environment }: Place, change: Change): Promise<void> {
  const { lease, staging } = change;
  for (const { path, ready } of laid) {
    store.refuseLost(environment, lease);
    if (ready === null) await rm(path, { force: true });
    else await staging.commit(ready, path);
  }
}

/** Null where there is none. Throws TerminalError for a file that is somebody else's. */
async function readOwn(path: string, environment: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    if (isMissing(thrown)) return null;
    throw thrown;
  });
  if (text === null || text.startsWith(`${ownLine(environment)}\n`)) return text;
  throw new TerminalError(`${path} is not Slipway's file for ${environment}: remove it, or name another in \`file\``);
}

/** nginx would not start any more where another program has the port, and answer for one environment only where two name the same. */
function taken(control: string): TerminalError {
  return new TerminalError(
    `Somebody else answers on ${control}: give \`control\` a free port, its own for each environment`,
  );
}

async function untilServed(place: Place, digest: string, workers: readonly ProcessEntry[]): Promise<void> {
  const { control, file } = place.config;
  let alone = Infinity;
  for (const giveUp = performance.now() + place.waitMs; performance.now() < giveUp;) {
    const serving = await askIfThere(place);
    const isNew = serving !== null && serving !== 'another' && serving.digest === digest;
    const older = isNew ? olderOnesAccept(workers, serving.pid) : true;
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

/** nginx makes the log where a `location` has Slipway's lines. Where none has, nobody would be routed by the split. */
async function refuseUnincluded({ config }: Place): Promise<void> {
  const isThere = await stat(config.log).then(
    () => true,
    (thrown: unknown) => !isMissing(thrown),
  );
  if (isThere) return;
  throw new TerminalError(
    `nginx has read ${config.file}, and makes no log ${config.log}: include ${homeOf(config).location} in the \`location\` that ` +
      'your traffic goes through',
  );
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
