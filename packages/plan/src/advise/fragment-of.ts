import type { AdvisedStrategy, Situation } from './situation.ts';
import type { FragmentWords } from './words/advice-words.ts';

/** What a plan to begin with is written from. */
export interface FragmentOf {
  readonly strategy: AdvisedStrategy;
  readonly situation: Situation;
  readonly words: FragmentWords;
}

/** Always in quotes: texts of another language may hold what YAML reads as something else. */
export const quoted = (text: string): string => JSON.stringify(text);
