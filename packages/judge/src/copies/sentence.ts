import type { Bilingual } from '../messages/language.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import { catalogueOf, inBoth } from '../messages/messages.ts';

/** Copies whose answers were not compared, and why. */
export type CopiesLeftOut = Readonly<Partial<Record<keyof Catalogue['copies']['reasons'], number>>>;

/** That no pair of answers was compared, and what became of the copies. */
export function uncomparedCopies(leftOut: CopiesLeftOut): Bilingual {
  return inBoth((words) => withLeftOut(words.conditions.openings['too-few'](words.copies.nothing), leftOut, words));
}

/** A sentence, and what became of the copies that it does not count. */
export function withCopiesLeftOut(said: Bilingual, leftOut: CopiesLeftOut): Bilingual {
  return {
    en: withLeftOut(said.en, leftOut, catalogueOf('en')),
    fr: withLeftOut(said.fr, leftOut, catalogueOf('fr')),
  };
}

function withLeftOut(said: string, leftOut: CopiesLeftOut, { copies }: Catalogue): string {
  const words = (['unselected', 'tooLarge', 'busy', 'brokenOff'] as const).flatMap((reason) => {
    const count = leftOut[reason] ?? 0;
    return count === 0 ? [] : [copies.reasons[reason](count)];
  });
  return words.length === 0 ? said : copies.leftOut(said, words);
}
