import type { Step } from '../model/step.ts';
import { shorten } from '../parse/path.ts';
import type { Bilingual } from './red-flag.ts';

/** Texts of the plan, such as titles, inside a sentence. */
export const named = (step: Pick<Step, 'title'>): string => `"${shorten(step.title)}"`;

const MOST_NAMED = 3;

/** The first of some names, and how many more there are. */
export function someOf(names: readonly string[]): Bilingual {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  const more = names.length - MOST_NAMED;
  return more <= 0 ? { en: shown, fr: shown } : { en: `${shown} and ${more} more`, fr: `${shown} et ${more} autres` };
}
