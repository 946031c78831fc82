import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { nextTellings } from '../program/announcement-time.ts';
import { announced } from './notices.ts';
import { pagesAgain } from './page-notices.ts';

/** What the clock has the launch say once more. The next event's number is nobody's yet, so the ids that begin with it are free. */
export function toldAgain(launch: Launch, now: number): readonly LaunchEvent[] {
  const pages = pagesAgain(launch, now);
  const due = nextTellings(launch, now).filter(({ at }) => at <= now);
  const indexes = due.map(({ announcement }) => announcement);
  return [...pages, ...announced(launch, indexes, { seq: launch.head.seq + 1, index: pages.length })];
}
