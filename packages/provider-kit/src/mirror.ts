import type { Json } from './json.ts';
import type { LatencyHistogram, VersionCounts } from './router.ts';

/** A version that gets copies of requests and whose answers nobody sees: they are compared with those that were given. */
export interface Mirror {
  readonly version: string;
  /** Of its ready instances. */
  readonly addresses: readonly string[];
  /** Per cent of the requests with one of `methods`, 1 to 100, of which a copy is made. */
  readonly share: number;
  /** In capitals. A copy is a second request: one that changes something changes it twice. */
  readonly methods: readonly string[];
  readonly compare: Comparison;
}

/** What of two answers must agree. */
export interface Comparison {
  /** Null: bodies are not compared. */
  readonly body: BodyProjection | null;
}

/** Both lists hold JSON paths (RFC 9535). An empty `only` means the whole body. */
export interface BodyProjection {
  readonly only: readonly string[];
  readonly ignore: readonly string[];
}

/** Cumulative since the mirror was set; it begins again when another one is. */
export interface MirrorCounts {
  /** Changes when these counts begin again at zero. */
  readonly boot: string;
  readonly version: string;
  /** Answers of the mirror to copies. Nobody met them: they are no exposure. */
  readonly counts: VersionCounts;
  /** Latency of the answers that were given, for the same requests. */
  readonly given: LatencyHistogram;
  /** Pairs of which both answers were whole and could be compared. */
  readonly compared: number;
  readonly different: number;
  /** Of the different ones, by what differed first. */
  readonly differences: { readonly status: number; readonly body: number };
  /** Requests chosen for a copy that got none, or whose pair could not be compared, by reason. */
  readonly leftOut: {
    /** The queue was full: the live path waits for nobody. */
    readonly busy: number;
    /** A body beyond the bound. */
    readonly tooLarge: number;
    /** One side broke off, or the client left. */
    readonly brokenOff: number;
  };
  /** The newest differences, oldest first, few: enough to look for. No body, no query, no header. */
  readonly samples: readonly DifferenceSample[];
}

export interface DifferenceSample {
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  /** Without its query; a segment that may name a person or a thing (a digit, an `@`, more than 32 characters) reads `*`. */
  readonly path: string;
  readonly what: 'status' | 'body';
  /** For a status both codes; for a body the JSON path of the first difference, never a value. */
  readonly detail: Json;
}
