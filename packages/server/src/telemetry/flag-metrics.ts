import { METRICS } from './catalogue.ts';
import type { Instruments } from './instruments.ts';

/** What serving flags has come to. */
export interface FlagFigures {
  readonly evaluations: number;
  /** By HTTP status. */
  readonly refusals: ReadonlyMap<number, number>;
  readonly streams: number;
}

/** Asked for when somebody reads: an evaluation is too short to be told of. */
export function observeFlags(instruments: Instruments, read: () => FlagFigures): void {
  instruments.gauge(METRICS.flagStreams).addCallback((result) => result.observe(read().streams));
  instruments.observedCounter(METRICS.flagEvaluations).addCallback((result) => result.observe(read().evaluations));
  instruments.observedCounter(METRICS.flagRefusals).addCallback((result) => {
    for (const [status, count] of read().refusals) result.observe(count, { http_response_status_code: String(status) });
  });
}
