import { hooksFor, type Launch, SLIPWAY } from '@slipway/core';
import type { Engine } from '@slipway/engine';
import type { AlertSender } from '@slipway/plan';
import type { ReadAlert } from './sender.ts';

type Launches = Pick<Engine, 'listActive' | 'find' | 'command'>;

/**
 * Tells every launch under way of the alerts that its triggers wait for. Gives the launches that acted. One that cannot be read
 * stops no other; its error is thrown when all were told, so that the sender sends again.
 */
export async function hearAlerts(
  launches: Launches,
  from: AlertSender,
  alerts: readonly ReadAlert[],
): Promise<readonly string[]> {
  const firing = alerts.filter(({ isFiring }) => isFiring);
  if (firing.length === 0) return [];
  const acted: string[] = [];
  const troubles: unknown[] = [];
  for (const { id } of await launches.listActive()) {
    try {
      const launch = await launches.find(id);
      if (launch !== null && (await tell(launches, { launch, from, firing }))) acted.push(id);
    } catch (error) {
      troubles.push(error);
    }
  }
  if (troubles.length > 0) throw troubles[0];
  return acted;
}

interface Telling {
  readonly launch: Launch;
  readonly from: AlertSender;
  readonly firing: readonly ReadAlert[];
}

/** A way back first, and then nothing more: two thousand others must not stand in front of it. */
async function tell(launches: Launches, { launch, from, firing }: Telling): Promise<boolean> {
  const awaited = firing.flatMap((alert) => {
    const hooks = hooksFor(launch, { from, labels: alert.labels });
    return hooks.length === 0 ? [] : [{ alert, isBack: hooks.some(({ trigger }) => trigger.deed.kind === 'rollback') }];
  });
  let hasActed = false;
  for (const { alert, isBack } of awaited.toSorted((one, other) => Number(other.isBack) - Number(one.isBack))) {
    const { incident, title, labels } = alert;
    const command = { type: 'alert', from, incident, title, labels } as const;
    const executed = await launches.command(launch.id, command, SLIPWAY);
    if (executed.ok && isBack) return true;
    hasActed = executed.ok || hasActed;
  }
  return hasActed;
}
