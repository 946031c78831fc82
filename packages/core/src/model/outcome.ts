import type { Json } from './json.ts';
import type { MirrorReport } from './mirror-report.ts';
import type { Verdict } from './verdict.ts';

export interface EvidenceItem {
  readonly asked: string;
  readonly found: string;
  readonly expected: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

/** What an effect leaves behind for the record. */
export interface Evidence {
  readonly summary: string;
  readonly items: readonly EvidenceItem[];
}

/** What later steps need to know from an effect. */
export type OutcomeData =
  | { readonly kind: 'none' }
  /** The version that serves an environment, null: none does; or the variant that those get who are in no ramp of a flag. */
  | { readonly kind: 'survey'; readonly current: string | null }
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      /** There where the new version got copies only. null: the router could not say. */
      readonly mirror?: MirrorReport | null;
      /** There where metrics were compared: what the next share goes on from. */
      readonly analysis?: Json;
      /** What the verdict rests on, for the record alone: no state keeps it. */
      readonly record?: Json;
      /** Suspected, and too many requests have met it since: the share before is to be set again. */
      readonly stepBack?: true;
    }
  /** What a message said. */
  | {
      readonly kind: 'told';
      /** A digest of title and text: sha256, in hexadecimal. */
      readonly words: string;
      /** There where the same was said before and it was not sent again: epoch ms of that. */
      readonly already?: number;
    }
  | RollProgress;

/** How far a roll has come: what it says at its end, and notes down on its way. */
export interface RollProgress {
  readonly kind: 'rolled';
  /** Instances of the new version that have traffic. */
  readonly instances: number;
  /** How many a whole version has. */
  readonly of: number;
  /** Per cent of traffic by version. */
  readonly weights: Readonly<Record<string, number>>;
}

/** One launch that waits for an environment until another one ends. */
export interface Wait {
  readonly launch: string;
  /** As a lease names it: `artifact.environment`. */
  readonly environment: string;
  readonly holder: string;
}

/** How an effect ended. `unknown` is not a failure: it may have happened. */
export type Outcome =
  | { readonly result: 'done'; readonly evidence: Evidence; readonly data: OutcomeData }
  | {
      readonly result: 'failed';
      readonly reason: string;
      readonly retryable: boolean;
      /** Milliseconds the other side asked us to wait; null when it did not say. */
      readonly retryAfter: number | null;
      readonly evidence: Evidence | null;
      /** The reason in both languages, where the words are our own. */
      readonly reasons?: { readonly en: string; readonly fr: string };
    }
  | { readonly result: 'unknown'; readonly reason: string }
  /** Each launch of a ring waits for the next one: nobody's waiting can end by itself. The launch's own wait comes first. */
  | { readonly result: 'deadlock'; readonly waits: readonly Wait[] }
  /** Stopped on our word before it changed anything. */
  | { readonly result: 'cancelled' };
