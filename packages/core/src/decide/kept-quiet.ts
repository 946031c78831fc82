import type { EventOf, LaunchEvent } from '../model/event.ts';
import type { Launch, Notice } from '../model/state.ts';
import { own } from '../own.ts';
import { noticeId } from '../program/effect-id.ts';
import { newestNotices } from '../program/newest-notices.ts';
import { isAskedAgain, waitingNotices } from '../program/quiet-notices.ts';
import { isUrgent } from '../program/urgent-notice.ts';

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

/** What a hold kept from leaving before quiet hours began is queued anew when the launch goes on in them, and waits for their end. */
export function thawed(launch: Launch, quiet: Quiet, { seq, index }: Place): readonly LaunchEvent[] {
  if (launch.mode.is !== 'running') return [];
  const frozen = Object.values(launch.notices).filter((notice) => {
    const until = own(quiet, notice.channel);
    if (until === undefined || notice.until === until || own(launch.effects, notice.id) !== undefined) return false;
    return isOpenOfStep(launch, notice) && !isUrgent(launch, notice);
  });
  return frozen.map((notice, offset) => anew(notice, noticeId(seq, index + offset)));
}

function isOpenOfStep(launch: Launch, { id, step, replacedBy }: Notice): boolean {
  if (step === null || replacedBy !== undefined || launch.steps[step]?.is !== 'active') return false;
  return newestNotices(launch, step).some((newest) => newest.id === id);
}

function anew({ id, queuedAt: _queuedAt, until: _until, ...same }: Notice, notice: string): LaunchEvent {
  return { type: 'notice-queued', ...same, notice, instead: id };
}
