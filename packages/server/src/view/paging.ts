import type { LaunchView } from '@slipway/contract';
import type { Launch } from '@slipway/core';

/** Who is being paged, and how long it took until somebody answered before. */
export function pagingOf({ pages, answers, plan }: Launch): Pick<LaunchView, 'paging' | 'answers'> {
  const answered = answers.map(({ step, level, pagedAt, answeredAt: at, by, goal }) => {
    return { step, level, at, by, took: Math.max(0, at - pagedAt), goal };
  });
  const past = answered.length === 0 ? {} : { answers: answered };
  if (pages === null || pages.times === 0 || plan.page === undefined) return past;
  const { cause, level, openedAt: since, times, escalated } = pages;
  const goal = plan.page.answer?.[level];
  const answerBy = goal === undefined ? null : since + goal;
  return { paging: { step: cause.step, level, since, pages: times, escalated, answerBy }, ...past };
}
