import type { AlertSender } from '@slipway/plan';
import type { Sender } from './sender.ts';
import { alertmanager } from './senders/alertmanager.ts';
import { grafana } from './senders/grafana.ts';
import { pagerduty } from './senders/pagerduty.ts';
import { standard } from './senders/standard.ts';

/** By the name that plans give them. */
export const SENDERS: Readonly<Record<AlertSender, Sender>> = { alertmanager, grafana, pagerduty, standard };

/** null: there is no such sender. */
export function senderCalled(name: string): Sender | null {
  return Object.values(SENDERS).find((sender) => sender.name === name) ?? null;
}
