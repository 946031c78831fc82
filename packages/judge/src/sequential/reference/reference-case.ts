import type { SequentialDecision } from '../decide.ts';

/** A recorded stream with what a judge is expected to make of it. */
export interface ReferenceCase {
  readonly id: string;
  readonly name: string;
  readonly config: ReferenceConfig;
  /** Seconds. */
  readonly ticks: number;
  /** By metric; each array has an entry a second. */
  readonly streams: Readonly<Record<string, ReferenceStream>>;
  readonly expect: ReferenceExpectation;
}

export interface ReferenceConfig {
  readonly alpha?: number | undefined;
  readonly beta?: number | undefined;
  readonly holdAlpha?: number | undefined;
  /** Seconds at the beginning whose data is ignored. */
  readonly warmup?: number | undefined;
  readonly minSoak?: number | undefined;
  readonly minCanaryUnits?: number | undefined;
  readonly promote?: boolean | undefined;
  readonly metrics: Readonly<Record<string, ReferenceMetric>>;
}

interface Weighted {
  readonly weight?: number | undefined;
  readonly minBad?: number | undefined;
}

export type ReferenceMetric = Weighted &
  (
    | {
        readonly type: 'rate';
        readonly rho: number;
        readonly delta: number;
        readonly promoteRho?: number | undefined;
        readonly promoteDelta?: number | undefined;
        readonly dispersion?: number | undefined;
        readonly skew?: number | undefined;
      }
    | { readonly type: 'slo'; readonly threshold: number }
    | { readonly type: 'traffic'; readonly floor?: number | undefined }
    | {
        readonly type: 'latency';
        readonly ratio?: number | undefined;
        readonly addMs?: number | undefined;
        readonly levels?: readonly number[] | undefined;
        readonly levelWeights?: readonly number[] | undefined;
        readonly halfLife?: number | undefined;
        readonly promoteLevel?: number | undefined;
      }
  );

/** Counts a second; `canary` and `control` are flat lists of bucket, count, bucket, count. */
export interface ReferenceStream {
  readonly nc?: readonly number[] | undefined;
  readonly ec?: readonly number[] | undefined;
  readonly nt?: readonly number[] | undefined;
  readonly et?: readonly number[] | undefined;
  readonly share?: readonly number[] | undefined;
  readonly canary?: readonly (readonly number[])[] | undefined;
  readonly control?: readonly (readonly number[])[] | undefined;
}

export interface ReferenceExpectation {
  readonly decision: SequentialDecision;
  /** 1-based; null: none was made. */
  readonly second: number | null;
  readonly culprit?: string | undefined;
  /** Second, ln E of harm, ln E of harmlessness; null stands for infinity. */
  readonly logE?: readonly (readonly [number, number | null, number | null])[] | undefined;
  /** Seconds between which a judge with other constants may decide; null: perhaps never. */
  readonly window?: readonly [number, number | null] | undefined;
}
