import { isAlive } from '@slipway/provider-kit';
import type { VersionRecord } from '../version-record.ts';
import { findMarked, killStrays } from './instance-processes.ts';

/**
 * Kills the processes of a dead supervisor that no record knows to be alive: those whose start it did not live to write down, and
 * those that outlived their leader. They would sit on their ports for good.
 * @param prefix what the marks of this environment begin with
 */
export function sweepOrphans(prefix: string, records: readonly VersionRecord[]): void {
  const instances = records.flatMap((record) => record.instances);
  const alive = instances.filter(({ process: identity }) => identity !== null && isAlive(identity));
  const ours = new Set(alive.flatMap(({ mark }) => findMarked(mark).map(({ pid }) => pid)));
  killStrays(prefix, ours);
}
