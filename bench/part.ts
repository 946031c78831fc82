import type { Findings } from './report/result.ts';

export interface Circumstances {
  /** Small numbers everywhere: shows that the bench works, not how fast anything is. */
  readonly quick: boolean;
  /** A folder that goes when the bench ends. */
  readonly folder: string;
  /** One line of progress. */
  readonly say: (line: string) => void;
}

/** One question that the bench can answer. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Rejects with the reason where it cannot run here. */
  measure(circumstances: Circumstances): Promise<Findings>;
}
