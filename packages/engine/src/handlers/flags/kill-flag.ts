import { facts, type Launch } from '@slipway/core';
import { RetryableError } from '@slipway/provider-kit';
import type { Flags } from '../../flags/flags.ts';
import { done, type Handlers, runAgain } from '../handler.ts';
import { executeFor } from './execute.ts';
import { flagRecord } from './flag-record.ts';

/** Characters: a cause may be a page of a provider's words. */
const LONGEST_CAUSE = 300;

/** Done once this server serves the off variant; all others hear of it by themselves. */
export function killFlagHandler(flags: Flags): Handlers['kill-flag'] {
  return {
    run: async ({ environment, flag }, { launch, say }) => {
      say(`switches ${flag} off for everybody`);
      const reason = reasonOf(launch);
      await executeFor({ flags, launch }, environment, { type: 'kill', flag, reason, launch: launch.id });
      const { kill, about } = flagRecord(flags, launch, { environment, flag });
      if (kill === null) throw new RetryableError(`${flag} is not known to be off yet`);
      const since = new Date(kill.at).toISOString();
      return done(`${flag} serves ${about.off} to everybody since ${since}`, [
        { asked: `who gets anything but ${about.off}`, found: 'nobody', expected: 'nobody', verdict: 'pass' },
      ]);
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
