import { own } from '../../own.ts';
import type { StepState } from '../../model/state.ts';
import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { evidenceTable, votesSection, waiversSection } from './common-sections.ts';
import { gateSteps } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { scenarioSection } from './scenario-section.ts';
import { stepTimes } from './step-times.ts';

type Decision = 'go' | 'go-with-waivers' | 'no-go' | 'open' | 'none';

/** One entry of the gate's history: what was asked in front of production, what was found, who decided. */
export function gateEntry(input: ReportInput): RecordDocument {
  const { launch, language } = input;
  const say = sayIn(language);
  const { artifact } = launch.plan;
  const gate = gateSteps(launch);
  const decision = decisionOf(input, gate);
  const states = gate.map((id) => own(launch.steps, id)?.is ?? 'waiting');
  const counted = (is: StepState['is']): number => states.filter((state) => state === is).length;
  return {
    kind: 'gate',
    language,
    level: 2,
    title: `${utcTime(launch.startedAt).slice(0, 10)}: ${artifact.name} ${artifact.version} (${launch.id})`,
    result: decisionText(decision, say),
    figures: {
      decision,
      steps: gate.length,
      passed: counted('passed'),
      waived: counted('skipped'),
      failed: counted('failed'),
      decidedAt: decidedAt(input, gate, decision),
      git: artifact.git,
      planDigest: launch.planDigest,
    },
    sections: [
      subjectSection(input, say),
      stepsSection(input, gate, say),
      ...[scenarioSection(input)].filter((section) => section !== null),
      votesSection(input, (step) => gate.includes(step)),
      waiversSection(input, (step) => gate.includes(step)),
      evidenceTable(input, (step) => gate.includes(step), say('Evidence', 'Preuves')),
    ],
  };
}

/** Open until every step of it is passed or skipped: nothing that is not known is a GO. */
function decisionOf({ launch, events }: ReportInput, gate: readonly string[]): Decision {
  if (gate.length === 0) return 'none';
  const states = gate.map((id) => own(launch.steps, id)?.is ?? 'waiting');
  if (states.every((is) => is === 'passed' || is === 'skipped'))
    return states.includes('skipped') ? 'go-with-waivers' : 'go';
  const { mode } = launch;
  const stopped = mode.is === 'ended' || mode.is === 'incomplete' || mode.is === 'stopping' || mode.is === 'undoing';
  const refused = events.some(({ event }) => event.type === 'turning-back' && event.cause.kind === 'no-go');
  return stopped || refused || states.includes('failed') ? 'no-go' : 'open';
}

function decisionText(decision: Decision, say: Say): string {
  switch (decision) {
    case 'go':
      return say('GO: every step of the gate passed.', 'GO : chaque étape de la gate est passée.');
    case 'go-with-waivers':
      return say('GO with waivers.', 'GO avec dérogations.');
    case 'no-go':
      return say('NO-GO.', 'NO-GO.');
    case 'open':
      return say('Not decided yet.', 'Pas encore décidé.');
    case 'none':
      return say('The plan has no gate.', "Le plan n'a pas de gate.");
  }
}

function decidedAt({ events }: ReportInput, gate: readonly string[], decision: Decision): number | null {
  if (decision === 'open' || decision === 'none') return null;
  const times = stepTimes(events);
  const ends = gate.flatMap((id) => times.get(id)?.endedAt ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}

function subjectSection({ launch }: ReportInput, say: Say): Section {
  const { artifact } = launch.plan;
  const rows = [
    [say('Artifact', 'Artefact'), `${artifact.name} ${artifact.version}`],
    ['Git', artifact.git ?? missing(say)],
    [say('Digest of the plan', 'Empreinte du plan'), launch.planDigest],
    [say('Started', 'Début'), `${utcTime(launch.startedAt)}, ${nameOf(launch.startedBy)}`],
    [say('Head of the chain', 'Tête de la chaîne'), launch.head.hash],
  ];
  return tableOr(say('What was decided on', 'Objet de la décision'), { head: ['', ''], rows }, '');
}

function stepsSection({ launch, events }: ReportInput, gate: readonly string[], say: Say): Section {
  const times = stepTimes(events);
  const rows = gate.map((id) => {
    const state = own(launch.steps, id);
    const at = times.get(id)?.endedAt ?? null;
    return [
      own(launch.plan.steps, id)?.title ?? id,
      stateWord(state, say),
      at === null ? '–' : utcTime(at),
      resultOf(state),
    ];
  });
  return tableOr(
    say('Steps of the gate', 'Étapes de la gate'),
    { head: say('Step|State|Time|Result', 'Étape|État|Heure|Résultat').split('|'), rows },
    say('The plan has no gate.', "Le plan n'a pas de gate."),
  );
}

export function stateWord(state: StepState | undefined, say: Say): string {
  switch (state?.is) {
    case 'passed':
      return state.answer === 'no' ? say('answered no', 'répondu non') : say('passed', 'réussi');
    case 'skipped':
      return say('waived', 'dérogation');
    case 'failed':
      return say('failed', 'échoué');
    case 'active':
      return say('under way', 'en cours');
    case 'not-chosen':
      return say('not chosen', 'non choisi');
    case 'waiting':
    case undefined:
      return say('not begun', 'pas commencé');
  }
}

function resultOf(state: StepState | undefined): string {
  if (state?.is === 'passed') return state.summary;
  return state?.is === 'failed' || state?.is === 'skipped' ? state.reason : '';
}
