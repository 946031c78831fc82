import { writeSync } from 'node:fs';
import type { PointCounts } from './kill-points.ts';

/** What a life tells whoever started it: one line of JSON each. */
export type Telling =
  /** The newest event of the launch as this life found it; 0: there was no launch. */
  | { readonly told: 'opened'; readonly seq: number }
  /** An append returned: from here on this event is promised. */
  | { readonly told: 'stored'; readonly launch: string; readonly seq: number; readonly hash: string }
  | { readonly told: 'error'; readonly what: string }
  | { readonly told: 'ended'; readonly launch: string; readonly counts: PointCounts };

/** Written before it returns: what was told must outlive the one who told it. */
export function tell(telling: Telling): void {
  writeSync(1, `${JSON.stringify(telling)}\n`);
}

/** Whole lines only: the last may have been cut off by a death. */
export function readTellings(output: string): readonly Telling[] {
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Telling);
}
