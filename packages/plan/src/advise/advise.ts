import { chooseNotes } from './choose-notes.ts';
import { chooseStrategy } from './choose-strategy.ts';
import { writeFragment } from './fragment.ts';
import type { AdviceNote, AdviceRule, AdvisedStrategy, Situation } from './situation.ts';
import type { AdviceWords } from './words/advice-words.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const WORDS: Readonly<Record<'en' | 'fr', AdviceWords>> = { en, fr };

/** How to launch, and why. */
export interface Advice {
  readonly strategy: AdvisedStrategy;
  readonly title: string;
  /** In the order in which they were asked. */
  readonly rules: readonly { readonly rule: AdviceRule; readonly because: string }[];
  /** What else to do. */
  readonly notes: readonly { readonly note: AdviceNote; readonly text: string }[];
  /** A plan to begin with, as YAML that can be validated. */
  readonly fragment: string;
}

/** Recommends a strategy, with each rule that led to it. Pure: the same situation gives the same advice. */
export function advise(situation: Situation, language: 'en' | 'fr'): Advice {
  const words = WORDS[language];
  const { strategy, rules } = chooseStrategy(situation);
  return {
    strategy,
    title: words.strategies[strategy],
    rules: rules.map((rule) => ({ rule, because: words.rules[rule] })),
    notes: chooseNotes(strategy, situation).map((note) => ({ note, text: words.notes[note] })),
    fragment: writeFragment({ strategy, situation, words: words.fragment }),
  };
}
