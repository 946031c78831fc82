import type { Mirroring } from '@slipway/plan';
import type { Json } from './json.ts';
import type { LatencyHistogram, VersionCounts } from './router.ts';

/** A version that gets copies of requests and whose answers nobody sees: they are compared with those that were given. */
export interface Mirror extends Mirroring {
  readonly version: string;
  /** Of its ready instances. */
  readonly addresses: readonly string[];
  /** Per cent of the requests with one of `methods`, 1 to 100, of which a copy is made. */
  readonly share: number;
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
  /** Requests chosen for a copy that got none, or whose pair could not be compared, by reason. With `compared` these are all that were chosen. */
  readonly leftOut: {
    /** The queue was full, or to compare took too long: the live path waits for nobody. */
    readonly busy: number;
    /** A body beyond the bound, or a stream of events, which has no end. */
    readonly tooLarge: number;
    /** One side broke off, or the client left. */
    readonly brokenOff: number;
    /** The projection selects nothing in either answer: to call that agreement would let a slip in a path pass for it. */
    readonly unselected: number;
  };
  /** The newest differences, oldest first, few: enough to look for. No body, no query, no header. */
  readonly samples: readonly DifferenceSample[];
}

export interface DifferenceSample {
  /** Epoch ms. */
  readonly at: number;
  readonly method: string;
  /** Without its query; a segment that may name a person or a thing (it has a digit or a sign but `-._~`, or more than 32 characters) reads `*`. */
  readonly path: string;
  readonly what: 'status' | 'body';
  /** For a status both codes; for a body the JSON path of the first difference, never a value. */
  readonly detail: Json;
}
