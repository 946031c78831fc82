/** One thing that was looked at: what was asked, what was found, what was expected, and how it came out. */
export interface EvidenceItem {
  readonly asked: string;
  readonly found: string;
  readonly expected: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

/** What a check or an action leaves behind for the record. Bounded: at most 100 items, each text at most 2,000 characters. */
export interface Evidence {
  /** One sentence a release manager understands. */
  readonly summary: string;
  readonly items: readonly EvidenceItem[];
}

/** An answer to "did it happen?", asked after a worker died in the middle. */
export type Verification =
  | { readonly done: 'yes'; readonly evidence: Evidence }
  | { readonly done: 'no' }
  | { readonly done: 'unknown'; readonly reason: string };
