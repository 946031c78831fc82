import type { FlagPolicy } from '@slipway/flags';

/** A kill, or its end, as it is told. */
export interface KillTold {
  readonly set: string;
  readonly flag: string;
  readonly kind: 'kill' | 'unkill';
  /** A person's id; null: a schedule. */
  readonly by: string | null;
  readonly reason: string;
  /** The variant that a kill serves; null: it is not known any more. */
  readonly off: string | null;
}

export interface KillMessage {
  readonly title: string;
  readonly text: string;
}

/** A reason may be longer; the whole of it stands in the history of the set. */
const LONGEST_REASON = 600;
const LONGEST_NAME = 60;

/** What the channels of a flag set are told, word for word: it is no template. */
export function killMessage(told: KillTold, language: FlagPolicy['language']): KillMessage {
  const flag = cut(told.flag, LONGEST_NAME);
  const reason = cut(told.reason.trim(), LONGEST_REASON);
  const say = WORDS[language][told.kind];
  return {
    title: oneLine(say.title(flag, told.set)),
    text: say.text(flag, {
      set: told.set,
      by: told.by === null ? null : cut(told.by, LONGEST_NAME),
      reason,
      off: told.off,
    }),
  };
}

type Parts = Pick<KillTold, 'set' | 'by' | 'reason' | 'off'>;
interface Say {
  readonly title: (flag: string, set: string) => string;
  readonly text: (flag: string, parts: Parts) => string;
}

const WORDS: Readonly<Record<FlagPolicy['language'], Readonly<Record<KillTold['kind'], Say>>>> = {
  en: {
    kill: {
      title: (flag, set) => `${flag} is killed in ${set}`,
      text: (flag, { set, by, reason, off }) =>
        `${by ?? 'A schedule'} killed the flag ${flag} in ${set}: ${reason}\n\nEverybody gets ${off ?? 'its off variant'} until a person lifts the kill.`,
    },
    unkill: {
      title: (flag, set) => `${flag} serves again in ${set}`,
      text: (flag, { set, by, reason }) =>
        `${by ?? 'A schedule'} lifted the kill of the flag ${flag} in ${set}: ${reason}\n\nIts rules say again who gets what.`,
    },
  },
  fr: {
    kill: {
      title: (flag, set) => `${flag} est coupé dans ${set}`,
      text: (flag, { set, by, reason, off }) =>
        `${by ?? 'Un changement prévu'} a coupé le drapeau ${flag} dans ${set} : ${reason}\n\nTous reçoivent ${off ?? 'sa variante de repli'} jusqu'à ce qu'une personne le rétablisse.`,
    },
    unkill: {
      title: (flag, set) => `${flag} sert de nouveau dans ${set}`,
      text: (flag, { set, by, reason }) =>
        `${by ?? 'Un changement prévu'} a rétabli le drapeau ${flag} dans ${set} : ${reason}\n\nSes règles disent de nouveau qui reçoit quoi.`,
    },
  },
};

function cut(text: string, longest: number): string {
  // What is torn apart of a pair is no text.
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
