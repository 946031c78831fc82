import type { Page } from '../model/page.ts';
import type { Draft } from '../parse/draft.ts';
import { parseDuration } from '../text/duration.ts';
import { channelsOf } from './channels-of.ts';

/** Its form is checked before. */
export function resolvePage(page: NonNullable<Draft['page']>, draft: Pick<Draft, 'audiences'>): Page {
  const { to, again, answer, escalation, language } = page;
  return {
    to: channelsOf(to, draft),
    again: ms(again),
    ...(answer === undefined ? {} : { answer: goalsOf(answer) }),
    ...(escalation === undefined ? {} : { escalation: escalation.map((name) => channelsOf([name], draft)) }),
    language,
  };
}

function goalsOf({ p1, p2, p3 }: NonNullable<NonNullable<Draft['page']>['answer']>): NonNullable<Page['answer']> {
  return {
    ...(p1 === undefined ? {} : { p1: ms(p1) }),
    ...(p2 === undefined ? {} : { p2: ms(p2) }),
    ...(p3 === undefined ? {} : { p3: ms(p3) }),
  };
}

/** Durations are checked by the schema. */
const ms = (duration: string): number => parseDuration(duration) ?? Number.NaN;
