import type { TurnBackCause } from '../../model/cause.ts';
import { own } from '../../own.ts';
import { type RecordDocument, type Section, tableOr } from '../document/document.ts';
import { nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { RECORD_WORDS, type RecordWords } from '../record-words.ts';
import { undoItems } from '../undo-state.ts';
import { messagesTable, timeOr, wayBackTable } from './common-sections.ts';
import { lengthText } from './length-text.ts';
import { type ReleaseFacts, releaseFacts } from './release-facts.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';
import { resultText } from './result-text.ts';

/** Why a launch went back, how fast, what was undone and what was not. */
export function rollbackNote(input: ReportInput): RecordDocument {
  const { launch, language } = input;
  const say = sayIn(language);
  const known = releaseFacts(launch, input.events);
  const { artifact } = launch.plan;
  const notUndone = undoItems(launch).filter(({ undo }) => undo.kind === 'none').length;
  return {
    kind: 'rollback',
    language,
    level: 1,
    title: `${say('Rollback note:', 'Note de retour en arrière :')} ${artifact.name} ${artifact.version}`,
    result:
      known.cause === null
        ? say('No way back was taken.', "Aucun retour en arrière n'a eu lieu.")
        : resultText(known, say),
    figures: {
      result: known.result,
      cause: known.cause?.kind ?? null,
      firstBadAt: known.firstBadAt,
      turnedBackAt: known.turnedBackAt,
      backAt: known.backAt,
      detectionMs: between(known.firstBadAt, known.turnedBackAt),
      rollbackMs: between(known.turnedBackAt, known.backAt),
      recoveryMs: between(known.firstBadAt, known.backAt),
      exposure: known.exposure,
      previousVersion: known.previousVersion,
      notUndone: known.cause === null ? null : notUndone,
    },
    sections: known.cause === null ? [] : sectionsOf(input, known, known.cause),
  };
}

/** Milliseconds from one to the other; null where one is not known, or their clocks contradict each other. */
export function between(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

function sectionsOf(input: ReportInput, known: ReleaseFacts, cause: TurnBackCause): readonly Section[] {
  const say = sayIn(input.language);
  return [
    {
      heading: say('Why', 'Pourquoi'),
      blocks: [{ is: 'text', text: causeText(cause, RECORD_WORDS[input.language]) }],
    },
    timesSection(input, known, say),
    wayBackTable(input),
    versionsSection(input, say),
    messagesTable(input),
  ];
}

export function causeText(cause: TurnBackCause, { events }: RecordWords): string {
  return cause.kind === 'verdict' ? events.said(cause.verdict) : events.because(cause);
}

function timesSection({ events, language }: ReportInput, known: ReleaseFacts, say: Say): Section {
  const turning = events.find(({ event }) => event.type === 'turning-back');
  const length = (ms: number | null): string => (ms === null ? missing(say) : lengthText(ms, language));
  const rows = [
    [say('Decided by', 'Décidé par'), turning === undefined ? missing(say) : nameOf(turning.actor)],
    [say('First bad answer', 'Première mauvaise réponse'), timeOr(known.firstBadAt, say)],
    [say('Turned back', 'Demi-tour'), timeOr(known.turnedBackAt, say)],
    [say('All traffic back', 'Tout le trafic revenu'), timeOr(known.backAt, say)],
    [say('Time to detection', 'Délai de détection'), length(between(known.firstBadAt, known.turnedBackAt))],
    [say('Time to roll back', 'Durée du retour'), length(between(known.turnedBackAt, known.backAt))],
    [
      say('Requests that met the new version', 'Requêtes qui ont rencontré la nouvelle version'),
      known.exposure === null ? missing(say) : String(known.exposure),
    ],
    [say('Ended', 'Fin'), known.endedAt === null ? say('not yet', 'pas encore') : utcTime(known.endedAt)],
  ];
  return tableOr(say('How fast', 'Délais'), { head: ['', ''], rows }, '');
}

/** What each environment was before, and what was asked to be verified after. */
function versionsSection({ launch }: ReportInput, say: Say): Section {
  const rows = undoItems(launch).flatMap(({ step, undo }) => {
    if (undo.kind === 'none' || undo.work.kind !== 'confirm-back') return [];
    const before = own(launch.surveys, step);
    return [[undo.work.environment, undo.work.version ?? say('nothing', 'rien'), before ?? say('nothing', 'rien')]];
  });
  return tableOr(
    say('What serves again', 'Ce qui sert de nouveau'),
    { head: say('Environment|Looked for|Served before', 'Environnement|Cherché|Servait avant').split('|'), rows },
    say('No environment was looked at.', "Aucun environnement n'a été regardé."),
  );
}
