import type { Measurement } from './measurement.ts';
import type { Bilingual } from './messages/language.ts';

/** One metric's values; NaN where an arm has none. */
export interface ArmValues {
  readonly new: number;
  readonly old: number;
}

/** A condition over metrics, true while all is well. */
export interface JudgedCondition {
  /** As the plan has it. */
  readonly text: string;
  /** Names of the metrics it reads. */
  readonly metrics: readonly string[];
  /** `ok: false` wherever a value that it reads is not finite. A side that it does not read may be NaN. */
  evaluate(
    values: Readonly<Record<string, ArmValues>>,
  ): { readonly ok: true; readonly value: boolean } | { readonly ok: false; readonly reason: string };
}

/** Both arms' measurements of one metric. */
export interface MetricWindow {
  readonly new: Measurement;
  readonly old: Measurement;
}

/** All that a judge knows: it reads no clock and keeps nothing. Times in milliseconds. */
export interface JudgeInput {
  readonly conditions: readonly JudgedCondition[];
  /** By metric: what both arms did since this weight was set. */
  readonly window: Readonly<Record<string, MetricWindow>>;
  /** For the sentence; `old` is null where the new version is compared with nothing. */
  readonly versions: { readonly new: string; readonly old: string | null };
  /** Requests that the new version must have answered, metric by metric, before they count. */
  readonly minSamples: number;
  /** Requests that the new version answered in the window; null where no source knows. */
  readonly samples: number | null;
  /** Since this weight was set. */
  readonly elapsed: number;
  /** How long this weight is to be watched. */
  readonly hold: number;
  /** Since the last usable reading. */
  readonly silentFor: number;
  /** Silence from which telemetry counts as broken. */
  readonly silence: number;
}

/** One condition with the figures it was judged on. */
export interface Finding {
  readonly condition: string;
  /** `unknown` also where the figures rest on too few requests. */
  readonly holds: 'yes' | 'no' | 'unknown';
  /** Metric to its value on each arm; null where there is none. Ratios 0..1, latencies in milliseconds. */
  readonly values: Readonly<Record<string, { readonly new: number | null; readonly old: number | null }>>;
}

/** How it looks now. */
export type Standing = 'healthy' | 'too-early' | 'no-data' | 'suspect' | 'failing';

/** `insufficient-data` and `telemetry-broken` are not passes: nobody knows. */
export type Final = 'pass' | 'fail' | 'insufficient-data' | 'telemetry-broken';

export interface Judgement {
  readonly standing: Standing;
  /** null: go on looking. */
  readonly final: Final | null;
  /** The metric that decided a `failing` or `fail`, else null. */
  readonly culprit: string | null;
  /** One sentence a release manager understands, in English. */
  readonly sentence: string;
  /** The same sentence; what others said of a reading or a condition stands in it as they said it. */
  readonly sentences: Bilingual;
  /** One a condition, in their order. */
  readonly findings: readonly Finding[];
}

/** Weighs the new version against its conditions. Pure: the same input gives the same judgement. Never throws. */
export type Judge = (input: JudgeInput) => Judgement;
