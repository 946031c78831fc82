import type { Catalogue } from '../messages/catalogue.ts';
import type { Bilingual } from '../messages/language.ts';
import { catalogueOf } from '../messages/messages.ts';
import type { IdentityDoubt, IdentityUnknown } from './identity-found.ts';

/** A doubt in one sentence that a release manager understands. `version`: the new one. */
export function identitySentences(doubt: IdentityDoubt, version: string): Bilingual {
  const inLanguage = (language: keyof Bilingual): string => sentence(doubt, version, catalogueOf(language).identity);
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}

type Words = Catalogue['identity'];

function sentence(doubt: IdentityDoubt, version: string, words: Words): string {
  if (doubt.is === 'unknown') return words.unknown(version, why(doubt.why, version, words));
  return words.other(words.instance(shortId(doubt.instance, version), version), doubt.said);
}

/** Many targets call an instance by its version and a number: `2.2.0/1`. */
function shortId(id: string, version: string): string {
  return id.startsWith(`${version}/`) ? id.slice(version.length + 1) : id;
}

function why(unknown: IdentityUnknown, version: string, words: Words): string {
  const who = (id: string): string => words.instance(shortId(id, version), version);
  switch (unknown.reason) {
    case 'asking':
      return words.asking;
    case 'untold':
      return words.untold;
    case 'unready':
      return words.unready;
    case 'silent':
      return words.silent(who(unknown.instance));
    case 'too-large':
      return words.tooLarge(who(unknown.instance));
    case 'no-json':
      return words.noJson(who(unknown.instance));
    case 'status':
      return words.status(who(unknown.instance), unknown.status);
    case 'nothing':
      return words.nothing(who(unknown.instance), unknown.place);
  }
}
