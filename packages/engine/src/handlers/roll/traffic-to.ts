import type { RollWork } from '@slipway/core';
import { RetryableError, type Split } from '@slipway/provider-kit';

/** Addresses of the ready instances. */
export interface Ready {
  readonly new: readonly string[];
  readonly old: readonly string[];
}

export type RolledVersions = Pick<RollWork, 'newVersion' | 'oldVersion' | 'environment'>;

/**
 * All instances get as much, in whole per cent; a version with a ready instance gets 1 % at least. Rejects with RetryableError
 * where none is ready: traffic stays where it is.
 */
export function trafficTo(ready: Ready, versions: RolledVersions): Split['backends'] {
  const { newVersion, oldVersion, environment } = versions;
  const all = ready.new.length + ready.old.length;
  if (all === 0)
    throw new RetryableError(`no instance of ${oldVersion} or ${newVersion} is ready in ${environment}: traffic stays`);
  const backends: Record<string, Split['backends'][string]> = {};
  const weight = shareOf(ready.new.length, all);
  if (weight > 0) backends[newVersion] = { weight, addresses: ready.new };
  if (weight < 100) backends[oldVersion] = { weight: 100 - weight, addresses: ready.old };
  return backends;
}

function shareOf(some: number, all: number): number {
  if (some === 0 || some === all) return some === 0 ? 0 : 100;
  return Math.min(99, Math.max(1, Math.round((100 * some) / all)));
}
