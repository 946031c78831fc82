import type { MirrorReport } from '../model/mirror-report.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Launch } from '../model/state.ts';
import { effectPlace } from './effect-id.ts';

/** What the router said of copies when an effect ended; null where it said nothing. */
export function mirrorReportOf(outcome: Outcome): MirrorReport | null {
  return outcome.result === 'done' && outcome.data.kind === 'verdict' ? (outcome.data.mirror ?? null) : null;
}

/** What was found at each share of a dark launch, in their order; at one that was watched several times, what was found last. */
export function mirrorReports(launch: Launch, step: string): readonly MirrorReport[] {
  const newest = new Map<number, { readonly seq: number; readonly report: MirrorReport }>();
  for (const [id, state] of Object.entries(launch.effects)) {
    const place = effectPlace(id);
    if (place.of !== 'step' || place.step !== step || state.is !== 'settled') continue;
    const report = mirrorReportOf(state.outcome);
    const known = newest.get(place.move);
    if (report !== null && (known === undefined || state.seq > known.seq))
      newest.set(place.move, { seq: state.seq, report });
  }
  return [...newest].toSorted(([one], [other]) => one - other).map(([, { report }]) => report);
}

export type MirrorTotal = Pick<MirrorReport, 'copied' | 'failed' | 'compared' | 'different'>;

/** All shares together; null where there is no report. Counts that went on from one share to the next count once. */
export function totalOf(reports: readonly MirrorReport[]): MirrorTotal | null {
  if (reports.length === 0) return null;
  const last = [...new Map(reports.map((report) => [report.boot, report])).values()];
  const sum = (figure: keyof MirrorTotal): number => last.reduce((total, report) => total + report[figure], 0);
  return { copied: sum('copied'), failed: sum('failed'), compared: sum('compared'), different: sum('different') };
}
