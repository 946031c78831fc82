import type { TriggerDeed } from '@slipway/plan';
import type { Ending } from '../model/event.ts';
import type { Wait } from '../model/outcome.ts';
import type { TurnBackCause } from '../model/cause.ts';
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

/** A choice between scenarios. */
export interface ChoiceSaid {
  readonly scenario: string;
  /** Empty: none. */
  readonly reason: string;
  readonly proposed: string | null;
  readonly override?: true;
  /** Epoch ms. */
  readonly until?: number;
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
  /** null: nothing. */
  readonly scenarioProposed: (scenario: string | null) => string;
  readonly scenarioChosen: (choice: ChoiceSaid) => string;
  readonly t0Moved: (from: number, to: number, reason: string) => string;
  readonly taskDone: (proof: string) => string;
  readonly proofRefused: (reason: string) => string;
  /** Epoch ms since when it had counted. */
  readonly tickExpired: (tickedAt: number, ask: 'person' | 'url') => string;
  readonly answered: (done: boolean, reason: string) => string;
  readonly held: (why: string) => string;
  readonly resumed: string;
  readonly verified: (environment: string, version: string) => string;
  readonly noticeQueued: (channel: string) => string;
  /** `until`: ISO 8601 in UTC; `standsFor`: messages of its cadence, 1 and more. */
  readonly noticeWaits: (channel: string, until: string, standsFor: number) => string;
  readonly paged: (channel: string, page: number) => string;
  /** `by`: who is on it, where that is not who said so. */
  readonly acknowledged: (page: number, by?: string) => string;
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
  scenarioProposed: (scenario) =>
    scenario === null ? 'the table proposes no scenario' : `the table proposes the scenario ${scenario}`,
  scenarioChosen: ({ scenario, reason, proposed, override, until }) => {
    const against = override === true ? `, against the table, which proposes ${proposed}` : '';
    const end = until === undefined ? '' : `, nothing changes until ${utcTime(until)}`;
    return `scenario chosen: ${scenario}${against}${end}${reason === '' ? '' : `: ${reason}`}`;
  },
  t0Moved: (from, to, reason) => `T-0 moved from ${utcTime(from)} to ${utcTime(to)}: ${reason}`,
  taskDone: (proof) => `done: ${proof}`,
  proofRefused: (reason) => `open again, the proof does not count: ${reason}`,
  tickExpired: (tickedAt, ask) =>
    `the tick of ${utcTime(tickedAt)} has grown too old: ${ask === 'url' ? 'its address is asked again' : 'open again'}`,
  answered: (done, reason) => `a person says ${done ? 'done' : 'not done'}: ${reason}`,
  held: (why) => `held: ${why}`,
  resumed: 'resumed',
  verified: (environment, version) => `${environment} verified: ${version}`,
  noticeQueued: (channel) => `message for ${channel}`,
  noticeWaits: (channel, until, standsFor) =>
    `message for ${channel}: waits for the end of quiet hours, ${until}${standsFor === 1 ? '' : `; stands for ${standsFor}`}`,
  paged: (channel, page) => `page ${page} for ${channel}`,
  acknowledged: (page, by) => `page ${page} answered${by === undefined ? '' : `: ${by} is on it`}`,
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
  scenarioProposed: (scenario) =>
    scenario === null ? 'la table ne propose aucun scénario' : `la table propose le scénario ${scenario}`,
  scenarioChosen: ({ scenario, reason, proposed, override, until }) => {
    const against = override === true ? `, contre la table, qui propose ${proposed}` : '';
    const end = until === undefined ? '' : `, rien ne change jusqu'au ${utcTime(until)}`;
    return `scénario choisi : ${scenario}${against}${end}${reason === '' ? '' : ` : ${reason}`}`;
  },
  t0Moved: (from, to, reason) => `T-0 déplacé de ${utcTime(from)} à ${utcTime(to)} : ${reason}`,
  taskDone: (proof) => `fait : ${proof}`,
  proofRefused: (reason) => `à refaire, la preuve ne compte pas : ${reason}`,
  tickExpired: (tickedAt, ask) =>
    `coche du ${utcTime(tickedAt)} périmée : ${ask === 'url' ? "l'adresse est interrogée à nouveau" : 'à refaire'}`,
  answered: (done, reason) => `une personne dit ${done ? 'fait' : 'pas fait'} : ${reason}`,
  held: (why) => `suspendu : ${why}`,
  resumed: 'repris',
  verified: (environment, version) => `${environment} vérifié : ${version}`,
  noticeQueued: (channel) => `message pour ${channel}`,
  noticeWaits: (channel, until, standsFor) =>
    `message pour ${channel} : attend la fin des heures calmes, ${until}${standsFor === 1 ? '' : ` ; en remplace ${standsFor}`}`,
  paged: (channel, page) => `alerte ${page} pour ${channel}`,
  acknowledged: (page, by) => `réponse à l'alerte ${page}${by === undefined ? '' : ` : ${by} s'en occupe`}`,
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
