import type { EventOf, LaunchEvent } from '../model/event.ts';
import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { noticeId } from '../program/effect-id.ts';
import { isAskedAgain, waitingNotices } from '../program/quiet-notices.ts';
import { isUrgent } from '../program/urgent-notice.ts';
import { wantedNotices } from '../program/wanted-notices.ts';

type Queued = EventOf<'notice-queued'>;

/** Channels that are left alone now, with the end of that in epoch ms. */
export type Quiet = Readonly<Record<string, number>>;

/** A message as it is queued in quiet hours: one that can wait does, in the place of those of its cadence that wait already. */
export function keptQuiet(launch: Launch, event: Queued, quiet: Quiet): Queued {
  if (isUrgent(launch, event)) return event;
  const until = own(quiet, event.channel);
  const earlier = event.instead === undefined ? earlierOf(launch, event) : undefined;
  return {
    ...event,
    ...(until === undefined ? {} : { until }),
    ...(earlier === undefined ? {} : { instead: earlier.id }),
    ...(earlier?.announcement === undefined ? {} : { standsFor: (earlier.standsFor ?? 1) + 1 }),
  };
}

/** Of a step that begins once more it is the same message, and stands for itself alone. */
function earlierOf(launch: Launch, { announcement, step, channel }: Queued): Notice | undefined {
  if (announcement === undefined && step === null) return undefined;
  return waitingNotices(launch).find(
    (notice) => notice.announcement === announcement && notice.step === step && notice.channel === channel,
  );
}

interface Place {
  /** Of the first id. */
  readonly seq: number;
  readonly index: number;
}

interface AskingPlace extends Place {
  /** Announcements that are told anew in any case. */
  readonly besides: readonly number[];
}

/** After the clock was set back, each message that waits is queued anew: whether and until when it waits follows from the hour that it is now. */
export function askedAgain(launch: Launch, now: number, { seq, index, besides }: AskingPlace): readonly LaunchEvent[] {
  const waiting = waitingNotices(launch).filter(
    (notice) =>
      isAskedAgain(notice, now) && !(notice.announcement !== undefined && besides.includes(notice.announcement)),
  );
  return waiting.map((notice, offset) => anew(notice, noticeId(seq, index + offset)));
}

/** The hour that it is, as it decides what leaves. */
export interface QuietNow {
  readonly quiet: Quiet;
  /** Epoch ms. */
  readonly now: number;
}

/** What was queued before quiet hours began and did not leave, as a hold froze it, a try failed or nobody was there: queued anew, it waits for their end. */
export function caughtAnew(launch: Launch, at: QuietNow, { seq, index }: Place): readonly LaunchEvent[] {
  return caught(launch, at).map((notice, offset) => anew(notice, noticeId(seq, index + offset)));
}

/** Whether a message may not begin to leave now, although nothing else keeps it back. */
export function isCaught(launch: Launch, id: string, at: QuietNow): boolean {
  return caught(launch, at).some((notice) => notice.id === id);
}

function caught(launch: Launch, { quiet, now }: QuietNow): readonly Notice[] {
  if (Object.keys(quiet).length === 0) return [];
  return wantedNotices(launch).flatMap(({ id }) => {
    const notice = own(launch.notices, id);
    if (notice === undefined || own(quiet, notice.channel) === undefined || isUrgent(launch, notice)) return [];
    const isToLeave = notice.until === undefined || notice.until <= now;
    return isToLeave && own(launch.effects, id)?.is !== 'started' ? [notice] : [];
  });
}

function anew({ id, queuedAt: _queuedAt, until: _until, ...same }: Notice, notice: string): LaunchEvent {
  return { type: 'notice-queued', ...same, notice, instead: id };
}
