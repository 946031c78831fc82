import type { JudgeInput, MetricWindow } from '../judge.ts';
import { type Measurement, measure, totalOf } from '../measurement.ts';
import type { AnalysisLook } from './analysis.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import type { Uncompared } from './with-analysis.ts';
import type { Bilingual, Language } from '../messages/language.ts';
import { catalogueOf } from '../messages/messages.ts';

/** What a look came to, in one sentence that a release manager understands. */
export function sentencesOf(look: AnalysisLook, input: Pick<JudgeInput, 'window' | 'versions'>): Bilingual {
  const inLanguage = (language: Language): string => sentence(look, input, catalogueOf(language).analysis);
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}

/** Why a metric is not compared. */
export function uncomparedSentences(
  { metric, why, reasons }: Uncompared,
  { versions }: Pick<JudgeInput, 'versions'>,
): Bilingual {
  const inLanguage = (language: Language): string => {
    const words = catalogueOf(language).analysis.uncompared;
    if (why === 'no-answers') return words.noAnswers(metric, versions.new, versions.old ?? '?');
    return words.unread(metric, reasons?.[language] ?? null);
  };
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}

type Words = Catalogue['analysis'];
type Seen = Pick<JudgeInput, 'window' | 'versions'>;

function sentence(look: AnalysisLook, seen: Seen, words: Words): string {
  const { decision, culprit, shared, harm, threshold } = look;
  const figures = (metric: string): string => figuresOf(metric, seen, words);
  if (decision === 'fail' && culprit !== null) {
    const times = timesOf(look, culprit, words);
    const shown = times === null ? figures(culprit) : words.inAll(figures(culprit), times);
    return words.harm(culprit, shown, launches(harm));
  }
  if (look.traffic !== 'as-planned') return trafficOf(look, seen, words);
  if (shared !== null) return words.shared(shared, figures(shared));
  if (look.few !== null) return fewOf(look.few, seen, words);
  if (decision === 'suspect' && culprit !== null) return words.suspicion(culprit, figures(culprit), launches(harm));
  const all = look.metrics.map(({ metric }) => words.about(metric, figures(metric)));
  if (decision === 'promote') return words.shown(all);
  return words.sound(all, eValue(harm), eValue(threshold));
}

function trafficOf({ traffic, split }: AnalysisLook, { versions }: Seen, words: Words): string {
  if (traffic === 'missing' || split === null) return words.missing(versions.new);
  return words.excess(versions.new, split.seen, split.asked);
}

function fewOf({ metric, instances }: NonNullable<AnalysisLook['few']>, { versions }: Seen, words: Words): string {
  return words.fewInstances(metric, { ...instances, versions: { new: versions.new, old: versions.old ?? '?' } });
}

/** null: nobody can say that it is another number of times than once. */
function timesOf({ metrics }: AnalysisLook, culprit: string, words: Words): string | null {
  const times = metrics.find(({ metric }) => metric === culprit)?.times ?? null;
  if (times === null || times.is === 'moved') return null;
  const { low, high } = times;
  return (low ?? 0) > 1 || (high ?? Infinity) < 1 ? words.times(low, high) : null;
}

/** Beyond it nothing more is said. */
const MOST = 1_000_000;

const eValue = (log: number): number => Math.min(MOST, Math.exp(log));

/** An e-value of e happens by chance in at most one of e launches (Ville); rounded down to one digit. */
function launches(log: number): number {
  const value = Math.max(1, eValue(log));
  const digit = 10 ** Math.floor(Math.log10(value));
  return Math.floor(value / digit) * digit;
}

function figuresOf(metric: string, { window, versions }: Seen, words: Words): string {
  const both: MetricWindow | undefined = Object.hasOwn(window, metric) ? window[metric] : undefined;
  const fresh = both === undefined ? null : written(both.new, words);
  const old = both === undefined ? null : written(both.old, words);
  return words.figures({
    fresh: { value: fresh ?? '?', version: versions.new },
    old: old === null || versions.old === null ? null : { value: old, version: versions.old },
    requests: both === undefined ? 0 : (totalOf(both.new) ?? 0),
  });
}

function written(measurement: Measurement, words: Words): string | null {
  const value = measure(measurement);
  if (value === null) return null;
  return measurement.kind === 'ratio' ? words.percent(value) : words.latency(value);
}
