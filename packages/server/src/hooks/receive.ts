import type { Engine, HookDeliveries } from '@slipway/engine';
import { senderCalled } from './all-senders.ts';
import { boundedJson } from './bounded-json.ts';
import { hearAlerts } from './hear-alerts.ts';
import type { HookKeys } from './hook-keys.ts';
import { SeenDeliveries } from './seen-deliveries.ts';
import { isWithin, type Received, UnreadableAlert } from './sender.ts';

export interface ReceiverPorts {
  readonly keys: HookKeys;
  readonly deliveries: HookDeliveries;
  readonly engine: Pick<Engine, 'listActive' | 'find' | 'command'>;
}

/** What became of a request. `refused`: it did not show who sends it. */
export type Reception =
  | { readonly is: 'refused' }
  | { readonly is: 'unreadable'; readonly reason: string }
  | { readonly is: 'known' }
  | { readonly is: 'heard'; readonly alerts: number; readonly firing: number; readonly launches: readonly string[] };

/** `admit`: told whether it is signed, before anything else is done; what it throws is what becomes of the request. */
export type Receive = (sender: string, received: Received, admit?: (isSigned: boolean) => void) => Promise<Reception>;

/** Milliseconds after which what tells its time in the body alone is taken no more. */
const LATEST = 3_600_000;

/** Takes what senders of alerts send. Rejects where launches could not be told: nothing is kept then, and it may be sent again. */
export function createReceiver({ keys, deliveries, engine }: ReceiverPorts): Receive {
  const seen = new SeenDeliveries(deliveries);
  return async (name, received, admit = () => {}) => {
    const { now, body } = received;
    const sender = senderCalled(name);
    const known = sender === null ? [] : (keys.get(sender.name) ?? []);
    const isSigned = sender !== null && known.length > 0 && sender.knows(received, known);
    admit(isSigned);
    if (!isSigned) return { is: 'refused' };
    try {
      const { id, keepFor, madeAt, alerts } = sender.read(boundedJson(body), received);
      if (madeAt !== null && !isWithin(madeAt, now, LATEST)) return { is: 'refused' };
      if (await seen.has(sender.name, id, now)) return { is: 'known' };
      const launches = await hearAlerts(engine, sender.name, alerts);
      await seen.keep(sender.name, id, { now, until: now + keepFor });
      const firing = alerts.filter(({ isFiring }) => isFiring).length;
      return { is: 'heard', alerts: alerts.length, firing, launches };
    } catch (error) {
      if (error instanceof UnreadableAlert) return { is: 'unreadable', reason: error.message };
      throw error;
    }
  };
}
