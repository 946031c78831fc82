import type { Language } from '../terminal/capabilities.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Messages } from './messages.ts';

const ALL: Readonly<Record<Language, Messages>> = { en, fr };

export function messagesFor(language: Language): Messages {
  return ALL[language];
}
