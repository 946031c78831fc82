import { type Evidence, facts, type Launch } from '@slipway/core';
import { RetryableError } from '@slipway/provider-kit';
import type { Flags } from '../../flags/flags.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FlagDeliveries } from '../../ports/flag-delivery.ts';
import { placeOf } from '../../providers/provider-access.ts';
import { done, type Handlers, runAgain } from '../handler.ts';
import { executeFor } from './execute.ts';
import { flagRecord } from './flag-record.ts';
import { reachItems, reachOf } from './kill-reach.ts';

/** Characters: a cause may be a page of a provider's words. */
const LONGEST_CAUSE = 300;

export interface KillPorts {
  readonly clock: Clock;
  /** Absent: how far a change gets is not measured. */
  readonly delivery?: FlagDeliveries;
}

/** Done once this server serves the off variant; all others hear of it by themselves. Clients are given a moment to fetch it, for the record. */
export function killFlagHandler(flags: Flags, { clock, delivery: deliveries }: KillPorts): Handlers['kill-flag'] {
  return {
    run: async ({ environment, flag }, { launch, effect, signal, say }) => {
      say(`switches ${flag} off for everybody`);
      const reason = reasonOf(launch);
      await executeFor({ flags, launch }, environment, { type: 'kill', flag, reason, launch: launch.id });
      const { kill, about, revision: version } = flagRecord(flags, launch, { environment, flag });
      if (kill === null) throw new RetryableError(`${flag} is not known to be off yet`);
      const since = new Date(kill.at).toISOString();
      const items: Evidence['items'][number][] = [
        { asked: `who gets anything but ${about.off}`, found: 'nobody', expected: 'nobody', verdict: 'pass' },
      ];
      // What somebody else had switched off before was told to its clients then.
      if (deliveries !== undefined && kill.launch === launch.id) {
        const waiting = { clock, deliveries, timeout: effect.timeout, signal };
        const reach = await reachOf({ set: placeOf(launch, environment), version }, waiting);
        items.push(...reachItems(launch, kill.at, reach));
      }
      return done(`${flag} serves ${about.off} to everybody since ${since}`, items);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

function reasonOf(launch: Launch): string {
  const { cause } = facts(launch);
  const turned = `the launch ${launch.id} turned back`;
  return cause === null ? turned : `${turned}: ${cause.slice(0, LONGEST_CAUSE)}`;
}
