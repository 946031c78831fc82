import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { isWithdrawn } from './withdrawn.ts';

/** What the wall clock may be behind without having been set, in milliseconds. */
const SLEWED = 1_000;

/** Messages that wait for the end of quiet hours, or waited and have not begun to leave. */
export function waitingNotices(launch: Launch): readonly Notice[] {
  return Object.values(launch.notices).filter((notice) => isWaiting(launch, notice));
}

function isWaiting(launch: Launch, notice: Notice): boolean {
  const { id, until, replacedBy } = notice;
  if (until === undefined || replacedBy !== undefined || own(launch.effects, id) !== undefined) return false;
  return !isWithdrawn(launch, notice);
}

/** Epoch ms of the end of the quiet hours that a message waits for; `now` where somebody has to look again; null: it does not wait. */
export function quietEnd(launch: Launch, id: string, now: number): number | null {
  const notice = own(launch.notices, id);
  if (notice?.until === undefined || !isWaiting(launch, notice)) return null;
  if (isAskedAgain(notice, now)) return now;
  return notice.until > now ? notice.until : null;
}

/** The clock was set back since: by the hour that it shows now it may not have to wait, or not for so long. */
export function isAskedAgain({ queuedAt }: Notice, now: number): boolean {
  return now < queuedAt - SLEWED;
}
