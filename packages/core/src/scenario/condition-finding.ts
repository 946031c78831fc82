import type { Opening, ScenarioCondition } from '@slipway/plan';
import type { EvidenceItem } from '../model/outcome.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { effectId } from '../program/effect-id.ts';
import { isOpenAt } from '../program/production-gate.ts';

/** What the calendar says, and of which time. */
export interface Calendar {
  readonly opening: Opening;
  /** Epoch ms. */
  readonly now: number;
}

/** A condition over the facts of the gate, with what it compared. What is not known is neither true nor false. */
export function conditionFinding(launch: Launch, condition: ScenarioCondition, calendar: Calendar): EvidenceItem {
  switch (condition.kind) {
    case 'check':
    case 'signoff':
      return stepFinding(launch, condition);
    case 'value':
      return valueFinding(launch, condition);
    case 'calendar':
      return calendarFinding(condition.is, calendar);
  }
}

function judged(asked: string, expected: string, { found, is }: { found: string; is: boolean | null }): EvidenceItem {
  return { asked, found, expected, verdict: is === null ? 'unknown' : is ? 'pass' : 'fail' };
}

function stepFinding(
  launch: Launch,
  { step, is, kind }: Extract<ScenarioCondition, { kind: 'check' | 'signoff' }>,
): EvidenceItem {
  const found = cameTo(launch, step, kind);
  const asked = kind === 'check' ? `check ${step}` : `sign-off ${step}`;
  return judged(asked, is, { found: found ?? 'nobody can tell', is: found === null ? null : found === is });
}

function cameTo(launch: Launch, id: string, kind: 'check' | 'signoff'): string | null {
  const state = own(launch.steps, id);
  if (state?.is === 'skipped') return 'waived';
  if (state?.is !== 'passed') return null;
  if (kind === 'signoff') return 'go';
  return state.answer === 'no' ? 'failed' : 'passed';
}

function valueFinding(launch: Launch, condition: Extract<ScenarioCondition, { kind: 'value' }>): EvidenceItem {
  const { step, of, equals, above, below } = condition;
  const asked = of === undefined ? `value of ${step}` : `value of ${step}, ${of}`;
  const bounds = [
    ...(equals === undefined ? [] : [`= ${equals}`]),
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(below === undefined ? [] : [`< ${below}`]),
  ];
  const found = valueOf(launch, step, of);
  const expected = bounds.join(' and ');
  if (found === null) return judged(asked, expected, { found: 'nobody can tell', is: null });
  const parts = [
    ...(equals === undefined ? [] : [isEqual(found, equals)]),
    ...(above === undefined && below === undefined ? [] : [isBetween(found, { above, below })]),
  ];
  const is = parts.length === 0 || parts.includes(null) ? null : parts.every((part) => part === true);
  return judged(asked, expected, { found, is });
}

/** The proof of a task, or what a check found; null: it is not there, or nobody can say which of several is meant. */
function valueOf(launch: Launch, id: string, of: string | undefined): string | null {
  const state = own(launch.steps, id);
  if (state?.is !== 'passed') return null;
  const step = own(launch.plan.steps, id);
  if (step?.kind === 'task') return own(launch.proofs, id)?.proof ?? null;
  const effect = own(launch.effects, effectId(id, 0, state.round));
  if (step?.kind !== 'check' || effect?.is !== 'settled' || !('evidence' in effect.outcome)) return null;
  const items = (effect.outcome.evidence?.items ?? []).filter(({ asked }) => of === undefined || asked === of);
  const [item, second] = items;
  return item === undefined || second !== undefined || item.verdict === 'unknown' ? null : item.found.trim();
}

/** A number is compared as one, and what is none with it is not known. */
function isEqual(found: string, wanted: string | number): boolean | null {
  if (typeof wanted === 'string') return found.trim() === wanted.trim();
  const number = numberIn(found);
  return number === null ? null : number === wanted;
}

function isBetween(
  found: string,
  { above = -Infinity, below = Infinity }: { readonly above?: number | undefined; readonly below?: number | undefined },
): boolean | null {
  const number = numberIn(found);
  return number === null ? null : number > above && number < below;
}

/** A whole text that is a decimal number: `48`, `0.5`, `-3`; a unit behind it could mean anything. */
function numberIn(text: string): number | null {
  if (!/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text.trim())) return null;
  return Number(text);
}

function calendarFinding(wanted: 'open' | 'closed', { opening, now }: Calendar): EvidenceItem {
  if (!opening.allowed && opening.why.some(({ kind }) => kind === 'unknown'))
    return judged('calendar', wanted, { found: 'nobody can tell', is: null });
  const found = isOpenAt(opening, now) ? 'open' : 'closed';
  return judged('calendar', wanted, { found, is: found === wanted });
}
