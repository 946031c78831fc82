/** What Kayenta makes of one metric. */
export type Classification = 'Pass' | 'High' | 'Low' | 'Nodata';

/** Samples of one metric on both versions, a number for each interval. */
export interface Samples {
  readonly baseline: readonly number[];
  readonly canary: readonly number[];
}

/** A case of Kayenta's classifiers. */
export interface ClassifierCase extends Samples {
  readonly name: string;
  /** Which change is bad. */
  readonly direction: Direction;
  readonly effectSizeMeasure: 'meanRatio' | 'cles';
  /** Of the means, canary by baseline: what lies between them is no difference that matters. */
  readonly effectSizeThresholds: readonly [low: number, high: number] | null;
  /** null: the suite expects a reason, no class. */
  readonly expect: Classification | null;
}

export type Direction = 'increase' | 'decrease' | 'either';

/** Samples that were published as judged wrongly. `want`: what the reporter asked for, FAIL or INCONCLUSIVE first. */
export interface CriticismCase extends Samples {
  readonly name: string;
  readonly want: string;
}

/** A case of Kayenta's scorer. `expectScore`: 0 to 100. */
export interface ScorerCase {
  readonly name: string;
  readonly metrics: readonly { readonly classification: Classification }[];
  readonly expectScore: number;
}
