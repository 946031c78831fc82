import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Catalogue } from './catalogue.ts';
import type { Bilingual, Language } from './language.ts';

const ALL: Readonly<Record<Language, Catalogue>> = { en, fr };

export function catalogueOf(language: Language): Catalogue {
  return ALL[language];
}

/** The same sentence in every language. */
export function inBoth(write: (words: Catalogue) => string): Bilingual {
  return { en: write(en), fr: write(fr) };
}
