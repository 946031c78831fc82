import type { Page } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { PagedCause } from '../model/cause.ts';
import type { OpenPages } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { noticeId } from '../program/effect-id.ts';
import { nextEscalationAt, nextPageAt } from '../program/page-time.ts';
import { pageMessage } from './page-message.ts';

interface PageRound {
  readonly cause: PagedCause;
  /** 1, 2, 3, … */
  readonly page: number;
  /** Of the first id. */
  readonly seq: number;
  readonly index: number;
}

/** The how many-th page of a hold, to every channel. Each has an id of its own: a channel that knows it drops the double. */
export function pageNotices(launch: Launch, { cause, page, seq, index }: PageRound): readonly LaunchEvent[] {
  const { plan } = launch;
  if (plan.page === undefined) return [];
  const message = pageMessage(launch, plan.page, { cause, page });
  return toldBy(launch, plan.page).map((channel, offset): LaunchEvent => {
    const notice = noticeId(seq, index + offset);
    return { type: 'notice-queued', notice, step: null, moment: 'held', channel, message, page };
  });
}

/** Those on call, and whoever was called because they did not answer. */
function toldBy({ pages }: Launch, { to, escalation = [] }: Page): readonly string[] {
  return [...new Set([...to, ...escalation.slice(0, pages?.escalated ?? 0).flat()])];
}

/** Those who come next, once: nobody answered in the time that the plan gives. */
function escalated(launch: Launch, page: Page, { cause, times, escalated: before }: OpenPages): readonly LaunchEvent[] {
  const escalation = before + 1;
  const message = pageMessage(launch, page, { cause, page: times, isLate: true });
  return (page.escalation?.[before] ?? []).map((channel, offset): LaunchEvent => {
    const notice = noticeId(launch.head.seq + 1, offset);
    return { type: 'notice-queued', notice, step: null, moment: 'held', channel, message, page: times, escalation };
  });
}

/** What the clock has the launch say once more. The next event's number is nobody's yet, so its ids are. */
export function pagesAgain(launch: Launch, now: number): readonly LaunchEvent[] {
  const { pages, head, plan } = launch;
  if (pages === null || plan.page === undefined) return [];
  const lateAt = nextEscalationAt(launch, now);
  const late = lateAt === null || lateAt > now ? [] : escalated(launch, plan.page, pages);
  const at = nextPageAt(launch, now);
  if (at === null || at > now) return late;
  const again = { cause: pages.cause, page: pages.times + 1, seq: head.seq + 1, index: late.length };
  return [...late, ...pageNotices(launch, again)];
}
