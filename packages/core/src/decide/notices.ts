import type { MessageSpec } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Moment } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { noticeId } from '../program/effect-id.ts';
import { asksFor } from './ask-notices.ts';
import { plain } from './page-message.ts';
import { pageNotices } from './page-notices.ts';
import { isReviewOverdue } from '../program/soak-care.ts';
import { newestNotices } from '../program/newest-notices.ts';

/** The messages that an event calls for: those of an announce step that starts, and those of the moment it marks. */
export function noticesFor(launch: Launch, event: LaunchEvent, seq: number): readonly LaunchEvent[] {
  if (event.type === 'trigger-fired') return ticketOf(event, seq);
  const moment = momentOf(launch, event);
  if (moment === null)
    return event.type === 'step-started' || event.type === 'step-retried'
      ? stepNotices(launch, event.step, seq)
      : asksFor(launch, event, seq);
  const indexes = [...launch.plan.announcements.keys()].filter((at) => launch.plan.announcements[at]?.on === moment);
  const queued = announced(launch, indexes, { seq, index: 0 });
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

/** Neither a hold nor the end of the step keeps it back. */
function ticketOf({ deed, step, when, found }: TriggerFired, seq: number): readonly LaunchEvent[] {
  if (deed.kind !== 'ticket') return [];
  const title = '{{ launch.title }} {{ artifact.version }}';
  const text = plain(`${step}: ${when} (${found})`);
  return queue([{ to: [deed.channel], title, text }], { step: null, moment: null, seq });
}

type TriggerFired = Extract<LaunchEvent, { type: 'trigger-fired' }>;

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

/** Announcements by their index in the plan, to each of their channels. Ids begin with `seq` and `index`. */
export function announced(
  { plan }: Launch,
  indexes: readonly number[],
  { seq, index }: { readonly seq: number; readonly index: number },
): readonly LaunchEvent[] {
  const pairs = indexes.flatMap((announcement) => {
    const found = plan.announcements[announcement];
    return found === undefined ? [] : found.message.to.map((channel) => ({ announcement, channel, ...found }));
  });
  return pairs.map(({ announcement, channel, on, message }, offset): LaunchEvent => {
    const notice = noticeId(seq, index + offset);
    return { type: 'notice-queued', notice, step: null, moment: on, channel, message, announcement };
  });
}

function momentOf(launch: Launch, event: LaunchEvent): Moment | null {
  const { plan, mode } = launch;
  switch (event.type) {
    case 'launch-started':
      return 'started';
    case 'held':
      return 'held';
    case 'turning-back':
      return 'turning-back';
    case 't0-moved':
      return 't0-moved';
    case 'launch-ended':
      return event.as;
    case 'resumed':
      return mode.is === 'running' ? 'resumed' : null;
    case 'time-counted':
      return isReviewOverdue(launch, event) ? 'review-overdue' : null;
    case 'step-started':
      return own(plan.steps, event.step)?.kind === 'soak' ? 'soaking' : null;
    case 'effect-started':
    case 'effect-noted':
    case 'effect-settled':
    case 'soak-extended':
    case 'trigger-fired':
    case 'move-done':
    case 'watch-started':
    case 'stepped-back':
    case 'step-passed':
    case 'step-failed':
    case 'step-skipped':
    case 'verdict-waived':
    case 'step-retried':
    case 'vote-cast':
    case 'condition-met':
    case 'votes-expired':
    case 'waiver-proposed':
    case 'waiver-ended':
    case 'votes-revoked':
    case 'scenario-proposed':
    case 'scenario-chosen':
    case 'task-done':
    case 'proof-refused':
    case 'tick-expired':
    case 'run-confirmed':
    case 'outcome-answered':
    case 'window-changed':
    case 'window-overridden':
    case 'environment-verified':
    case 'notice-queued':
    case 'page-acknowledged':
    case 'way-back-planned':
    case 'way-back-retried':
      return null;
  }
}
