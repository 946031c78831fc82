import type { Bilingual, Measurement } from '@slipway/judge';
import { reasonOf } from '@slipway/provider-kit';

type Missing = Extract<Measurement, { kind: 'missing' }>;

/** Why there is no reading: a provider's words as they are, ours in both languages. */
export type Gap = Pick<Missing, 'reason' | 'reasons'>;

export const GAPS = {
  notYet: { en: 'it was not read yet', fr: "elle n'a pas encore été lue" },
  changed: { en: 'the source changed what it measures', fr: "la source a changé ce qu'elle mesure" },
  senseless: { en: 'the counters make no sense', fr: "les compteurs n'ont pas de sens" },
  notFinite: {
    en: 'the source gave a value that is no finite number',
    fr: "la source a donné une valeur qui n'est pas un nombre fini",
  },
} satisfies Readonly<Record<string, Bilingual>>;

export function late(seconds: number): Bilingual {
  return { en: `no reading within ${seconds} s`, fr: `aucune mesure en ${seconds} s` };
}

export function notCopying(environment: string, version: string): Bilingual {
  return {
    en: `the router of ${environment} no longer copies requests to ${version}`,
    fr: `le routeur de ${environment} ne copie plus de requêtes vers ${version}`,
  };
}

export function toldAgain(environment: string): Bilingual {
  return {
    en: `the router of ${environment} had forgotten what it routes and copies, and was told again`,
    fr: `le routeur de ${environment} avait oublié ce qu'il route et copie, et cela lui a été redit`,
  };
}

/** `why`: what kept us from telling it. */
export function notToldAgain({ reason, reasons }: Gap, why: string): Bilingual {
  return {
    en: `${reasons?.en ?? reason}, and it could not be told again: ${why}`,
    fr: `${reasons?.fr ?? reason}, et cela n'a pu lui être redit : ${why}`,
  };
}

export const gap = (reasons: Bilingual): Gap => ({ reason: reasons.en, reasons });

export const missing = (reasons: Bilingual): Missing => ({ kind: 'missing', ...gap(reasons) });

/** That there was no reading, in words of ours. */
export class NoReading extends Error {
  readonly reasons: Bilingual;

  constructor(reasons: Bilingual) {
    super(reasons.en);
    this.name = 'NoReading';
    this.reasons = reasons;
  }
}

export function gapOf(error: unknown): Gap {
  return error instanceof NoReading ? gap(error.reasons) : { reason: reasonOf(error) };
}
