import type { Counts } from '@slipway/judge';
import type { Contender } from '../contenders/contender.ts';
import { addCounts, NO_COUNTS } from './counts.ts';

/** How one launch ended for one judge. */
export interface Stop {
  /** 1 the first; null: it was never stopped. */
  readonly second: number | null;
  /** Bad answers of the new version from the regression's onset until then. */
  readonly harmed: number;
}

interface Span {
  /** After so many seconds it is over. */
  readonly seconds: number;
  /** See Regression. */
  readonly onset: number;
}

/** All judges on one stream, each to its own decision; the stream ends with the last one. */
export function watch<Second extends Counts>(
  stream: (second: number) => Second,
  contenders: readonly Contender<Second>[],
  { seconds, onset }: Span,
): readonly Stop[] {
  const stops: (Stop | undefined)[] = contenders.map(() => undefined);
  let watching = contenders.length;
  let harmed = 0;
  let minute = NO_COUNTS;
  for (let second = 1; second <= seconds && watching > 0; second += 1) {
    const counts = stream(second);
    if (second > onset) harmed += counts.newBad;
    minute = addCounts(minute, counts);
    const isFull = second % 60 === 0;
    for (const [index, contender] of contenders.entries()) {
      if (stops[index] !== undefined) continue;
      const isStopped = contender.every === 1 ? contender.look(counts) : isFull && contender.look(minute);
      if (!isStopped) continue;
      stops[index] = { second, harmed };
      watching -= 1;
    }
    if (isFull) minute = NO_COUNTS;
  }
  return stops.map((stop) => stop ?? { second: null, harmed });
}
