import { own } from '../../own.ts';
import { stepsInOrder } from '../../program/steps.ts';
import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { eventLine, nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { RECORD_WORDS } from '../record-words.ts';
import { messagesTable, timeOr, votesSection, waiversSection, wayBackTable } from './common-sections.ts';
import { stateWord } from './gate.ts';
import { lengthText } from './length-text.ts';
import { answersSection } from './page-answers.ts';
import { type ReleaseFacts, releaseFacts } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { resultText } from './result-text.ts';
import { scenarioSection } from './scenario-section.ts';
import { lengthOf, NEVER, stepTimes } from './step-times.ts';

/** What was deployed where, step by step, how long it took and what went otherwise than planned. */
export function deploymentReport(input: ReportInput): RecordDocument {
  const { launch, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, input.events);
  const { artifact } = launch.plan;
  return {
    kind: 'deployment',
    language,
    level: 1,
    title: `${say('Deployment report:', 'Rapport de déploiement :')} ${artifact.name} ${artifact.version}`,
    result: resultText(known, say),
    figures: {
      result: known.result,
      startedAt: launch.startedAt,
      inProductionAt: known.inProductionAt,
      endedAt: known.endedAt,
      exposure: known.exposure,
      previousVersion: known.previousVersion,
      version: artifact.version,
      git: artifact.git,
    },
    sections: [
      factsSection(input, known, say),
      ...[scenarioSection(input)].filter((section) => section !== null),
      environmentsSection(input, say),
      stepsSection(input, say),
      verdictsTable(input, say),
      troublesSection(input, say),
      ...[answersSection(input, say)].filter((section) => section !== null),
      waiversSection(input),
      votesSection(input),
      wayBackTable(input),
      messagesTable(input),
    ],
  };
}

function factsSection({ launch, language }: ReportInput, known: ReleaseFacts, say: Say): Section {
  const { artifact } = launch.plan;
  const took = known.endedAt === null || known.endedAt < launch.startedAt ? null : known.endedAt - launch.startedAt;
  const rows = [
    [say('Launch', 'Lancement'), `${launch.id} (${launch.plan.title})`],
    [say('Artifact', 'Artefact'), `${artifact.name} ${artifact.version}`],
    ['Git', artifact.git ?? missing(say)],
    [say('Version before', "Version d'avant"), known.previousVersion ?? missing(say)],
    [say('Deployed by', 'Déployé par'), nameOf(launch.startedBy)],
    ['T-0', utcTime(launch.t0)],
    [say('Started', 'Début'), utcTime(launch.startedAt)],
    [say('In production', 'En production'), timeOr(known.inProductionAt, say)],
    [say('Ended', 'Fin'), timeOr(known.endedAt, say)],
    [say('Took', 'Durée'), took === null ? missing(say) : lengthText(took, language)],
    [
      say('Requests that met the new version', 'Requêtes qui ont rencontré la nouvelle version'),
      known.exposure === null ? missing(say) : String(known.exposure),
    ],
    [say('Head of the chain', 'Tête de la chaîne'), launch.head.hash],
  ];
  return tableOr(say('Facts', 'Faits'), { head: ['', ''], rows }, '');
}

function environmentsSection({ launch }: ReportInput, say: Say): Section {
  const rows = Object.keys(launch.plan.environments)
    .toSorted()
    .map((name) => [
      name,
      own(launch.plan.environments, name)?.tier ?? '',
      own(launch.verified, name) ?? say('not verified', 'non vérifié'),
    ]);
  return tableOr(
    say('Environments', 'Environnements'),
    { head: say('Environment|Tier|Verified version', 'Environnement|Rang|Version vérifiée').split('|'), rows },
    say('The plan has no environment.', "Le plan n'a pas d'environnement."),
  );
}

/** Every step of the plan with what became of it. */
export function stepsSection({ launch, events, language }: Omit<ReportInput, 'commits'>, say: Say): Section {
  const times = stepTimes(events);
  const rows = stepsInOrder(launch.plan).map(({ id, title, phase }) => {
    const time = times.get(id) ?? NEVER;
    const length = lengthOf(time);
    return [
      phase,
      title,
      stateWord(own(launch.steps, id), say),
      time.startedAt === null ? '–' : utcTime(time.startedAt),
      length === null ? '–' : lengthText(length, language),
      String(time.retries),
    ];
  });
  return tableOr(
    say('Steps', 'Étapes'),
    { head: say('Phase|Step|State|Started|Took|Retries', 'Phase|Étape|État|Début|Durée|Reprises').split('|'), rows },
    say('The plan has no step.', "Le plan n'a pas d'étape."),
  );
}

/** What the judge said, look by look. */
export function verdictsTable({ events, language }: ReportInput, say: Say): Section {
  const words = RECORD_WORDS[language];
  const rows = events.flatMap(({ at, event }) => {
    if (event.type !== 'effect-settled' || event.outcome.result !== 'done') return [];
    const { data } = event.outcome;
    if (data.kind !== 'verdict') return [];
    const { verdict } = data;
    const samples = verdict.samples === null ? missing(say) : String(verdict.samples);
    const step = event.effect.split(':')[0] ?? '';
    return [[utcTime(at), step, words.decision[verdict.decision], words.events.said(verdict), samples]];
  });
  return tableOr(
    say('Verdicts', 'Verdicts'),
    { head: say('Time|Step|Verdict|Reason|Requests', 'Heure|Étape|Verdict|Raison|Requêtes').split('|'), rows },
    say('Nothing was judged.', "Rien n'a été jugé."),
  );
}

/** Holds, failures, retries, unknown outcomes, and a clock that was set back are not here: they are in the record. */
function troublesSection({ events, language }: ReportInput, say: Say): Section {
  const words = RECORD_WORDS[language].events;
  const rows = events
    .filter(({ event }) => isTrouble(event))
    .map(({ at, actor, event }) => [utcTime(at), nameOf(actor), eventLine(event, words)]);
  return tableOr(
    say('What went otherwise than planned', "Ce qui ne s'est pas passé comme prévu"),
    { head: say('Time|Who|What', 'Heure|Qui|Quoi').split('|'), rows },
    say('Nothing was held, failed or tried again.', "Rien n'a été suspendu, n'a échoué ni n'a été repris."),
  );
}

const TROUBLES: ReadonlySet<string> = new Set([
  'held',
  'step-failed',
  'step-retried',
  'stepped-back',
  'soak-extended',
  'trigger-fired',
  'outcome-answered',
  'page-acknowledged',
  'votes-revoked',
  'votes-expired',
  'proof-refused',
  'tick-expired',
  'window-overridden',
  't0-moved',
  'turning-back',
  'way-back-retried',
]);

function isTrouble(event: ReportInput['events'][number]['event']): boolean {
  if (event.type !== 'effect-settled') return TROUBLES.has(event.type);
  return event.outcome.result === 'failed' || event.outcome.result === 'unknown';
}
