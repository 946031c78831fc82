import type { Recorded } from './model/event.ts';
import type { HoldCause, PagedCause } from './model/cause.ts';
import type { OpenPages, PageAnswer } from './model/notice.ts';
import type { Launch } from './model/state.ts';
import { graver, pageLevel } from './program/page-level.ts';
import { stepOfEffect } from './program/effect-id.ts';

/**
 * Who is on call is told until a person does anything to the launch, a verdict that could not tell changes, or nothing holds it. A hold
 * that comes later is the one that is told again; when its verdict changes, the one before it. `launch`: after the event.
 */
export function openPages(launch: Launch, { event, actor, at }: Recorded): OpenPages | null {
  if (launch.mode.is !== 'held' || actor.kind === 'person') return null;
  const { pages } = launch;
  if (event.type === 'held') return isPaged(event.cause) ? opened(launch, event.cause, at) : pages;
  if (pages === null) return null;
  if (event.type === 'notice-queued' && event.escalation !== undefined)
    return { ...pages, escalated: event.escalation, newest: [...pages.newest, event.notice] };
  if (event.type === 'notice-queued' && event.page !== undefined) {
    const before = event.page === pages.times ? pages.newest : [];
    return { ...pages, times: event.page, since: at, newest: [...before, event.notice] };
  }
  if (!endsWithVerdict(pages.cause)) return pages;
  if (event.type !== 'effect-settled' || !isVerdictOf(event, pages.cause.step)) return pages;
  return pagesOfAnother(launch, pages, at);
}

/** What a person does answers the pages that had been sent. `launch`: after the event, with the pages of before. */
export function answersAfter({ answers, pages, plan }: Launch, { event, actor, at }: Recorded): readonly PageAnswer[] {
  if (pages === null || pages.times === 0 || actor.kind !== 'person' || plan.page === undefined) return answers;
  const { cause, level, openedAt: pagedAt, times, escalated } = pages;
  const by = event.type === 'page-acknowledged' ? (event.by ?? actor.id) : actor.id;
  const goal = plan.page.answer?.[level] ?? null;
  return [...answers, { step: cause.step, level, pagedAt, answeredAt: at, by, pages: times, escalated, goal }];
}

const isPaged = (cause: HoldCause): cause is PagedCause => 'page' in cause && cause.page === true;

/** One that comes on top of another that nobody has answered is asked for since that one. */
function opened(launch: Launch, cause: PagedCause, at: number): OpenPages {
  const { pages } = launch;
  const level = pageLevel(launch, cause);
  const open = { cause, times: 0, since: at, newest: [] };
  if (pages === null) return { ...open, earlier: [], openedAt: at, level, escalated: 0 };
  const earlier = [...pages.earlier, pages.cause];
  return { ...open, earlier, openedAt: pages.openedAt, level: graver(level, pages.level), escalated: pages.escalated };
}

/** What an alert or a trigger saw stays as it was seen, whatever the watch says next. */
function endsWithVerdict(cause: PagedCause): boolean {
  return cause.kind === 'verdict' && cause.decision !== 'fail';
}

/** Something else may hold and page as well: its people were told once, and are told again now that it is the newest. */
function pagesOfAnother({ mode, plan, touched }: Launch, pages: OpenPages, at: number): OpenPages | null {
  if (mode.is !== 'held') return null;
  const { causes } = mode;
  const isLeft = (cause: PagedCause): boolean =>
    causes.includes(cause) && (cause.step !== pages.cause.step || !endsWithVerdict(cause));
  const left = pages.earlier.filter(isLeft);
  const cause = left.at(-1);
  if (cause === undefined) return null;
  // The time in which somebody has to answer never grows: the next ones would count as late at once.
  const level = graver(pageLevel({ plan, touched }, cause), pages.level);
  return { ...pages, cause, earlier: left.slice(0, -1), times: 1, since: at, newest: [], level };
}

function isVerdictOf(
  { effect, outcome }: Extract<Recorded['event'], { type: 'effect-settled' }>,
  step: string,
): boolean {
  return outcome.result === 'done' && outcome.data.kind === 'verdict' && stepOfEffect(effect) === step;
}
