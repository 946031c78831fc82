import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { nextTellings } from '../program/announcement-time.ts';
import { remindersDue } from './ask-notices.ts';
import { askedAgain } from './kept-quiet.ts';
import { announced } from './notices.ts';
import { pagesAgain } from './page-notices.ts';

/** What the clock has the launch say once more. The next event's number is nobody's yet, so the ids that begin with it are free. */
export function toldAgain(launch: Launch, now: number): readonly LaunchEvent[] {
  const pages = pagesAgain(launch, now);
  const due = nextTellings(launch, now).filter(({ at }) => at <= now);
  const indexes = due.map(({ announcement }) => announcement);
  const seq = launch.head.seq + 1;
  const told = announced(launch, indexes, { seq, index: pages.length });
  const again = askedAgain(launch, now, { seq, index: pages.length + told.length, besides: indexes });
  const index = pages.length + told.length + again.length;
  return [...pages, ...told, ...again, ...remindersDue(launch, now, index)];
}
