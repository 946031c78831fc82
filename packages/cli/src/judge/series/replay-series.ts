import {
  Analysis,
  type AnalysisLook,
  type AnalysisRules,
  type Bilingual,
  DEFAULT_DESIGN,
  type MetricCounts,
  type MetricWindow,
  sentencesOf,
} from '@slipway/judge';
import type { Series } from './series.ts';
import { windowAfter } from './window-after.ts';

/** What the judge would have made of a series. */
export interface ReplayedSeries {
  readonly rules: AnalysisRules;
  /** Seconds that it looked at: it stops where it has decided. */
  readonly looks: number;
  readonly decided: { readonly second: number; readonly decision: 'fail' | 'promote' } | null;
  /** The first second at which a ramp would have gone no further; null: there was none. */
  readonly suspectedAt: number | null;
  readonly last: AnalysisLook;
  readonly sentences: Bilingual;
}

/** Looks second by second until it fails, or may end early. `versions`: what the sentences call them. Pure. */
export function replaySeries(
  { seconds }: Series,
  rules: AnalysisRules,
  versions: Readonly<Record<keyof Bilingual, { readonly new: string; readonly old: string }>>,
): ReplayedSeries {
  const analysis = new Analysis(rules, true, DEFAULT_DESIGN);
  const seen: Readonly<Record<string, MetricCounts>>[] = [];
  let [last, suspectedAt]: [AnalysisLook | null, number | null] = [null, null];
  let decided: ReplayedSeries['decided'] = null;
  for (const { second, counts } of seconds) {
    seen.push(counts);
    last = analysis.look(analysis.basisOf(counts, null));
    const { decision } = last;
    if (decision === 'suspect') suspectedAt ??= second;
    if (decision !== 'fail' && decision !== 'promote') continue;
    decided = { second, decision };
    break;
  }
  if (last === null) throw new RangeError('a series without a second');
  const window: Readonly<Record<string, MetricWindow>> = windowAfter(seen, rules);
  const inWords = (language: keyof Bilingual, look: AnalysisLook): string =>
    sentencesOf(look, { window, versions: versions[language] })[language];
  const sentences = { en: inWords('en', last), fr: inWords('fr', last) };
  return { rules, looks: seen.length, decided, suspectedAt, last, sentences };
}
