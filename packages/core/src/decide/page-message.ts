import type { MessageSpec, Page } from '@slipway/plan';
import type { PagedCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { MOST_PAGES } from '../program/page-time.ts';

interface Paged {
  readonly cause: PagedCause;
  readonly page: number;
  /** Those who were told before did not answer in time. */
  readonly isLate?: true;
}

/** What people on call read: which launch, which step, why, and what to type. */
export function pageMessage(launch: Launch, { to, language }: Page, { cause, page, isLate }: Paged): MessageSpec {
  const words = WORDS[language];
  const step = own(launch.plan.steps, cause.step);
  const about = step === undefined || step.title === cause.step ? cause.step : `${cause.step} (${step.title})`;
  const on = '--launch {{ launch.id }} ';
  const goOn = cause.kind === 'verdict' ? `slipway resume ${on}`.trim() : `slipway retry ${cause.step} ${on}`.trim();
  const lines = [
    ...(isLate === true ? [words.late] : []),
    words.why(plain(about), plain(whyOf(cause, language))),
    words.goOn(goOn),
    words.goBack(`slipway rollback ${on}--reason "…"`),
    words.takeOver(`slipway ack {{ launch.id }} ${page}`),
    words.count(page, MOST_PAGES),
  ];
  return { to, title: words.title, text: lines.join('\n') };
}

const WORDS = {
  en: {
    title: 'Held, somebody has to decide: {{ launch.title }} {{ artifact.version }}',
    why: (step: string, why: string) => `${step}: ${why}`,
    goOn: (command: string) => `Go on: ${command}`,
    goBack: (command: string) => `Go back: ${command}`,
    takeOver: (command: string) => `Say that you are on it, which ends these messages: ${command}`,
    decisions: {
      pass: 'pass',
      fail: 'fail',
      'insufficient-data': 'insufficient-data',
      'telemetry-broken': 'telemetry-broken',
    },
    late: 'Nobody answered in time: you are told next.',
    count: (page: number, most: number) => `Message ${page} of at most ${most} while nobody acts.`,
  },
  fr: {
    title: "Suspendu, quelqu'un doit décider : {{ launch.title }} {{ artifact.version }}",
    why: (step: string, why: string) => `${step} : ${why}`,
    goOn: (command: string) => `Continuer : ${command}`,
    goBack: (command: string) => `Revenir en arrière : ${command}`,
    takeOver: (command: string) => `Dire que vous vous en occupez, ce qui met fin à ces messages : ${command}`,
    decisions: {
      pass: 'réussi',
      fail: 'échoué',
      'insufficient-data': 'données insuffisantes',
      'telemetry-broken': 'télémétrie en panne',
    },
    late: "Personne n'a répondu à temps : vous êtes les suivants.",
    count: (page: number, most: number) => `Message ${page} sur ${most} au plus tant que personne n'agit.`,
  },
} as const;

function whyOf(cause: PagedCause, language: Page['language']): string {
  if (cause.kind === 'verdict') {
    const { decisions, why } = WORDS[language];
    return why(decisions[cause.decision], cause.sentences?.[language] ?? cause.sentence);
  }
  return cause.reasons?.[language] ?? cause.reason;
}

/** Characters of others' words in a page. */
const MOST = 600;

/** Others' words are no template: what would open one must neither fail the message nor be filled in. */
export function plain(text: string): string {
  const short = text.length <= MOST ? text : `${text.slice(0, MOST - 2).toWellFormed()} …`;
  return short.replaceAll(/\{(?=[{%])/g, '{ ');
}
