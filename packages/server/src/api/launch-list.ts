import type { Language, LaunchList } from '@slipway/contract';
import type { Launch } from '@slipway/core';
import { type LaunchRow, StorageError } from '@slipway/engine';
import { launchSummary } from '../view/launch-view.ts';
import type { Services } from './services.ts';
import { isOfOneLog } from './storage-refusal.ts';

/** As many ended launches as a list shows. */
const MOST_ENDED = 200;

/** Newest first. One whose events cannot be read is named, and hides none of the others. */
export async function listLaunches(services: Services, language: Language): Promise<LaunchList> {
  const rows = await services.engine.list();
  const shown = withoutOldEnded(rows);
  const launches = await Promise.all(shown.map((row) => read(services, row.id)));
  return {
    launches: launches.flatMap((launch) =>
      launch === null || launch === 'unreadable' ? [] : [launchSummary(launch, language)],
    ),
    unreadable: shown.filter((_, index) => launches[index] === 'unreadable').map((row) => row.id),
    omitted: rows.length - shown.length,
  };
}

/** A launch that may still want something is never out of sight, however many came after it. */
function withoutOldEnded(rows: readonly LaunchRow[]): readonly LaunchRow[] {
  const ended = rows.filter((row) => !row.active);
  const old = new Set(ended.slice(MOST_ENDED));
  return rows.filter((row) => !old.has(row));
}

async function read({ engine, logger }: Services, id: string): Promise<Launch | 'unreadable' | null> {
  try {
    return await engine.find(id);
  } catch (error) {
    if (!(error instanceof StorageError) || !isOfOneLog(error.code)) throw error;
    logger.error({ err: error, launch: id }, 'a launch cannot be read');
    return 'unreadable';
  }
}
