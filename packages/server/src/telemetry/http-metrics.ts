import { METRICS } from './catalogue.ts';
import type { Instruments } from './instruments.ts';

export interface Answered {
  readonly method: string;
  /** The route's pattern; null: there is none. */
  readonly route: string | null;
  readonly status: number;
  /** Milliseconds. */
  readonly took: number;
}

/** What the HTTP API tells of itself. */
export interface HttpMetrics {
  answered(answer: Answered): void;
  /** A live stream was opened; the answer is called once when it is closed. */
  watching(): () => void;
}

/** What the routes have, and what is usually asked for besides: anybody may send any of the others, and each would be kept. */
const KNOWN: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createHttpMetrics(instruments: Instruments): HttpMetrics {
  const duration = instruments.histogram(METRICS.requestDuration);
  const watchers = instruments.level(METRICS.streamWatchers);
  watchers.add(0);
  return {
    answered: ({ method, route, status, took }) =>
      duration.record(took / 1000, {
        http_request_method: KNOWN.has(method) ? method : '_OTHER',
        http_route: route ?? 'none',
        http_response_status_code: String(status),
      }),
    watching: () => {
      watchers.add(1);
      return () => watchers.add(-1);
    },
  };
}
