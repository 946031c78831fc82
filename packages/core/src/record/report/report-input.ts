import type { Recorded } from '../../model/event.ts';
import type { Launch } from '../../model/state.ts';
import type { Commit } from './commits.ts';

/** What a report is written from: the log, and the commits of the release where somebody gave them. */
export interface ReportInput {
  readonly launch: Launch;
  readonly events: readonly Recorded[];
  readonly language: 'en' | 'fr';
  /** null: nobody gave them. */
  readonly commits: readonly Commit[] | null;
}

/** A sentence in the language of the document. */
export type Say = (en: string, fr: string) => string;

export function sayIn(language: 'en' | 'fr'): Say {
  return (en, fr) => (language === 'fr' ? fr : en);
}

/** Stands where the log has no such fact. */
export function missing(say: Say): string {
  return say('not known: the log does not say', 'inconnu : le journal ne le dit pas');
}
