import type { Effect } from '../model/effect.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { openNoticeEffects } from './lookup.ts';
import { newestNotices } from './newest-notices.ts';
import { isWithdrawn } from './withdrawn.ts';

/**
 * Messages that are to leave or are under way, those included that wait. A hold freezes what a step announces, a way back drops it
 * even in flight; what the launch says of itself leaves, unless it waited until it was no longer so.
 */
export function wantedNotices(launch: Launch): readonly Effect[] {
  const { mode } = launch;
  return openNoticeEffects(launch).filter(({ id, step }) => {
    const notice = own(launch.notices, id);
    if (notice === undefined || notice.replacedBy !== undefined || isWithdrawn(launch, notice)) return false;
    if (step === null) return !isOldPage(launch, id) && !isOldAsk(launch, id);
    if (launch.steps[step]?.is !== 'active' || isOldOfStep(launch, step, id)) return false;
    return mode.is === 'running' || (mode.is === 'held' && launch.effects[id]?.is === 'started');
  });
}

/** The step began once more since, and tells the same channel anew. */
function isOldOfStep(launch: Launch, step: string, id: string): boolean {
  return launch.effects[id]?.is !== 'started' && newestNotices(launch, step).every((notice) => notice.id !== id);
}

/** Whoever acted needs no page that has not left yet, and the next one takes the place of the one before. One that is under way ends: nothing is known of it before. */
function isOldPage({ notices, pages, effects }: Launch, id: string): boolean {
  return notices[id]?.page !== undefined && pages?.newest.includes(id) !== true && effects[id]?.is !== 'started';
}

/** Whoever did what was asked for is not asked any more. */
function isOldAsk({ notices, steps, effects }: Launch, id: string): boolean {
  const asks = notices[id]?.asks;
  return asks !== undefined && effects[id]?.is !== 'started' && steps[asks.step]?.is !== 'active';
}
