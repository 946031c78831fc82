import type { Json } from './json.ts';

/** What copies of requests showed of a version that nobody met: how far it overlaps with the one that answered, and where not. */
export interface MirrorReport {
  readonly version: string;
  /** Per cent of the requests that were copied. */
  readonly share: number;
  /** The counts of two reports with the same one go on; with another one they began again at zero. */
  readonly boot: string;
  /** Copies that the version got, and those of them that it answered with a server error or not at all. */
  readonly copied: number;
  readonly failed: number;
  /** Pairs of answers that could be compared. */
  readonly compared: number;
  readonly different: number;
  /** Of the different ones, by what differed first. */
  readonly differences: { readonly status: number; readonly body: number };
  /** Requests chosen for a copy that got none, or whose answers could not be compared. */
  readonly leftOut: {
    readonly busy: number;
    readonly tooLarge: number;
    readonly brokenOff: number;
    /** The projection selects nothing in either answer. Reports in older logs do not say. */
    readonly unselected?: number;
  };
  /** Milliseconds, of the same requests; null where nothing was measured. */
  readonly latency: { readonly new: Quantiles; readonly old: Quantiles };
  /** The newest differences, oldest first. */
  readonly samples: readonly MirrorDifference[];
}

export interface Quantiles {
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface MirrorDifference {
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly what: 'status' | 'body';
  /** Both codes, or the JSON path of the first difference. */
  readonly detail: Json;
}
