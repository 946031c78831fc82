import type { Bilingual } from '../red-flag.ts';

/** What is always the same of a red flag. */
export interface Entry {
  readonly title: Bilingual;
  /** Why it is dangerous, and what to do. */
  readonly explanation: Bilingual;
}
