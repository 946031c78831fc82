import type { TestServer } from '@slipway/provider-kit/testing';
import { startTestServer } from '@slipway/provider-kit/testing';

/** Bounds of the latency histogram, in seconds. */
const BOUNDS = [0.1, 0.25, 1] as const;

/** One instance of a version, with the counters that an application would have. */
export interface CountingApp extends AsyncDisposable {
  /** Host and port. */
  readonly target: string;
  /** Counts requests with a status and a duration in seconds. */
  count(status: number, times: number, seconds?: number): void;
  /** All counters begin again at zero, as after a restart. */
  restart(): void;
  /** Lines that it gives besides. */
  extra: readonly string[];
  /** Answers its scrapes with an error. */
  broken: boolean;
}

export async function startCountingApp(version: string): Promise<CountingApp> {
  let byStatus = new Map<number, number>();
  let durations: number[] = [];
  const state = { extra: [] as readonly string[], broken: false };
  const lines = () => {
    const requests = [...byStatus].map(
      ([status, count]) => `http_requests_total{version="${version}",status="${status}"} ${count}`,
    );
    const bucket = (le: string, limit: number) =>
      `http_request_duration_seconds_bucket{version="${version}",le="${le}"} ${durations.filter((each) => each <= limit).length}`;
    return [
      ...requests,
      ...BOUNDS.map((bound) => bucket(String(bound), bound)),
      bucket('+Inf', Infinity),
      ...state.extra,
    ];
  };
  const server: TestServer = await startTestServer((_request, response) => {
    if (state.broken) response.writeHead(500).end();
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`${lines().join('\n')}\n`);
  });
  return Object.assign(state, {
    target: new URL(server.url).host,
    count: (status: number, times: number, seconds = 0.05) => {
      byStatus.set(status, (byStatus.get(status) ?? 0) + times);
      durations.push(...Array.from({ length: times }, () => seconds));
    },
    restart: () => {
      byStatus = new Map();
      durations = [];
    },
    [Symbol.asyncDispose]: server.close,
  });
}
