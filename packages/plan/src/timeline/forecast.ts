import type { Plan } from '../model/plan.ts';
import { formatLocalTime } from '../time/local-time.ts';
import type { TimelineEntry } from './timeline-entry.ts';
import { timeline } from './timeline.ts';

/** What will not fit into the calendar. */
export interface Forecast {
  readonly step: string;
  readonly message: string;
  readonly expected: string;
}

/** Steps of a launch that starts at `startAt` (epoch ms) that no window lets begin, or that end after theirs has closed. */
export function forecast(plan: Plan, startAt: number): readonly Forecast[] {
  if (plan.calendar === undefined) return [];
  return timeline(plan, startAt).flatMap((entry) => misfit(plan, entry) ?? []);
}

function misfit({ zone }: Plan, entry: TimelineEntry): Forecast | null {
  const { gate, earliestStart, leastMs, id } = entry;
  if (gate === undefined) return null;
  if (gate.opens === null) {
    const why = gate.why.map(({ reason }) => reason).join('; ');
    return { step: id, message: `no opening within a year: ${why}`, expected: 'a window that opens' };
  }
  const { closes } = gate;
  if (closes === null || earliestStart + leastMs <= closes) return null;
  const told = timesOfDay(zone, earliestStart);
  const full = fullAt(entry);
  const what =
    full !== null && full > closes ? `100 % at ${told(full)}` : `it ends at ${told(earliestStart + leastMs)}`;
  const message = `it begins at ${told(earliestStart)}, ${what}, and the window closes at ${told(closes)}`;
  return { step: id, message, expected: 'shorter holds, or a longer window' };
}

/** When everybody has the new version, in epoch ms; null: it does not come to that, or nobody knows. */
function fullAt({ stages, earliestStart }: TimelineEntry): number | null {
  const last = stages.at(-1);
  if (last === undefined || last.weight !== 100) return null;
  return earliestStart + stages.slice(0, -1).reduce((sum, { holdMs }) => sum + holdMs, 0);
}

/** `17:40`, with the date where it is another day than the first. */
function timesOfDay(zone: string, first: number): (at: number) => string {
  const day = formatLocalTime(first, zone).slice(0, 10);
  return (at) => {
    const text = formatLocalTime(at, zone);
    return at !== first && text.startsWith(day) ? text.slice(11) : text;
  };
}
