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

/** Epoch ms at which those who come next are told; null: never. As above of a clock that was set back. */
export function nextEscalationAt({ mode, pages, plan }: Launch, now: number): number | null {
  if (mode.is !== 'held' || pages === null || pages.times === 0) return null;
  const goal = plan.page?.answer?.[pages.level];
  const isLeft = pages.escalated < (plan.page?.escalation?.length ?? 0);
  if (goal === undefined || !isLeft) return null;
  const at = pages.openedAt + goal * (pages.escalated + 1);
  return at - now > goal ? now : at;
}
