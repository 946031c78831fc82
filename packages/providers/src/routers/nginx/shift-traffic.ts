import type { RouterState, Split } from '@slipway/provider-kit';
import { reasonOf, RetryableError } from '@slipway/provider-kit';
import { changes } from '../builtin/accept-split.ts';
import type { Lease } from '../environment-store.ts';
import { all, apportion, layOut } from './buckets.ts';
import { askNginx } from './control.ts';
import { inFolder, refuseOpenFolder } from './file-problem.ts';
import { idOf, nobody } from './identifiers.ts';
import { beginReading } from './log-reading.ts';
import type { Place } from './place.ts';
import { homeOf } from './place.ts';
import { realWeights } from './real-weights.ts';
import { serveTargets } from './serve-targets.ts';
import type { Destination } from './split-links.ts';
import { SplitLinks } from './split-links.ts';
import { Staging } from './staging.ts';
import type { StoredSplit } from './stored-split.ts';
import { joined, knowsAll, nothingStored, wantedBy } from './stored-split.ts';

/** Has nginx route by the split, and gives the weights that it then has. The split is kept before anything is changed. */
export async function shiftTraffic(place: Place, split: Split): Promise<RouterState['weights']> {
  const { store, environment, context } = place;
  const shares = apportion(split);
  return await store.exclusively(environment, context.signal, async (lease) => {
    const before = store.read(environment);
    const stored = before ?? nothingStored();
    changes(stored.split, split);
    // What an earlier Slipway had counted is not counted again.
    if (before === null) store.see(environment, { reading: await beginReading(place.config.log) });
    const { folder } = homeOf(place.config);
    if (before === null) await refuseOpenFolder(folder);
    return await inFolder(folder, () => shiftHolding(lease, place, { stored, split, shares }));
  });
}

interface Asked {
  readonly stored: StoredSplit;
  readonly split: Split;
  readonly shares: ReadonlyMap<string, number>;
}

async function shiftHolding(lease: Lease, place: Place, asked: Asked): Promise<RouterState['weights']> {
  const { store, environment, links, context } = place;
  const { folder, name: home } = homeOf(place.config);
  const staging = new Staging(folder, home, lease.holder);
  await staging.revoke();
  const { stored } = asked;
  const accepted = { ...stored, split: structuredClone(asked.split) as StoredSplit['split'] };
  store.save(environment, lease, accepted);
  const live = await links.current();
  const wanted = wantedBy(asked.split);
  const targets = knowsAll(stored.targets, wanted)
    ? stored.targets
    : joined(wanted, stored, live === null ? [] : links.read(live).keys());
  const name = await links.write(destinations(asked.shares));
  const ways = await layWays(place, asked.shares);
  await serveTargets(place, targets, { lease, staging, stored });
  const ready = await staging.link(SplitLinks.targetOf(name));
  // After it is laid ready, and before it is renamed: see Staging.
  if (targets === stored.targets) store.refuseLost(environment, lease);
  else store.save(environment, lease, { ...accepted, targets });
  await staging.commit(ready, links.live);
  const used = new Set([name, live ?? name, nobody, ...ways, ...Object.keys(targets)]);
  // The traffic has moved: what cannot be tidied up is no reason to say that it has not.
  await links.prune(used, context.now()).catch((thrown: unknown) => context.log(reasonOf(thrown)));
  return await confirm(place, name, { ...accepted, targets });
}

/** Lays ready what gives everything to one version, for each of them: a way back then finds it also where the disk is full. */
async function layWays({ links }: Place, shares: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const names: string[] = [];
  for (const version of shares.keys()) names.push(await links.write(destinations(new Map([[version, all]]))));
  return names;
}

/** Where the buckets lead to. A worker that does not know a version yet takes the one with most traffic beside it. */
function destinations(shares: ReadonlyMap<string, number>): readonly Destination[] {
  const bySize = [...shares].filter(([, count]) => count > 0).toSorted(([, one], [, other]) => other - one);
  const otherThan = (version: string): string => bySize.find(([other]) => other !== version)?.[0] ?? version;
  const of = new Map(bySize.map(([version]) => [version, { to: idOf(version), or: idOf(otherThan(version)) }]));
  const none = { to: nobody, or: nobody };
  const row = layOut(shares).map((version) => of.get(version) ?? none);
  return row.length === 0 ? Array.from({ length: all }, () => none) : row;
}

async function confirm(place: Place, name: string, stored: StoredSplit): Promise<RouterState['weights']> {
  const serving = await askNginx(place);
  if (serving.split === null) {
    throw new RetryableError(
      `nginx's workers may not look into ${place.links.path}: let every user read the folders on the way`,
    );
  }
  if (serving.split !== name) throw new RetryableError(`Somebody else changed ${place.links.live} at the same time`);
  return realWeights(stored, serving, place.links.read(name));
}
