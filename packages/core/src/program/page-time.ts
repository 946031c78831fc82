import type { Launch } from '../model/state.ts';

/** Of one hold. Whom twelve messages do not reach, a thirteenth will not. */
export const MOST_PAGES = 12;

/** Epoch ms at which the people on call are told again; null: not any more. A clock that was set back puts nothing off. */
export function nextPageAt({ mode, pages, plan }: Launch, now: number): number | null {
  if (mode.is !== 'held' || pages === null || plan.page === undefined || pages.times >= MOST_PAGES) return null;
  const { again } = plan.page;
  const at = pages.since + again;
  return at - now > again ? now : at;
}
