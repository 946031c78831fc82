import { stepsInOrder } from '../../program/steps.ts';
import { own } from '../../own.ts';
import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { evidenceTable, timeOr, votesSection, waiversSection, wayBackTable } from './common-sections.ts';
import { stateWord } from './gate.ts';
import { type ReleaseFacts, releaseFacts } from './release-facts.ts';
import { scenarioSection } from './scenario-section.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { resultText } from './result-text.ts';

/**
 * A change record as an audit of change management asks for it (SOC 2, criterion CC8.1: changes are authorized, designed, tested,
 * approved and implemented): what changed, who approved, what was tested, who deployed, how it could be and was taken back.
 */
export function changeRecord(input: ReportInput): RecordDocument {
  const { launch, events, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, events);
  const { artifact } = launch.plan;
  const approvals = Object.values(launch.votes).flat();
  return {
    kind: 'change-record',
    language,
    level: 1,
    title: `${say('Change record:', 'Dossier de changement :')} ${artifact.name} ${artifact.version} (${launch.id})`,
    result: resultText(known, say),
    figures: {
      launch: launch.id,
      artifact: artifact.name,
      version: artifact.version,
      git: artifact.git,
      planDigest: launch.planDigest,
      previousVersion: known.previousVersion,
      startedBy: nameOf(launch.startedBy),
      startedAt: launch.startedAt,
      inProductionAt: known.inProductionAt,
      endedAt: known.endedAt,
      result: known.result,
      approvals: new Set(approvals.filter(({ vote }) => vote === 'go').map(({ person }) => person)).size,
      // Four eyes: one of those who said GO did not start it.
      approvedByAnother: approvals.some(({ vote, person }) => vote === 'go' && person !== nameOf(launch.startedBy)),
      waivers: events.filter(({ event }) => event.type === 'step-skipped' || event.type === 'verdict-waived').length,
      events: launch.head.seq,
      head: launch.head.hash,
    },
    sections: [
      changeSection(input, known, say),
      ...[scenarioSection(input)].filter((section) => section !== null),
      votesSection(input),
      waiversSection(input),
      testsSection(input, say),
      evidenceTable(input, () => true, say('Evidence', 'Preuves')),
      wayBackSection(input, say),
      wayBackTable(input),
    ],
  };
}

function changeSection({ launch }: ReportInput, known: ReleaseFacts, say: Say): Section {
  const { artifact, title } = launch.plan;
  const rows = [
    [say('What', 'Quoi'), title],
    [say('Artifact', 'Artefact'), `${artifact.name} ${artifact.version}`],
    ['Git', artifact.git ?? missing(say)],
    [say('Version before', "Version d'avant"), known.previousVersion ?? missing(say)],
    [say('Digest of the plan', 'Empreinte du plan'), launch.planDigest],
    [say('Deployed by', 'Déployé par'), nameOf(launch.startedBy)],
    [say('Started', 'Début'), utcTime(launch.startedAt)],
    [say('In production', 'En production'), timeOr(known.inProductionAt, say)],
    [say('Ended', 'Fin'), timeOr(known.endedAt, say)],
    [say('Head of the chain', 'Tête de la chaîne'), `${launch.head.seq}: ${launch.head.hash}`],
  ];
  return tableOr(say('What changed', 'Ce qui a changé'), { head: ['', ''], rows }, '');
}

function testsSection({ launch }: ReportInput, say: Say): Section {
  const rows = stepsInOrder(launch.plan).flatMap((step) => {
    if (step.kind !== 'check') return [];
    const state = own(launch.steps, step.id);
    const found = state?.is === 'passed' ? state.summary : state?.is === 'failed' ? state.reason : '';
    return [[step.title, step.check.provider, stateWord(state, say), found]];
  });
  return tableOr(
    say('Tests and checks', 'Tests et contrôles'),
    { head: say('Check|Kind|State|Result', 'Contrôle|Genre|État|Résultat').split('|'), rows },
    say('The plan has no check.', "Le plan n'a aucun contrôle."),
  );
}

/** What the plan declared before anything happened. */
function wayBackSection({ launch }: ReportInput, say: Say): Section {
  const rows = stepsInOrder(launch.plan).flatMap((step) => {
    if (step.kind === 'deploy' || step.kind === 'rollout')
      return [[step.title, say('the version before is brought back', "la version d'avant est remise")]];
    if (step.kind !== 'run' || step.undo === null) return [];
    const undo =
      step.undo.kind === 'none' ? `${say('none', 'aucun')}: ${step.undo.because}` : step.undo.command.argv.join(' ');
    return [[step.title, undo]];
  });
  return tableOr(
    say('Declared ways back', 'Retours en arrière déclarés'),
    { head: say('Step|Way back', 'Étape|Retour').split('|'), rows },
    say('No step changes anything.', 'Aucune étape ne change quoi que ce soit.'),
  );
}
