import type { Announcement } from '@slipway/plan';
import type { Launch } from '../model/state.ts';

/** Of one announcement: whoever does not read five hundred will not read more. */
const MOST_TIMES = 500;

/** An announcement that is told again while its moment lasts, and when that is next. */
export interface NextTelling {
  /** Index in the plan's announcements. */
  readonly announcement: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What is told again, and when; a clock that was set back puts nothing off, and has nothing told at every look. */
export function nextTellings(launch: Launch, now: number): readonly NextTelling[] {
  return launch.plan.announcements.flatMap((announcement, index) => {
    const { again } = announcement;
    const since = again === undefined ? null : lastsSince(launch, announcement);
    if (again === undefined || since === null) return [];
    // In the order of the log. By the times themselves the newest may be long ago, or still to come: the clock may have been set.
    const told = Object.values(launch.notices).filter((notice) => notice.announcement === index);
    if (told.length / announcement.message.to.length >= MOST_TIMES) return [];
    const at = (told.at(-1)?.queuedAt ?? since) + again;
    return [{ announcement: index, at: at - now > again ? now : at }];
  });
}

/** Epoch ms since which the moment of an announcement lasts; null: it does not. */
function lastsSince({ mode, holds, startedAt, plan, steps }: Launch, { on }: Announcement): number | null {
  const isOpen = mode.is === 'running' || mode.is === 'held';
  switch (on) {
    case 'started':
      return isOpen ? startedAt : null;
    case 'held':
      return mode.is === 'held' ? holds.since : null;
    case 'soaking': {
      const soaks = Object.values(plan.steps).flatMap(({ id, kind }) => {
        const state = steps[id];
        return kind === 'soak' && state?.is === 'active' ? [state.since] : [];
      });
      return isOpen && soaks.length > 0 ? Math.min(...soaks) : null;
    }
    case 'turning-back':
      return mode.is === 'stopping' || mode.is === 'undoing' ? mode.turnedAt : null;
    case 'review-overdue':
    case 'resumed':
    case 'rolled-back':
    case 'rollback-incomplete':
    case 'scrubbed':
    case 'completed':
    case 't0-moved':
      return null;
  }
}
