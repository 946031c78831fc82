import type { TimelineEntry as WireEntry } from '@slipway/contract';
import { formatLocalTime, formatTOffset, type Plan, type TimelineEntry } from '@slipway/plan';

/** `2026-11-24 10:00 T-30m`, where a plan speaks of times by the clock at all. */
export function placeOf(
  { t0, calendar, zone }: Plan,
  { earliestStart, tOffset }: TimelineEntry,
): Pick<WireEntry, 'at'> {
  if (t0 === null && calendar === undefined) return {};
  const offset = Math.round(tOffset / 60_000) * 60_000;
  return { at: `${formatLocalTime(earliestStart, zone)}${t0 === null ? '' : ` ${formatTOffset(offset)}`}` };
}

/** What the calendar does to a step. */
export function gateTexts({ zone }: Plan, { gate }: TimelineEntry): readonly string[] {
  if (gate === undefined) return [];
  const why = gate.why.map(({ reason }) => reason).join('; ');
  if (gate.opens === null) return [`never begins: ${why}`];
  const waits = why === '' ? [] : [`waits until ${formatLocalTime(gate.opens, zone)}: ${why}`];
  return gate.closes === null ? waits : [...waits, `may begin until ${formatLocalTime(gate.closes, zone)}`];
}
