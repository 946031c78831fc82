import type { FlagAudience } from '@slipway/plan';
import type { EffectState } from '../model/state.ts';
import type { EvidenceItem, Outcome } from '../model/outcome.ts';
import type { VerdictDecision } from '../model/verdict.ts';
import { audienceWords, enAudience, frAudience } from '../program/flag-audience.ts';
import { enEvents, type EventWords, frEvents } from './event-words.ts';
import { enMirror, frMirror, type MirrorWords } from './mirror-words.ts';

/** The fixed words of a record. */
export interface RecordWords {
  readonly result: Readonly<
    Record<
      | 'completed'
      | 'told'
      | 'dark'
      | 'flags'
      | 'flags-off'
      | 'unchanged'
      | 'scrubbed'
      | 'rolled-back'
      | 'rollback-incomplete'
      | 'open',
      string
    >
  >;
  readonly facts: string;
  readonly fact: Readonly<
    Record<
      'launch' | 'artifact' | 'previous' | 'started' | 'ended' | 'exposure' | 'recovery' | 'plan' | 'head' | 'events',
      string
    >
  >;
  readonly why: string;
  readonly decisions: string;
  readonly rollout: string;
  readonly mirror: MirrorWords;
  readonly evidence: string;
  readonly wayBack: string;
  readonly messages: string;
  /** In the place of a title that was never filled in. */
  readonly template: string;
  readonly messageFor: (channel: string) => string;
  readonly timeline: string;
  /** Between two events, the later of which has the earlier time. */
  readonly clockBack: (seconds: number) => string;
  readonly verify: string;
  readonly howToVerify: string;
  readonly columns: Readonly<
    Record<
      | 'time'
      | 'who'
      | 'what'
      | 'reason'
      | 'step'
      | 'verdict'
      | 'figures'
      | 'asked'
      | 'found'
      | 'expected'
      | 'state'
      | 'channel',
      string
    >
  >;
  readonly none: string;
  readonly seconds: (seconds: number) => string;
  readonly figure: (value: number) => string;
  readonly by: (person: string) => string;
  readonly decision: Readonly<Record<VerdictDecision, string>>;
  readonly found: Readonly<Record<EvidenceItem['verdict'], string>>;
  readonly effects: Readonly<Record<Exclude<EffectState['is'], 'settled'> | Outcome['result'], string>>;
  readonly messageStates: {
    readonly waits: (until: string) => string;
    readonly replaced: string;
    readonly saidAlready: string;
    readonly withdrawn: string;
  };
  readonly works: {
    readonly shift: (environment: string, split: string) => string;
    readonly start: (version: string, environment: string) => string;
    readonly restore: (version: string, environment: string) => string;
    readonly stop: (version: string, environment: string) => string;
    readonly confirmBack: (version: string, environment: string) => string;
    readonly lock: (environment: string) => string;
    readonly survey: (environment: string) => string;
    readonly observe: (environment: string) => string;
    readonly flagSurvey: (flag: string, environment: string) => string;
    readonly ramp: (flag: string, variant: string, audience: readonly FlagAudience[]) => string;
    readonly killFlag: (flag: string, environment: string) => string;
    readonly roll: (version: string, environment: string, weight: number) => string;
  };
  readonly events: EventWords;
}

const en: RecordWords = {
  result: {
    completed: 'Completed: the new version is live.',
    told: 'Completed: the channels were told.',
    dark: 'Completed: the new version got copies of requests only; the previous one serves as before.',
    flags: 'Completed: the flags are on for those to whom they were ramped.',
    'flags-off': 'Rolled back, verified: the flags are off for everybody.',
    unchanged: 'Completed: by the scenario that was chosen nothing was deployed.',
    scrubbed: 'Scrubbed: called off before production.',
    'rolled-back': 'Rolled back, verified: the previous version serves again.',
    'rollback-incomplete': 'The way back is incomplete: a person is needed.',
    open: 'Still under way.',
  },
  facts: 'Facts',
  fact: {
    launch: 'Launch',
    artifact: 'Artifact',
    previous: 'Version before',
    started: 'Started',
    ended: 'Ended',
    exposure: 'Requests that met the new version',
    recovery: 'From the first bad answer to all traffic back',
    plan: 'Digest of the plan',
    head: 'Head of the chain',
    events: 'Events',
  },
  why: 'Why it went back',
  decisions: 'What people decided',
  rollout: 'What the judge saw',
  mirror: enMirror,
  evidence: 'Evidence',
  wayBack: 'The way back',
  messages: 'Messages',
  template: 'a template, not filled in',
  messageFor: (channel) => `Message for ${channel}`,
  timeline: 'Every event',
  clockBack: (seconds) => `the clock was set back by ${seconds} s, or that of this server is behind`,
  verify: 'How to verify this record',
  howToVerify:
    'Every event carries a hash over itself and the event before it. Take the record as JSON (`slipway report --format json --output record.json`), run `slipway verify record.json`, and compare the head of the chain with the one above.',
  columns: {
    time: 'Time',
    who: 'Who',
    what: 'What',
    reason: 'Reason',
    step: 'Step',
    verdict: 'Verdict',
    figures: 'Figures',
    asked: 'Asked',
    found: 'Found',
    expected: 'Expected',
    state: 'State',
    channel: 'Channel',
  },
  none: 'none',
  seconds: (seconds) => `${seconds.toFixed(1)} s`,
  figure: String,
  by: (person) => `by ${person}`,
  decision: {
    pass: 'pass',
    fail: 'fail',
    'insufficient-data': 'insufficient-data',
    'telemetry-broken': 'telemetry-broken',
  },
  found: { pass: 'pass', fail: 'fail', unknown: 'unknown' },
  effects: {
    started: 'started',
    retrying: 'retrying',
    done: 'done',
    failed: 'failed',
    unknown: 'unknown',
    deadlock: 'waits in a circle',
    cancelled: 'cancelled',
  },
  messageStates: {
    waits: (until) => `waits for the end of quiet hours, ${until}`,
    replaced: 'a later one was sent in its place',
    saidAlready: 'said already, not sent again',
    withdrawn: 'not sent: the launch turned back',
  },
  works: {
    shift: (environment, split) => `shift ${environment}: ${split}`,
    start: (version, environment) => `start ${version} (${environment})`,
    restore: (version, environment) => `restore ${version} (${environment})`,
    stop: (version, environment) => `stop ${version} (${environment})`,
    confirmBack: (version, environment) => `verify ${version} (${environment})`,
    lock: (environment) => `lock ${environment}`,
    survey: (environment) => `survey ${environment}`,
    observe: (environment) => `observe ${environment}`,
    flagSurvey: (flag, environment) => `survey ${flag} (${environment})`,
    ramp: (flag, variant, audience) => `${flag}: ${variant} for ${audienceWords(audience, enAudience)}`,
    killFlag: (flag, environment) => `switch ${flag} off for everybody (${environment})`,
    roll: (version, environment, weight) => `roll ${version} to ${weight} % (${environment})`,
  },
  events: enEvents,
};

const fr: RecordWords = {
  result: {
    completed: 'Terminé : la nouvelle version est en service.',
    told: 'Terminé : les canaux ont été prévenus.',
    dark: "Terminé : la nouvelle version n'a reçu que des copies de requêtes ; la précédente sert comme avant.",
    flags: 'Terminé : les flags sont actifs pour ceux à qui ils étaient destinés.',
    'flags-off': 'Retour en arrière vérifié : les flags sont éteints pour tous.',
    unchanged: "Terminé : selon le scénario choisi, rien n'a été déployé.",
    scrubbed: 'Annulé avant la production.',
    'rolled-back': 'Retour en arrière vérifié : la version précédente sert de nouveau.',
    'rollback-incomplete': 'Le retour en arrière est incomplet : il faut une personne.',
    open: 'Encore en cours.',
  },
  facts: 'Faits',
  fact: {
    launch: 'Lancement',
    artifact: 'Artefact',
    previous: "Version d'avant",
    started: 'Début',
    ended: 'Fin',
    exposure: 'Requêtes qui ont rencontré la nouvelle version',
    recovery: 'De la première mauvaise réponse au retour de tout le trafic',
    plan: 'Empreinte du plan',
    head: 'Tête de la chaîne',
    events: 'Événements',
  },
  why: 'Pourquoi le retour',
  decisions: 'Ce que des personnes ont décidé',
  rollout: 'Ce que le juge a vu',
  mirror: frMirror,
  evidence: 'Preuves',
  wayBack: 'Le retour en arrière',
  messages: 'Messages',
  template: 'un modèle, non rempli',
  messageFor: (channel) => `Message pour ${channel}`,
  timeline: 'Chaque événement',
  clockBack: (seconds) => `l'horloge a été reculée de ${seconds} s, ou celle de ce serveur retarde`,
  verify: 'Comment vérifier ce compte rendu',
  howToVerify:
    "Chaque événement porte une empreinte de lui-même et du précédent. Prenez le compte rendu en JSON (`slipway report --format json --output record.json`), lancez `slipway verify record.json`, et comparez la tête de la chaîne avec celle d'en haut.",
  columns: {
    time: 'Heure',
    who: 'Qui',
    what: 'Quoi',
    reason: 'Raison',
    step: 'Étape',
    verdict: 'Verdict',
    figures: 'Chiffres',
    asked: 'Demandé',
    found: 'Trouvé',
    expected: 'Attendu',
    state: 'État',
    channel: 'Canal',
  },
  none: 'aucune',
  seconds: (seconds) => `${seconds.toFixed(1).replace('.', ',')} s`,
  figure: (value) => String(value).replace('.', ','),
  by: (person) => `par ${person}`,
  decision: {
    pass: 'réussi',
    fail: 'échoué',
    'insufficient-data': 'données insuffisantes',
    'telemetry-broken': 'télémétrie en panne',
  },
  found: { pass: 'réussi', fail: 'échoué', unknown: 'inconnu' },
  effects: {
    started: 'commencé',
    retrying: 'nouvel essai prévu',
    done: 'fait',
    failed: 'échoué',
    unknown: 'inconnu',
    deadlock: 'attend en cercle',
    cancelled: 'arrêté',
  },
  messageStates: {
    waits: (until) => `attend la fin des heures calmes, ${until}`,
    replaced: 'un plus récent est parti à sa place',
    saidAlready: 'déjà dit, non renvoyé',
    withdrawn: 'non envoyé : retour arrière décidé',
  },
  works: {
    shift: (environment, split) => `trafic de ${environment} : ${split}`,
    start: (version, environment) => `démarrer ${version} (${environment})`,
    restore: (version, environment) => `remettre ${version} (${environment})`,
    stop: (version, environment) => `arrêter ${version} (${environment})`,
    confirmBack: (version, environment) => `vérifier ${version} (${environment})`,
    lock: (environment) => `prendre ${environment}`,
    survey: (environment) => `regarder ${environment}`,
    observe: (environment) => `observer ${environment}`,
    flagSurvey: (flag, environment) => `regarder ${flag} (${environment})`,
    ramp: (flag, variant, audience) => `${flag} : ${variant} pour ${audienceWords(audience, frAudience)}`,
    killFlag: (flag, environment) => `éteindre ${flag} pour tous (${environment})`,
    roll: (version, environment, weight) => `déployer ${version} par lots jusqu'à ${weight} % (${environment})`,
  },
  events: frEvents,
};

export const RECORD_WORDS: Readonly<Record<'en' | 'fr', RecordWords>> = { en, fr };
