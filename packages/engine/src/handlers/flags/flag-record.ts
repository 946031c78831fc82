import type { Launch } from '@slipway/core';
import type { FlagRecord } from '@slipway/flags';
import { RetryableError } from '@slipway/provider-kit';
import type { Flags } from '../../flags/flags.ts';
import { placeOf } from '../../providers/provider-access.ts';

interface Named {
  readonly environment: string;
  readonly flag: string;
}

/** Rejects with RetryableError where there is none: another server may have defined it a moment ago. */
export function flagRecord(flags: Flags, launch: Launch, { environment, flag }: Named): FlagRecord {
  const set = placeOf(launch, environment);
  const served = flags.find(set);
  if (served === null) throw new RetryableError(`there is no flag set ${set}: define ${flag} in it`);
  const record = served.state.flags.get(flag);
  if (record === undefined) throw new RetryableError(`the flag set ${set} has no flag ${flag}: define it, then retry`);
  return record;
}
