import type { Release as ReleaseView } from '@slipway/contract';
import { type Launch, type Release, releaseBefore, releaseOf } from '@slipway/core';
import { StorageError } from '@slipway/engine';
import type { Services } from './services.ts';
import { isOfOneLog } from './storage-refusal.ts';

/** Launches that are read for one answer: the newest ones. */
const MOST_LAUNCHES = 1_000;

export interface Releases {
  /** Newest first. */
  readonly launches: readonly Launch[];
  readonly releases: readonly Release[];
  /** Ids of launches whose events cannot be read. */
  readonly unreadable: string[];
  /** When the launches began that do not count: older than those read, or unreadable. */
  readonly notRead: readonly number[];
  readonly omitted: number;
}

/** The newest launches as releases. One whose events cannot be read is named, and counts as nothing. */
export async function readReleases({ engine, logger }: Pick<Services, 'engine' | 'logger'>): Promise<Releases> {
  const rows = await engine.list();
  const newest = rows.slice(0, MOST_LAUNCHES);
  const launches: Launch[] = [];
  const unreadable: string[] = [];
  const old = rows.slice(MOST_LAUNCHES);
  const notRead = old.map(({ startedAt }) => startedAt);
  // One after the other: a long answer must not take the database from those who launch.
  for (const { id, startedAt } of newest) {
    try {
      const launch = await engine.find(id);
      if (launch !== null) launches.push(launch);
    } catch (error) {
      if (!(error instanceof StorageError) || !isOfOneLog(error.code)) throw error;
      logger.error({ err: error, launch: id }, 'a launch cannot be read');
      unreadable.push(id);
      notRead.push(startedAt);
    }
  }
  return { launches, releases: launches.map(releaseOf), unreadable, notRead, omitted: old.length };
}

export function releaseView(launch: Launch, releases: readonly Release[]): ReleaseView {
  const known = releaseOf(launch);
  const { artifact, version, git, previousVersion, deploys, startedAt, inProductionAt } = known;
  const previousGit = releaseBefore(known, releases)?.git ?? null;
  return {
    launch: launch.id,
    artifact,
    version,
    git,
    previousVersion,
    previousGit,
    deploys,
    startedAt,
    inProductionAt,
  };
}
