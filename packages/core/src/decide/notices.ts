import type { MessageSpec } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch, Moment } from '../model/state.ts';
import { noticeId } from '../program/effect-id.ts';
import { pageNotices } from './page-notices.ts';
import { newestNotices } from '../program/newest-notices.ts';

/** The messages that an event calls for: those of an announce step that starts, and those of the moment it marks. */
export function noticesFor(launch: Launch, event: LaunchEvent, seq: number): readonly LaunchEvent[] {
  if (event.type === 'step-started' || event.type === 'step-retried') return stepNotices(launch, event.step, seq);
  const moment = momentOf(event);
  if (moment === null) return [];
  const messages = launch.plan.announcements.filter((announcement) => announcement.on === moment);
  const queued = queue(
    messages.map((announcement) => announcement.message),
    { step: null, moment, seq },
  );
  const { pages } = launch;
  if (event.type !== 'held' || pages?.times !== 0) return queued;
  return [...queued, ...pageNotices(launch, { cause: pages.cause, page: 1, seq, index: queued.length })];
}

/** To every channel, or after a retry to those that it is not known to have reached. */
function stepNotices(launch: Launch, id: string, seq: number): readonly LaunchEvent[] {
  const step = launch.plan.steps[id];
  if (step?.kind !== 'announce') return [];
  const reached = newestNotices(launch, id).filter((notice) => isDelivered(launch, notice.id));
  const to = step.message.to.filter((channel) => !reached.some((notice) => notice.channel === channel));
  return queue([{ ...step.message, to }], { step: id, moment: null, seq });
}

function isDelivered(launch: Launch, notice: string): boolean {
  const state = launch.effects[notice];
  return state?.is === 'settled' && state.outcome.result === 'done';
}

interface Origin {
  readonly step: string | null;
  readonly moment: Moment | null;
  readonly seq: number;
}

function queue(messages: readonly MessageSpec[], origin: Origin): readonly LaunchEvent[] {
  const pairs = messages.flatMap((message) => message.to.map((channel) => ({ message, channel })));
  return pairs.map(({ message, channel }, index): LaunchEvent => {
    const { step, moment, seq } = origin;
    return { type: 'notice-queued', notice: noticeId(seq, index), step, moment, channel, message };
  });
}

function momentOf(event: LaunchEvent): Moment | null {
  switch (event.type) {
    case 'launch-started':
      return 'started';
    case 'held':
      return 'held';
    case 'turning-back':
      return 'turning-back';
    case 'launch-ended':
      return event.as;
    case 'step-started':
    case 'effect-started':
    case 'effect-noted':
    case 'effect-settled':
    case 'time-counted':
    case 'move-done':
    case 'watch-started':
    case 'stepped-back':
    case 'step-passed':
    case 'step-failed':
    case 'step-skipped':
    case 'verdict-waived':
    case 'step-retried':
    case 'vote-cast':
    case 'votes-revoked':
    case 'task-done':
    case 'run-confirmed':
    case 'outcome-answered':
    case 'resumed':
    case 'environment-verified':
    case 'notice-queued':
    case 'way-back-planned':
    case 'way-back-retried':
      return null;
  }
}
