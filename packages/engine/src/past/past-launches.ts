import type { Launch, Recorded } from '@slipway/core';
import { type PastLaunches, type PastRecord, reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { LaunchStore } from '../ports/launch-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { pastLaunch } from './past-launch.ts';

/** Where the records of launches are. `read` from the beginning verifies the chain. */
export type PastLaunchStore = Pick<LaunchStore, 'find' | 'list' | 'read'>;

/** The records of the launches besides this one. `store` undefined: this server keeps none. */
export function pastLaunchesFor(
  { id, plan, planDigest }: Pick<Launch, 'id' | 'plan' | 'planDigest'>,
  store: PastLaunchStore | undefined,
): PastLaunches {
  const { name, version, git } = plan.artifact;
  const ask = async <T>(question: (from: PastLaunchStore) => Promise<T>): Promise<T> => {
    if (store === undefined) throw new TerminalError('this server keeps no records that a check could read');
    try {
      return await question(store);
    } catch (error) {
      const why = `the records of launches cannot be read: ${reasonOf(error)}`;
      throw new RetryableError(why, { cause: error });
    }
  };
  return {
    own: { id, artifact: { name, version, git }, planDigest },
    list: async () => {
      const rows = await ask((from) => from.list());
      return rows.flatMap((row) => (row.id === id ? [] : [{ id: row.id, plan: row.name }]));
    },
    read: (launch) => ask((from) => readPast(from, launch)),
  };
}

/** In this order: events that came after its row was read are more than the row says, and never fewer. */
async function readPast(store: PastLaunchStore, launch: string): Promise<PastRecord> {
  const row = await store.find(launch);
  if (row === null) return refused('there is no such launch');
  const events = await readOrWhy(store, launch);
  if (typeof events === 'string') return refused(events);
  if (events.length < row.version)
    return refused(`its newest events are gone: ${events.length} of ${row.version} are there`);
  return toldBy(events);
}

/** One record that does not fit together must not keep a check from the others. */
function toldBy(events: readonly Recorded[]): PastRecord {
  try {
    const past = pastLaunch(events);
    return past === null ? refused('it has no events') : { ok: true, launch: past };
  } catch (error) {
    return refused(`its events do not fit together: ${reasonOf(error)}`);
  }
}

/** A log that is not as it was written is an answer; one that nobody can reach is none. */
async function readOrWhy(store: PastLaunchStore, launch: string) {
  try {
    return await store.read(launch);
  } catch (error) {
    if (error instanceof StorageError && (error.code === 'damaged' || error.code === 'unknown-event'))
      return reasonOf(error);
    throw error;
  }
}

const refused = (problem: string): PastRecord => ({ ok: false, problem });
