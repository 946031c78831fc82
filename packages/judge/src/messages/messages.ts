import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Catalogue } from './catalogue.ts';
import type { Language } from './language.ts';

const ALL: Readonly<Record<Language, Catalogue>> = { en, fr };

export function catalogueOf(language: Language): Catalogue {
  return ALL[language];
}
