import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { nextTellings } from '../program/announcement-time.ts';
import { remindersDue } from './ask-notices.ts';
import { askedAgain, caughtAnew, type QuietNow } from './kept-quiet.ts';
import { announced } from './notices.ts';
import { pagesAgain } from './page-notices.ts';

/** What the clock has the launch say once more. The next event's number is nobody's yet, so the ids that begin with it are free. */
export function toldAgain(launch: Launch, at: QuietNow): readonly LaunchEvent[] {
  const { now } = at;
  const pages = pagesAgain(launch, now);
  const due = nextTellings(launch, now).filter((telling) => telling.at <= now);
  const indexes = due.map(({ announcement }) => announcement);
  const seq = launch.head.seq + 1;
  // Before what is told anew, which then takes its place.
  const before = [...pages, ...caughtAnew(launch, at, { seq, index: pages.length })];
  const told = [...before, ...announced(launch, indexes, { seq, index: before.length })];
  const again = [...told, ...askedAgain(launch, now, { seq, index: told.length, besides: indexes })];
  return [...again, ...remindersDue(launch, now, again.length)];
}
