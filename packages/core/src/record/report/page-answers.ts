import type { PageLevel } from '@slipway/plan';
import type { Launch } from '../../model/state.ts';
import { type Section, tableOr } from '../document/document.ts';
import { utcTime } from '../iso-time.ts';
import { lengthText } from './length-text.ts';
import type { ReportInput, Say } from './report-input.ts';

/** A call for people, and how long they took. */
export interface AnsweredPage {
  readonly step: string;
  readonly level: PageLevel;
  /** Epoch ms. */
  readonly pagedAt: number;
  /** Milliseconds by the wall clock, never less than none; null: nobody has answered. */
  readonly took: number | null;
  readonly by: string | null;
  readonly pages: number;
  /** Milliseconds; null: the plan has none. */
  readonly goal: number | null;
}

/** Every call for people, in order; the one that nobody has answered comes last. */
export function pageAnswers({ answers, pages, plan }: Launch): readonly AnsweredPage[] {
  const past = answers.map(({ answeredAt, ...answer }): AnsweredPage => ({
    ...answer,
    took: Math.max(0, answeredAt - answer.pagedAt),
  }));
  if (pages === null || pages.times === 0 || plan.page === undefined) return past;
  const { cause, level, openedAt: pagedAt, times } = pages;
  const goal = plan.page.answer?.[level] ?? null;
  return [...past, { step: cause.step, level, pagedAt, took: null, by: null, pages: times, goal }];
}

/** null: nobody was called. */
export function answersSection(
  { launch, language }: Pick<ReportInput, 'launch' | 'language'>,
  say: Say,
): Section | null {
  const answers = pageAnswers(launch);
  if (answers.length === 0) return null;
  const length = (ms: number | null): string => (ms === null ? '–' : lengthText(ms, language));
  const rows = answers.map(({ step, level, pagedAt, took, by, pages, goal }) => [
    utcTime(pagedAt),
    launch.plan.steps[step]?.title ?? step,
    level.toUpperCase(),
    String(pages),
    by ?? say('nobody yet', 'personne encore'),
    length(took),
    length(goal),
    verdictOf({ took, goal }, say),
  ]);
  const head = say(
    'Called|Step|Level|Messages|Answered by|After|Goal|Met',
    'Appel|Étape|Niveau|Messages|Réponse de|Après|Objectif|Atteint',
  ).split('|');
  return tableOr(say('Response to pages', 'Réponse aux alertes'), { head, rows }, '–');
}

function verdictOf({ took, goal }: Pick<AnsweredPage, 'took' | 'goal'>, say: Say): string {
  if (goal === null) return '–';
  if (took === null) return say('not known', 'inconnu');
  return took <= goal ? say('met', 'atteint') : say('missed', 'manqué');
}
