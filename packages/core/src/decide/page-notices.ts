import type { LaunchEvent } from '../model/event.ts';
import type { Launch, PagedCause } from '../model/state.ts';
import { noticeId } from '../program/effect-id.ts';
import { nextPageAt } from '../program/page-time.ts';
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
  return plan.page.to.map((channel, offset): LaunchEvent => {
    const notice = noticeId(seq, index + offset);
    return { type: 'notice-queued', notice, step: null, moment: 'held', channel, message, page };
  });
}

/** What the clock has the launch say once more. The next event's number is nobody's yet, so its ids are. */
export function pagesAgain(launch: Launch, now: number): readonly LaunchEvent[] {
  const { pages, head } = launch;
  const at = nextPageAt(launch, now);
  if (pages === null || at === null || at > now) return [];
  return pageNotices(launch, { cause: pages.cause, page: pages.times + 1, seq: head.seq + 1, index: 0 });
}
