import type { Recorded } from '../model/event.ts';
import type { EffectWork } from '../model/effect.ts';
import type { EvidenceItem } from '../model/outcome.ts';
import type { Notice } from '../model/notice.ts';
import type { EffectState, Launch } from '../model/state.ts';
import type { Verdict } from '../model/verdict.ts';
import { effectPlace } from '../program/effect-id.ts';
import { eventLine, nameOf } from './event-line.ts';
import { facts } from './facts.ts';
import { utcTime } from './iso-time.ts';
import { messageStateText } from './message-state.ts';
import { heading, safe, table } from './markdown-text.ts';
import type { RecordWords } from './record-words.ts';
import { undoItems, undoState } from './undo-state.ts';

export interface RecordInput {
  readonly launch: Launch;
  readonly events: readonly Recorded[];
  readonly words: RecordWords;
}

export function factsSection({ launch, events, words }: RecordInput): readonly string[] {
  const { plan, mode } = launch;
  const known = facts(launch);
  const endedAt = mode.is === 'ended' || mode.is === 'incomplete' ? utcTime(mode.at) : words.none;
  const by = words.by(nameOf(launch.startedBy));
  const rows = [
    [words.fact.launch, `${launch.id} (${plan.title})`],
    [words.fact.artifact, `${plan.artifact.name} ${plan.artifact.version}`],
    [words.fact.previous, known.previousVersion ?? words.none],
    [words.fact.started, `${utcTime(launch.startedAt)} ${by}`],
    [words.fact.ended, endedAt],
    ...(known.exposure === null ? [] : [[words.fact.exposure, String(known.exposure)]]),
    ...(known.secondsToRecover === null ? [] : [[words.fact.recovery, words.seconds(known.secondsToRecover)]]),
    [words.fact.plan, launch.planDigest],
    [words.fact.head, launch.head.hash],
    [words.fact.events, String(events.length)],
  ];
  return [...heading(words.facts), ...table(['', ''], rows)];
}

/** Votes, waivers, holds, proofs, confirmations: everything that a person put a name to. */
export function decisionsSection({ events, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const rows = events
    .filter((recorded) => recorded.actor.kind === 'person' && recorded.event.type !== 'launch-started')
    .map(({ at, actor, event }) => [
      utcTime(at),
      nameOf(actor),
      eventLine(event, words.events),
      'reason' in event ? event.reason : '',
    ]);
  if (rows.length === 0) return [];
  return [...heading(words.decisions), ...table([columns.time, columns.who, columns.what, columns.reason], rows)];
}

export function verdictsSection({ events, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const rows = events.flatMap(({ at, event }) => {
    if (event.type !== 'effect-settled' || event.outcome.result !== 'done' || event.outcome.data.kind !== 'verdict')
      return [];
    const { verdict } = event.outcome.data;
    const decision = words.decision[verdict.decision];
    const step = event.effect.split(':')[0] ?? '';
    return [[utcTime(at), step, decision, words.events.said(verdict), figuresOf(verdict, words)]];
  });
  if (rows.length === 0) return [];
  return [
    ...heading(words.rollout),
    ...table([columns.time, columns.step, columns.verdict, columns.reason, columns.figures], rows),
  ];
}

function figuresOf(verdict: Verdict, words: RecordWords): string {
  const values = Object.assign(
    {},
    ...verdict.findings.map((finding) => finding.values),
  ) as Verdict['findings'][number]['values'];
  const figure = (value: number | null): string => (value === null ? '–' : words.figure(Number(value.toPrecision(4))));
  const texts = Object.entries(values).map(([metric, arms]) =>
    words.events.about(metric, `${figure(arms.new)} / ${figure(arms.old)}`),
  );
  const samples = verdict.samples === null ? [] : [`n = ${verdict.samples}`];
  return [...texts, ...samples, ...evidenceOfHarm(verdict, words)].join('; ');
}

/** Beyond it nothing more is said. */
const MOST_EVIDENCE = 1_000_000;

/** The e-value of harm, and the one at which it would have been an alarm. */
function evidenceOfHarm({ compared }: Verdict, words: RecordWords): readonly string[] {
  if (compared === undefined) return [];
  const eValue = (log: number): string => words.figure(Number(Math.min(MOST_EVIDENCE, Math.exp(log)).toPrecision(2)));
  return [`E = ${eValue(compared.harm)} / ${eValue(compared.threshold)}`];
}

/** What each check, command and deployment found, step by step. */
export function evidenceSection({ launch, events, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const head = [columns.asked, columns.found, columns.expected, columns.state];
  const parts = events.flatMap(({ event }): readonly string[] => {
    const items = evidenceOf(event);
    if (event.type !== 'effect-settled' || items.length === 0) return [];
    const title = evidenceTitle(launch, event.effect, words);
    const rows = items.map((item) => [item.asked, item.found, item.expected, words.found[item.verdict]]);
    return ['', `**${safe(title)}**`, '', ...table(head, rows)];
  });
  return parts.length === 0 ? [] : [...heading(words.evidence).slice(0, 2), ...parts];
}

function evidenceTitle(launch: Launch, effect: string, words: RecordWords): string {
  const place = effectPlace(effect);
  switch (place.of) {
    case 'step':
    case 'soak':
    case 'trigger':
      return launch.plan.steps[place.step]?.title ?? place.step;
    case 'way-back':
      return words.wayBack;
    case 'notice':
      return words.messageFor(launch.notices[effect]?.channel ?? '–');
  }
}

/** The judge's own figures stand in their own table. */
function evidenceOf(event: Recorded['event']): readonly EvidenceItem[] {
  if (event.type !== 'effect-settled') return [];
  const { outcome } = event;
  if (outcome.result === 'done') return outcome.data.kind === 'verdict' ? [] : outcome.evidence.items;
  return outcome.result === 'failed' ? (outcome.evidence?.items ?? []) : [];
}

export function wayBackSection({ launch, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const rows = undoItems(launch).map((item, index) => {
    if (item.undo.kind === 'none') return [item.step, item.undo.because, '–', ''];
    const state = undoState(launch, index);
    const at = state?.is === 'settled' ? utcTime(state.at) : '';
    return [item.step, workText(item.undo.work, words), stateText(state, words), at];
  });
  if (rows.length === 0) return [];
  return [...heading(words.wayBack), ...table([columns.step, columns.what, columns.state, columns.time], rows)];
}

export function stateText(state: EffectState | null, words: RecordWords): string {
  if (state === null) return '–';
  return words.effects[state.is === 'settled' ? state.outcome.result : state.is];
}

export function workText(work: EffectWork, { works }: RecordWords): string {
  switch (work.kind) {
    case 'shift': {
      const shares = Object.entries(work.weights).map(([version, weight]) => `${weight} % ${version}`);
      return works.shift(work.environment, shares.join(', '));
    }
    case 'start':
    case 'restore':
    case 'stop':
      return works[work.kind](work.version, work.environment);
    case 'roll':
      return works.roll(work.newVersion, work.environment, work.weight);
    case 'confirm-back':
      return works.confirmBack(work.version ?? '–', work.environment);
    case 'command':
      return work.command.argv.join(' ');
    case 'lock':
      return works.lock(work.flag === undefined ? work.environment : `${work.environment}/${work.flag}`);
    case 'survey':
    case 'observe':
      return works[work.kind](work.environment);
    case 'flag-survey':
      return works.flagSurvey(work.flag, work.environment);
    case 'ramp':
      return works.ramp(work.flag, work.variant, work.audience);
    case 'kill-flag':
      return works.killFlag(work.flag, work.environment);
    case 'check':
      return work.check.provider;
    case 'send':
      return work.channel;
  }
}

export function messagesSection({ launch, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const rows = Object.values(launch.notices).map((notice) => {
    const state = launch.effects[notice.id] ?? null;
    return [
      utcTime(notice.queuedAt),
      notice.channel,
      titleOf(notice, state, words),
      messageStateText(launch, notice, words),
    ];
  });
  if (rows.length === 0) return [];
  return [...heading(words.messages), ...table([columns.time, columns.channel, columns.what, columns.state], rows)];
}

/** As it left: whoever sent it filled it in, and said so in the evidence. */
export function titleOf(notice: Notice, state: EffectState | null, words: RecordWords): string {
  const { channel, message } = notice;
  const told = `told ${channel}: `;
  const evidence = state?.is === 'settled' && state.outcome.result === 'done' ? state.outcome.evidence.summary : '';
  if (evidence.startsWith(told)) return evidence.slice(told.length);
  return /\{[{%]/.test(message.title) ? words.template : message.title;
}

/** Milliseconds by which clocks of several servers, or one that is slewed, may disagree. */
const UNNOTICED = 5_000;

/** In the order of their numbers. Their times follow the wall clock, so a step back between two of them is said. */
export function timelineSection({ events, words }: RecordInput): readonly string[] {
  const { columns } = words;
  const rows = events.flatMap(({ seq, at, actor, event }, index) => {
    const back = (events[index - 1]?.at ?? at) - at;
    const named = back > UNNOTICED ? [['', utcTime(at), '', words.clockBack(Math.round(back / 1_000))]] : [];
    return [...named, [String(seq), utcTime(at), nameOf(actor), eventLine(event, words.events)]];
  });
  return [...heading(words.timeline), ...table(['#', columns.time, columns.who, columns.what], rows)];
}
