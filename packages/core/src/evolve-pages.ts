import type { Recorded } from './model/event.ts';
import type { HoldCause, Launch, OpenPages, PagedCause } from './model/state.ts';
import { stepOfEffect } from './program/effect-id.ts';

/**
 * Who is on call is told until a person does anything to the launch, the verdict changes, or nothing holds it any more. A hold
 * that comes later is the one that is told again; when its verdict changes, the one before it. `launch`: after the event.
 */
export function openPages(launch: Launch, { event, actor, at }: Recorded): OpenPages | null {
  if (launch.mode.is !== 'held' || actor.kind === 'person') return null;
  const { pages } = launch;
  if (event.type === 'held')
    return 'page' in event.cause && event.cause.page === true
      ? { cause: event.cause, times: 0, since: at, newest: [] }
      : pages;
  if (pages === null) return null;
  if (event.type === 'notice-queued' && event.page !== undefined) {
    const before = event.page === pages.times ? pages.newest : [];
    return { ...pages, times: event.page, since: at, newest: [...before, event.notice] };
  }
  if (event.type !== 'effect-settled' || !isVerdictOf(event, pages.cause.step)) return pages;
  return pagesOfAnother(launch.mode.causes, pages, at);
}

/** Another step may hold and page as well: its people were told once, and are told again now that it is the newest. */
function pagesOfAnother(causes: readonly HoldCause[], { cause }: OpenPages, at: number): OpenPages | null {
  const paged = causes.filter((each): each is PagedCause => 'page' in each && each.page === true);
  const other = paged.findLast(({ step }) => step !== cause.step);
  return other === undefined ? null : { cause: other, times: 1, since: at, newest: [] };
}

function isVerdictOf(
  { effect, outcome }: Extract<Recorded['event'], { type: 'effect-settled' }>,
  step: string,
): boolean {
  return outcome.result === 'done' && outcome.data.kind === 'verdict' && stepOfEffect(effect) === step;
}
