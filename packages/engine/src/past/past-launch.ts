import { effectPlace, type Launch, type LaunchEvent, type Recorded } from '@slipway/core';
import type { Incident, PastEnvironment, PastLaunch } from '@slipway/provider-kit';
import { fold } from '../launches/fold.ts';

/** What a launch's log says of it to another launch. null: there is no launch in it. Throws where the log is broken. Pure. */
export function pastLaunch(events: readonly Recorded[]): PastLaunch | null {
  const launch = fold(events);
  if (launch.is === 'absent') return null;
  const { id, plan, planDigest, startedAt, head } = launch;
  const { name, version, git } = plan.artifact;
  return {
    id,
    plan: plan.launch,
    artifact: { name, version, git },
    planDigest,
    startedAt,
    ended: endedOf(launch),
    environments: Object.keys(plan.environments).flatMap((each) => environmentOf(launch, each, events)),
    incidents: [...new Set(events.flatMap(({ event }) => incidentOf(event) ?? []))],
    head: { seq: head.seq, hash: head.hash },
  };
}

function endedOf({ mode }: Launch): PastLaunch['ended'] {
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
    case 'undoing':
      return null;
    case 'incomplete':
      return { as: 'rollback-incomplete', at: mode.at };
    case 'ended':
      return { as: mode.as, at: mode.at };
  }
}

function environmentOf(launch: Launch, name: string, events: readonly Recorded[]): readonly PastEnvironment[] {
  const environment = launch.plan.environments[name];
  if (environment === undefined) return [];
  const { version } = launch.plan.artifact;
  const served = events.findLast(
    ({ event }) => event.type === 'environment-verified' && event.environment === name && event.version === version,
  );
  return [{ name, tier: environment.tier, servedAt: served?.at ?? null, back: backOf(launch, name, events) }];
}

/** Only a look of ours counts: where a person said that it is done, nobody has verified it. */
function backOf({ mode }: Launch, name: string, events: readonly Recorded[]): PastEnvironment['back'] {
  const items = 'items' in mode ? mode.items : [];
  let back: PastEnvironment['back'] = null;
  for (const { event, at } of events) {
    if (event.type !== 'effect-settled' || event.outcome.result !== 'done') continue;
    const place = effectPlace(event.effect);
    const undo = place.of === 'way-back' ? items[place.item]?.undo : undefined;
    if (undo?.kind !== 'effect' || undo.work.kind !== 'confirm-back' || undo.work.environment !== name) continue;
    back = { to: undo.work.version, at };
  }
  return back;
}

function incidentOf(event: LaunchEvent): Incident | null {
  if (event.type === 'turning-back') return 'rollback';
  if (event.type === 'held') return 'hold';
  return event.type === 'notice-queued' && event.page !== undefined ? 'page' : null;
}
