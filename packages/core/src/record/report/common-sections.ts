import type { Recorded } from '../../model/event.ts';
import type { EvidenceItem } from '../../model/outcome.ts';
import { own } from '../../own.ts';
import { effectPlace } from '../../program/effect-id.ts';
import { type Section, tableOr } from '../document/document.ts';
import { nameOf } from '../event-line.ts';
import { utcTime } from '../iso-time.ts';
import { messageStateText } from '../message-state.ts';
import { stateText, titleOf, workText } from '../record-sections.ts';
import { RECORD_WORDS } from '../record-words.ts';
import { undoItems, undoState } from '../undo-state.ts';
import { missing, type ReportInput, type Say, sayIn } from './report-input.ts';

/** Which steps are spoken of. */
type Counts = (step: string) => boolean;
const EVERY: Counts = () => true;

/** A time, or that it is not known. */
export function timeOr(at: number | null, say: Say): string {
  return at === null ? missing(say) : utcTime(at);
}

/** Who said GO or NO-GO, on which facts and conditions, and whether a vote fell since. */
export function votesSection({ events, language }: ReportInput, counts: Counts = EVERY): Section {
  const say = sayIn(language);
  const rows = events.flatMap(({ at, actor, event }) => {
    const said = voteCells(event, say);
    return said === null || !counts(said.step) ? [] : [[utcTime(at), said.step, nameOf(actor), ...said.cells]];
  });
  const head = say(
    'Time|Sign-off|Who|Roles|Vote|Reason|Conditions|Facts',
    'Heure|Approbation|Qui|Rôles|Vote|Raison|Conditions|Faits',
  ).split('|');
  return tableOr(
    say('Sign-offs', 'Approbations'),
    { head, rows },
    say('The log holds no vote.', 'Le journal ne contient aucun vote.'),
  );
}

/** Roles, vote, reason, conditions, facts. null: it is about no vote. */
function voteCells(event: Recorded['event'], say: Say): { step: string; cells: readonly string[] } | null {
  if (event.type === 'vote-cast') {
    const { step, roles, vote, reason, basis, conditions = [] } = event;
    const facts = `${basis.seq} (${basis.hash.slice(0, 12)})`;
    return { step, cells: [roles.join(', '), vote === 'go' ? 'GO' : 'NO-GO', reason, conditions.join('; '), facts] };
  }
  if (event.type === 'condition-met')
    return {
      step: event.step,
      cells: ['', say('condition met', 'condition remplie'), event.proof, String(event.condition), ''],
    };
  if (event.type === 'votes-revoked')
    return { step: event.step, cells: ['', say('votes fell', 'votes tombés'), event.reason, '', ''] };
  if (event.type === 'votes-expired')
    return { step: event.step, cells: ['', say('votes expired', 'votes expirés'), event.people.join(', '), '', ''] };
  return null;
}

/** Everything that was passed over on a person's word, and what ended again. */
export function waiversSection({ events, language }: ReportInput, counts: Counts = EVERY): Section {
  const say = sayIn(language);
  const rows = events.flatMap(({ at, actor, event }) => {
    const waived = waiverCells(event, say);
    return waived === null || !counts(waived.step) ? [] : [[utcTime(at), waived.step, nameOf(actor), ...waived.cells]];
  });
  return tableOr(
    say('Waivers', 'Dérogations'),
    {
      head: say('Time|Step|Who|Proposed by|Until|Reason', 'Heure|Étape|Qui|Proposée par|Fin|Raison').split('|'),
      rows,
    },
    say('Nothing was waived.', "Rien n'a fait l'objet d'une dérogation."),
  );
}

/** Who proposed it, when it ends, why. null: it is about no waiver. */
function waiverCells(event: Recorded['event'], say: Say): { step: string; cells: readonly string[] } | null {
  if (event.type === 'step-skipped') {
    const { step, proposedBy = '', until, reason } = event;
    return { step, cells: [proposedBy, until === undefined ? '' : utcTime(until), reason] };
  }
  if (event.type === 'verdict-waived') return { step: event.step, cells: ['', '', event.reason] };
  if (event.type === 'window-overridden')
    return { step: event.step, cells: ['', '', `${say('calendar', 'calendrier')}: ${event.reason}`] };
  if (event.type === 'waiver-ended') return { step: event.step, cells: ['', say('ended', 'finie'), ''] };
  return null;
}

/** What was asked and found by steps for which `counts` holds. */
export function evidenceTable(input: ReportInput, counts: Counts, heading: string): Section {
  const say = sayIn(input.language);
  const words = RECORD_WORDS[input.language];
  const rows = input.events.flatMap(({ at, event }) => {
    const found = stepEvidence(event);
    if (found === null || !counts(found.step)) return [];
    const title = own(input.launch.plan.steps, found.step)?.title ?? found.step;
    return found.items.map((item) => [
      utcTime(at),
      title,
      item.asked,
      item.found,
      item.expected,
      words.found[item.verdict],
    ]);
  });
  const head = say('Time|Step|Asked|Found|Expected|State', 'Heure|Étape|Demandé|Trouvé|Attendu|État').split('|');
  return tableOr(heading, { head, rows }, say('The log holds no evidence.', 'Le journal ne contient aucune preuve.'));
}

function stepEvidence(event: Recorded['event']): { step: string; items: readonly EvidenceItem[] } | null {
  if (event.type !== 'effect-settled') return null;
  const place = effectPlace(event.effect);
  const { outcome } = event;
  if (place.of !== 'step') return null;
  if (outcome.result === 'done') return { step: place.step, items: outcome.evidence.items };
  return outcome.result === 'failed' ? { step: place.step, items: outcome.evidence?.items ?? [] } : null;
}

/** Every move of the way back with how it ended; what has no way back says why. */
export function wayBackTable({ launch, language }: ReportInput): Section {
  const say = sayIn(language);
  const words = RECORD_WORDS[language];
  const rows = undoItems(launch).map((item, index) => {
    if (item.undo.kind === 'none')
      return [item.step, say('no way back', 'sans retour'), item.undo.because, say('not undone', 'non défait'), ''];
    const state = undoState(launch, index);
    const at = state?.is === 'settled' ? utcTime(state.at) : '';
    return [item.step, workText(item.undo.work, words), '', stateText(state, words), at];
  });
  return tableOr(
    say('The way back', 'Le retour en arrière'),
    { head: say('Step|Move|Because|State|Time', 'Étape|Geste|Parce que|État|Heure').split('|'), rows },
    say('No way back was taken.', "Aucun retour en arrière n'a eu lieu."),
  );
}

/** Messages with what became of them. */
export function messagesTable({ launch, language }: ReportInput): Section {
  const say = sayIn(language);
  const words = RECORD_WORDS[language];
  const rows = Object.values(launch.notices).map((notice) => {
    const state = own(launch.effects, notice.id) ?? null;
    return [
      utcTime(notice.queuedAt),
      notice.channel,
      titleOf(notice, state, words),
      messageStateText(launch, notice, words),
    ];
  });
  return tableOr(
    say('Messages', 'Messages'),
    { head: say('Time|Channel|What|State', 'Heure|Canal|Quoi|État').split('|'), rows },
    say('No message left.', "Aucun message n'est parti."),
  );
}
