import { causeSentence, type Launch } from '@slipway/core';
import type { AskKind } from '../run/ask.ts';
import type { Flown } from '../run/flown.ts';
import type { End, FaultKind } from '../scenario/fault.ts';
import { type BrokenInvariant, brokenInvariants } from './invariants.ts';

/** What one scenario came to. Times are milliseconds of virtual time. */
export interface ScenarioReport {
  readonly id: string;
  readonly kind: FaultKind;
  readonly end: End;
  /** It ended as the plan wants, and every invariant held. */
  readonly isGood: boolean;
  /** Whether the fault came about; true of the good path. */
  readonly isMet: boolean;
  /** Why it went back or is held; null: it did neither. */
  readonly cause: string | null;
  readonly lasted: number;
  /** From the fault until the launch was held, failed or turned back; null: it did not, or there was no fault. */
  readonly detectedAfter: number | null;
  /** From the fault until everything was taken back; null: nothing was. */
  readonly backAfter: number | null;
  readonly messages: readonly ReportedMessage[];
  readonly asked: readonly ReportedQuestion[];
  readonly broken: readonly BrokenInvariant[];
  /** Steps that stayed done on the way back, because the plan says that they have none. */
  readonly leftDone: readonly { readonly step: string; readonly because: string }[];
}

export interface ReportedMessage {
  /** Since the start. */
  readonly after: number;
  readonly channel: string;
  readonly title: string;
  readonly isSent: boolean;
}

export interface ReportedQuestion {
  /** Since the start. */
  readonly after: number;
  readonly kind: AskKind;
  /** null: whoever is there. */
  readonly role: string | null;
  /** The step or the effect that it is about. */
  readonly about: string;
}

export function scenarioReport(flown: Flown): ScenarioReport {
  const { scenario, end, launch, log, faultAt } = flown;
  const start = launch.startedAt;
  const broken = brokenInvariants(flown);
  const isMet = scenario.fault.kind === 'none' || faultAt !== null;
  const wants: readonly End[] = isMet ? scenario.wants : ['completed'];
  return {
    id: scenario.id,
    kind: scenario.fault.kind,
    end,
    isGood: wants.includes(end) && broken.length === 0,
    isMet,
    cause: causeOf(log),
    lasted: (log.at(-1)?.at ?? start) - start,
    detectedAfter: detectedAfter(flown),
    backAfter: backAfter(flown),
    messages: flown.mails.map(({ at, channel, title, isSent }) => ({ after: at - start, channel, title, isSent })),
    asked: flown.asked.map(({ at, kind, role, about }) => ({ after: at - start, kind, role, about })),
    broken,
    leftDone: leftDone(launch),
  };
}

function detectedAfter({ log, faultAt }: Flown): number | null {
  if (faultAt === null) return null;
  const seen = log.find(
    ({ at, event }) => at >= faultAt && ['held', 'turning-back', 'step-failed', 'stepped-back'].includes(event.type),
  );
  return seen === undefined ? null : seen.at - faultAt;
}

function backAfter({ log, faultAt, end }: Flown): number | null {
  if (faultAt === null || (end !== 'scrubbed' && end !== 'rolled-back')) return null;
  const over = log.findLast(({ event }) => event.type === 'launch-ended');
  return over === undefined ? null : over.at - faultAt;
}

/** The first one: what people do about it comes later, and says less. */
function causeOf(log: Flown['log']): string | null {
  for (const { event } of log) {
    if (event.type === 'held' || event.type === 'turning-back') return causeSentence(event.cause);
  }
  return null;
}

function leftDone({ mode }: Launch): ScenarioReport['leftDone'] {
  if (!('items' in mode)) return [];
  return mode.items.flatMap(({ step, undo }) => (undo.kind === 'none' ? [{ step, because: undo.because }] : []));
}
