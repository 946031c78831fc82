import type { MessageSpec } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import type { Reasoned } from '../model/verdict.ts';
import { utcTime } from '../record/iso-time.ts';
import { plain } from './page-message.ts';

/** What is wanted of people. */
export type Wanted =
  /** A GO once more: those that were given are too old. `people`: whose. */
  | { readonly kind: 'go-again'; readonly awaited: string; readonly people: readonly string[] }
  /** A GO, still. */
  | { readonly kind: 'go-still'; readonly awaited: string; readonly time: number; readonly most: number }
  /** A tick once more: `tickedAt`, epoch ms, is too long ago. */
  | { readonly kind: 'tick-stale'; readonly tickedAt: number }
  /** A tick once more: the address that was its proof does not answer as wanted. */
  | ({ readonly kind: 'tick-refused' } & Reasoned);

/** What people read of whom something is wanted: of which step, why, and what to type. */
export function askMessage(launch: Launch, step: string, wanted: Wanted): Omit<MessageSpec, 'to'> {
  const language = launch.plan.messages?.language === 'fr' ? 'fr' : 'en';
  const words = WORDS[language];
  const title = launch.plan.steps[step]?.title ?? step;
  const about = plain(title === step ? step : `${step} (${title})`);
  const isGo = wanted.kind === 'go-again' || wanted.kind === 'go-still';
  const command = isGo ? `slipway approve ${step}` : `slipway task done ${step} --proof …`;
  const lines = [whyOf(wanted, about, language), words.type(`${command} --launch {{ launch.id }}`)];
  return { title: isGo ? words.go : words.tick, text: lines.join('\n') };
}

function whyOf(wanted: Wanted, about: string, language: keyof typeof WORDS): string {
  const words = WORDS[language];
  switch (wanted.kind) {
    case 'go-again':
      return words.goAgain(about, plain(wanted.people.join(', ')), plain(wanted.awaited));
    case 'go-still':
      return words.goStill(about, plain(wanted.awaited), `${wanted.time}/${wanted.most}`);
    case 'tick-stale':
      return words.stale(about, utcTime(wanted.tickedAt));
    case 'tick-refused':
      return words.refused(about, plain(wanted.reasons?.[language] ?? wanted.reason));
  }
}

const WORDS = {
  en: {
    go: 'Your GO is wanted: {{ launch.title }} {{ artifact.version }}',
    tick: 'To be done again: {{ launch.title }} {{ artifact.version }}',
    goAgain: (about: string, people: string, awaited: string) =>
      `${about}: the GO of ${people} has grown too old. It waits for ${awaited}.`,
    goStill: (about: string, awaited: string, count: string) => `${about} waits for ${awaited}. Reminder ${count}.`,
    stale: (about: string, since: string) => `${about}: it was ticked at ${since}, which is too long ago.`,
    refused: (about: string, why: string) => `${about}: its proof does not count: ${why}`,
    type: (command: string) => `Type: ${command}`,
  },
  fr: {
    go: 'Votre GO est attendu : {{ launch.title }} {{ artifact.version }}',
    tick: 'À refaire : {{ launch.title }} {{ artifact.version }}',
    goAgain: (about: string, people: string, awaited: string) =>
      `${about} : le GO de ${people} est périmé. Attendus : ${awaited}.`,
    goStill: (about: string, awaited: string, count: string) => `${about} attend ${awaited}. Rappel ${count}.`,
    stale: (about: string, since: string) => `${about} : cochée le ${since}, c'est trop ancien.`,
    refused: (about: string, why: string) => `${about} : sa preuve ne compte pas : ${why}`,
    type: (command: string) => `Tapez : ${command}`,
  },
} as const;
