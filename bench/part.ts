import type { Findings } from './report/result.ts';

export interface Circumstances {
  /** Small numbers everywhere: shows that the bench works, not how fast anything is. */
  readonly quick: boolean;
  /** A folder that goes when the bench ends. */
  readonly folder: string;
  /** Aborted when the bench is to end: whatever waits rejects, and each part ends the processes that it started. */
  readonly signal: AbortSignal;
  /** One line of progress. */
  readonly say: (line: string) => void;
  /** What is known so far, in place of what was kept before: it is left when the part does not come to its end. */
  readonly keep: (findings: Findings) => void;
}

/** One question that the bench can answer. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Rejects with the reason where it cannot run here. */
  measure(circumstances: Circumstances): Promise<Findings>;
}
