import type { Language } from '@slipway/contract';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

const ALL: Readonly<Record<Language, Words>> = { en, fr };

export function wordsFor(language: Language): Words {
  return ALL[language];
}
