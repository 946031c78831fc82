import type { TriggerDeed } from '@slipway/plan';
import type { Ending } from '../model/event.ts';
import type { Wait } from '../model/outcome.ts';
import type { TurnBackCause } from '../model/state.ts';
import type { Reasoned, Said } from '../model/verdict.ts';
import { utcTime } from './iso-time.ts';
import { enWaits, frWaits } from './wait-words.ts';

/** A waiver in words. */
export interface WaiverSaid {
  readonly said: string;
  /** Epoch ms. */
  readonly until?: number;
  readonly proposedBy?: string;
}

/** The words around an event's facts, for the list of all of them. */
export interface EventWords {
  readonly said: (said: Said) => string;
  readonly because: (why: Reasoned) => string;
  /** What it is about, and what happened to it. */
  readonly about: (subject: string, what: string) => string;
  readonly launchStarted: (artifact: string) => string;
  readonly stepStarted: string;
  readonly watchStarted: string;
  readonly steppedBack: string;
  readonly stepRetried: string;
  readonly runConfirmed: string;
  readonly effectStarted: (attempt: number) => string;
  readonly effectNoted: string;
  readonly effectFailed: (reason: string) => string;
  readonly effectUnknown: (reason: string) => string;
  readonly deadlock: (waits: readonly Wait[]) => string;
  readonly effectCancelled: string;
  readonly timeCounted: (seconds: number) => string;
  readonly soakExtended: (minutes: number, reason: string) => string;
  readonly triggerFired: (when: string, found: string, deed: string) => string;
  readonly deeds: Readonly<Record<TriggerDeed['kind'], string>>;
  readonly moveDone: (move: number) => string;
  readonly stepPassed: (summary: string) => string;
  readonly stepFailed: (reason: string) => string;
  readonly stepSkipped: (reason: string) => string;
  readonly verdictWaived: (reason: string) => string;
  readonly voteCast: (vote: 'GO' | 'NO-GO', seq: number, hash: string) => string;
  /** Behind a vote: for whom it was given, and what it depends on. */
  readonly voteFor: (roles: string) => string;
  readonly voteIf: (conditions: string) => string;
  readonly conditionMet: (condition: number, proof: string) => string;
  readonly votesExpired: (people: string) => string;
  readonly votesRevoked: (reason: string) => string;
  readonly waiverProposed: (reason: string) => string;
  readonly waiverEnded: string;
  /** What was said of a waiver, with its end and who proposed it, where there are any. */
  readonly waived: (waiver: WaiverSaid) => string;
  /** Epoch ms; null: not within a year. */
  readonly windowOpen: (until: number | null) => string;
  readonly windowClosed: (why: string, next: number | null) => string;
  readonly windowOverridden: (reason: string) => string;
  readonly t0Moved: (from: number, to: number, reason: string) => string;
  readonly taskDone: (proof: string) => string;
  readonly answered: (done: boolean, reason: string) => string;
  readonly held: (why: string) => string;
  readonly resumed: string;
  readonly verified: (environment: string, version: string) => string;
  readonly noticeQueued: (channel: string) => string;
  readonly paged: (channel: string, page: number) => string;
  readonly turningBack: Readonly<Record<TurnBackCause['kind'], string>>;
  readonly wayBackPlanned: (moves: number) => string;
  readonly wayBackRetried: string;
  readonly launchEnded: Readonly<Record<Ending, string>>;
}

export const enEvents: EventWords = {
  said: ({ sentence, sentences }) => sentences?.en ?? sentence,
  because: ({ reason, reasons }) => reasons?.en ?? reason,
  about: (subject, what) => `${subject}: ${what}`,
  launchStarted: (artifact) => `launch started: ${artifact}`,
  stepStarted: 'step-started',
  watchStarted: 'watch-started',
  steppedBack: 'suspected: back to the stage before',
  stepRetried: 'step-retried',
  runConfirmed: 'run-confirmed',
  effectStarted: (attempt) => `started, attempt ${attempt}`,
  effectNoted: 'noted where it stands',
  effectFailed: (reason) => `failed: ${reason}`,
  effectUnknown: (reason) => `outcome unknown: ${reason}`,
  deadlock: (waits) => `launches wait in a circle: ${enWaits(waits)}`,
  effectCancelled: 'stopped before it changed anything',
  timeCounted: (seconds) => `waited for ${seconds} s more`,
  soakExtended: (minutes, reason) => `watched for ${minutes} min longer: ${reason}`,
  triggerFired: (when, found, deed) => `trigger ${when} (${found}): ${deed}`,
  deeds: {
    rollback: 'roll back',
    hold: 'hold',
    page: 'page',
    'flag-off': 'switch a flag off',
    ticket: 'send a ticket',
  },
  moveDone: (move) => `move ${move} done`,
  stepPassed: (summary) => `passed: ${summary}`,
  stepFailed: (reason) => `failed: ${reason}`,
  stepSkipped: (reason) => `skipped: ${reason}`,
  verdictWaived: (reason) => `verdict waived: ${reason}`,
  voteCast: (vote, seq, hash) => `${vote} on event ${seq} (${hash})`,
  voteFor: (roles) => `, standing in for ${roles}`,
  voteIf: (conditions) => `, on condition: ${conditions}`,
  conditionMet: (condition, proof) => `condition ${condition} met: ${proof}`,
  votesExpired: (people) => `GO too old: ${people}`,
  votesRevoked: (reason) => `votes fell: ${reason}`,
  waiverProposed: (reason) => `waiver proposed: ${reason}`,
  waiverEnded: 'the waiver is over: it is asked again',
  waived: ({ said, until, proposedBy }) => {
    const end = until === undefined ? '' : `, until ${utcTime(until)}`;
    return `${said}${end}${proposedBy === undefined ? '' : `, proposed by ${proposedBy}`}`;
  },
  windowOpen: (until) => `production may begin${until === null ? '' : ` until ${utcTime(until)}`}`,
  windowClosed: (why, next) =>
    `production waits: ${why}${next === null ? '; no opening within a year' : `; opens ${utcTime(next)}`}`,
  windowOverridden: (reason) => `begins although the calendar says no: ${reason}`,
  t0Moved: (from, to, reason) => `T-0 moved from ${utcTime(from)} to ${utcTime(to)}: ${reason}`,
  taskDone: (proof) => `done: ${proof}`,
  answered: (done, reason) => `a person says ${done ? 'done' : 'not done'}: ${reason}`,
  held: (why) => `held: ${why}`,
  resumed: 'resumed',
  verified: (environment, version) => `${environment} verified: ${version}`,
  noticeQueued: (channel) => `message for ${channel}`,
  paged: (channel, page) => `page ${page} for ${channel}`,
  turningBack: {
    verdict: 'turning back (verdict)',
    'step-failed': 'turning back (step-failed)',
    'no-go': 'turning back (no-go)',
    abort: 'turning back (abort)',
    rollback: 'turning back (rollback)',
  },
  wayBackPlanned: (moves) => `way back planned: ${moves} ${moves === 1 ? 'move' : 'moves'}`,
  wayBackRetried: 'way back taken up again',
  launchEnded: {
    completed: 'launch ended: completed',
    scrubbed: 'launch ended: scrubbed',
    'rolled-back': 'launch ended: rolled-back',
    'rollback-incomplete': 'launch ended: rollback-incomplete',
  },
};

export const frEvents: EventWords = {
  said: ({ sentence, sentences }) => sentences?.fr ?? sentence,
  because: ({ reason, reasons }) => reasons?.fr ?? reason,
  about: (subject, what) => `${subject} : ${what}`,
  launchStarted: (artifact) => `lancement démarré : ${artifact}`,
  stepStarted: 'démarré',
  watchStarted: 'observation poursuivie',
  steppedBack: 'suspecté : retour au palier précédent',
  stepRetried: 'repris',
  runConfirmed: 'confirmé',
  effectStarted: (attempt) => `commencé, essai ${attempt}`,
  effectNoted: 'a noté où il en est',
  effectFailed: (reason) => `échec : ${reason}`,
  effectUnknown: (reason) => `issue inconnue : ${reason}`,
  deadlock: (waits) => `des lancements s'attendent en cercle : ${frWaits(waits)}`,
  effectCancelled: "arrêté avant d'avoir rien changé",
  timeCounted: (seconds) => `a attendu ${seconds} s de plus`,
  soakExtended: (minutes, reason) => `observé ${minutes} min de plus : ${reason}`,
  triggerFired: (when, found, deed) => `déclencheur ${when} (${found}) : ${deed}`,
  deeds: {
    rollback: 'revenir en arrière',
    hold: 'suspendre',
    page: 'alerter',
    'flag-off': 'couper un drapeau',
    ticket: 'ouvrir un ticket',
  },
  moveDone: (move) => `geste ${move} fait`,
  stepPassed: (summary) => `réussi : ${summary}`,
  stepFailed: (reason) => `échoué : ${reason}`,
  stepSkipped: (reason) => `passé outre : ${reason}`,
  verdictWaived: (reason) => `verdict écarté : ${reason}`,
  voteCast: (vote, seq, hash) => `${vote} sur l'événement ${seq} (${hash})`,
  voteFor: (roles) => `, en suppléance de ${roles}`,
  voteIf: (conditions) => `, à condition : ${conditions}`,
  conditionMet: (condition, proof) => `condition ${condition} remplie : ${proof}`,
  votesExpired: (people) => `GO périmé : ${people}`,
  votesRevoked: (reason) => `votes tombés : ${reason}`,
  waiverProposed: (reason) => `dérogation proposée : ${reason}`,
  waiverEnded: 'la dérogation a pris fin : la question est reposée',
  waived: ({ said, until, proposedBy }) => {
    const end = until === undefined ? '' : `, jusqu'au ${utcTime(until)}`;
    return `${said}${end}${proposedBy === undefined ? '' : `, proposé par ${proposedBy}`}`;
  },
  windowOpen: (until) => `la production peut commencer${until === null ? '' : ` jusqu'au ${utcTime(until)}`}`,
  windowClosed: (why, next) =>
    `la production attend : ${why}${next === null ? " ; aucune ouverture dans l'année" : ` ; ouvre ${utcTime(next)}`}`,
  windowOverridden: (reason) => `commence malgré le calendrier : ${reason}`,
  t0Moved: (from, to, reason) => `T-0 déplacé de ${utcTime(from)} à ${utcTime(to)} : ${reason}`,
  taskDone: (proof) => `fait : ${proof}`,
  answered: (done, reason) => `une personne dit ${done ? 'fait' : 'pas fait'} : ${reason}`,
  held: (why) => `suspendu : ${why}`,
  resumed: 'repris',
  verified: (environment, version) => `${environment} vérifié : ${version}`,
  noticeQueued: (channel) => `message pour ${channel}`,
  paged: (channel, page) => `alerte ${page} pour ${channel}`,
  turningBack: {
    verdict: 'retour en arrière (verdict)',
    'step-failed': 'retour en arrière (étape échouée)',
    'no-go': 'retour en arrière (NO-GO)',
    abort: 'retour en arrière (annulation)',
    rollback: 'retour en arrière (demandé)',
  },
  wayBackPlanned: (moves) => `retour prévu : ${moves} ${moves > 1 ? 'gestes' : 'geste'}`,
  wayBackRetried: 'retour repris',
  launchEnded: {
    completed: 'lancement fini : terminé',
    scrubbed: 'lancement fini : annulé avant production',
    'rolled-back': 'lancement fini : revenu en arrière, vérifié',
    'rollback-incomplete': 'lancement fini : retour incomplet',
  },
};
