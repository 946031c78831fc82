import type { AnnounceStep } from '../../model/step.ts';
import { changesProduction } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';
import { named } from '../texts.ts';

/** Words that say that something is there. */
const CLAIM =
  /(?<![\p{L}\p{N}])(?:(?:is|are|now|goes|went) (?:live|available|out|on|there)|live now|launched|released|shipped|deployed|rolled out|en ligne|en production|disponibles?|d[ée]ploy[ée]e?s?|lanc[ée]e?s?|livr[ée]e?s?|mise? en service)(?![\p{L}\p{N}])/iu;
/** Words that say that it will be. */
const LATER =
  /(?<![\p{L}\p{N}])(?:will|soon|tomorrow|tonight|next week|going to|about to|planned|not yet|sera|seront|bient[ôo]t|demain|ce soir|prochain\p{L}*|pr[ée]vue?s?|va être|pas encore)(?![\p{L}\p{N}])/iu;

/** A message that claims what is not verified when it leaves. */
export function announcedTooEarly({ plan, steps, pathOf, before }: Looking): readonly Found[] {
  const production = steps.filter((step) => changesProduction(plan, step));
  if (production.length === 0) return [];
  return steps.flatMap((step): readonly Found[] => {
    if (step.kind !== 'announce' || step.about !== null || !claims(step)) return [];
    const done = new Set(before(step).map(({ id }) => id));
    const open = production.find(({ id }) => !done.has(id));
    if (open === undefined) return [];
    return [
      {
        code: 'SLW010',
        severity: 'error',
        path: pathOf(step, 'announce'),
        said: {
          en: `${named(step)} says that it is there, and leaves before ${named(open)} is done; it has no "about"`,
          fr: `${named(step)} annonce que c'est fait, et part avant la fin de ${named(open)} ; il n'a pas de « about »`,
        },
      },
    ];
  });
}

function claims({ message }: AnnounceStep): boolean {
  return sentencesOf(`${message.title}. ${message.text}`).some((sentence) => {
    return CLAIM.test(sentence) && !LATER.test(sentence);
  });
}

const sentencesOf = (text: string): readonly string[] => text.split(/[.!?]\s|\n/);
