import type { Launch } from '@slipway/core';
import type { FlagCommand } from '@slipway/flags';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { Flags } from '../../flags/flags.ts';
import { placeOf } from '../../providers/provider-access.ts';
import { StorageError } from '../../store/storage-error.ts';

/** Rejects with TerminalError where the flag set refuses, with RetryableError where the database does not take it. */
export async function executeFor(
  { flags, launch }: { readonly flags: Flags; readonly launch: Launch },
  environment: string,
  command: FlagCommand,
): Promise<void> {
  const executed = await orRetry(() =>
    flags.execute({ set: placeOf(launch, environment), command, actor: { kind: 'slipway' } }),
  );
  if (!executed.ok) throw new TerminalError(executed.rejection.message);
}

async function orRetry<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw new RetryableError(reasonOf(error), { cause: error });
    throw error;
  }
}
