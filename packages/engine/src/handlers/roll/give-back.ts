import type { EvidenceItem, RestoreWork } from '@slipway/core';
import { reasonOf, type Split, type TargetProvider } from '@slipway/provider-kit';
import type { PlaceUse, ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { instancesOf, readyAddresses } from '../ready-instances.ts';
import { describeWeights, setSplit, weightsOf } from '../set-split.ts';
import { floorOf } from './bounds.ts';
import { trafficBack } from './traffic-back.ts';

/** A restore of what was rolled away. */
export type RolledBack = RestoreWork & Required<Pick<RestoreWork, 'rolled'>>;

export interface GiveBack {
  readonly work: RolledBack;
  /** All traffic, however few of the old instances are ready: they cannot be made more. */
  readonly atAnyCost: boolean;
}

/** What of the traffic was given back. */
export interface Given {
  readonly item: EvidenceItem;
  /** That fewer instances serve than the plan allows; null where it is not so, or nothing was moved. */
  readonly shortage: string | null;
}

/**
 * Gives the old instances that still run the traffic that they can carry: to start the others takes its time, and until then people
 * would meet the version that is left. Rejects only when it is stopped: what cannot be moved must not keep anything from being started.
 */
export async function giveBack(access: ProviderAccess, order: GiveBack, context: EffectContext): Promise<Given> {
  const { environment } = order.work;
  try {
    const given = await tryToGiveBack(access, order, context);
    context.say(given.shortage ?? `${environment}: ${given.item.found}`);
    return given;
  } catch (thrown) {
    context.signal.throwIfAborted();
    context.say(`traffic stays where it is in ${environment} for now: ${reasonOf(thrown)}`);
    return { item: itemOf(order.work, reasonOf(thrown), 'unknown'), shortage: null };
  }
}

async function tryToGiveBack(access: ProviderAccess, order: GiveBack, context: EffectContext): Promise<Given> {
  const { work, atAnyCost } = order;
  const { environment, version, rolled } = work;
  const stays = (because: string): Given => ({ item: itemOf(work, because, 'pass'), shortage: null });
  const router = await access.router(environment, context);
  if (router === null) return stays('there is no router');
  const target = await access.target(environment, version, context);
  const state = await target.provider.inspect(target.config, target.place, target.context);
  const ready = {
    new: readyAddresses(instancesOf(state, rolled.by)),
    old: readyAddresses(instancesOf(state, version)),
  };
  const { weights } = await router.provider.inspect(router.config, router.place, router.context);
  const least = leastOf(target, work);
  const bounds = { floor: atAnyCost ? 1 : least, share: weights[rolled.by] ?? 0 };
  const backends = trafficBack(ready, bounds, { environment, newVersion: rolled.by, oldVersion: version });
  if (backends === null) return stays(`no instance of ${version} is ready`);
  await setSplit(router, { backends }, context);
  return {
    item: itemOf(work, describeWeights(weightsOf(backends)), 'pass'),
    shortage: shortageOf(backends, least, environment),
  };
}

/** How many must serve by the plan. A target that runs whole versions only has nothing that was rolled. */
function leastOf({ provider, config }: PlaceUse<TargetProvider>, { rolled }: RolledBack): number {
  return floorOf(provider.scaling?.whole(config) ?? 1, rolled.bounds);
}

function shortageOf(backends: Split['backends'], least: number, environment: string): string | null {
  const serving = Object.values(backends).reduce((sum, { addresses }) => sum + addresses.length, 0);
  if (serving >= least) return null;
  const split = describeWeights(weightsOf(backends));
  return `${split}: ${serving} ready instances serve ${environment}, where the plan wants ${least} at least`;
}

function itemOf({ version, rolled }: RolledBack, found: string, verdict: EvidenceItem['verdict']): EvidenceItem {
  const expected = `off ${rolled.by}, as far as the instances of ${version} that run can carry it`;
  return { asked: 'traffic before the restore', found, expected, verdict };
}
