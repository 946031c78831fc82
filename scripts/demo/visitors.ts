import { type Answered, runVisitors, type VisitorReport } from '../../examples/shop/visitors.ts';

/** Requests per second of the demo's visitors. */
export const RATE = 200;

export interface Visitors {
  /** What they met so far, by version. */
  met(version: string): {
    readonly requests: number;
    readonly bad: number;
    readonly firstBadAt: number | null;
    readonly lastAt: number | null;
  };
  stop(): Promise<VisitorReport>;
}

/** Real visitors of production for as long as the demo runs. They count for themselves what they were answered. */
export function sendVisitors(url: string): Visitors {
  const leaving = new AbortController();
  const versions = new Map<string, ReturnType<Visitors['met']>>();
  const nothing = { requests: 0, bad: 0, firstBadAt: null, lastAt: null };
  const onAnswer = ({ version, status, at }: Answered): void => {
    const before = versions.get(version) ?? nothing;
    const bad = status === null || status >= 500;
    versions.set(version, {
      requests: before.requests + 1,
      bad: before.bad + (bad ? 1 : 0),
      firstBadAt: before.firstBadAt ?? (bad ? at : null),
      lastAt: at,
    });
  };
  const visits = runVisitors({ url, ratePerSecond: RATE, signal: leaving.signal, onAnswer });
  return {
    met: (version) => versions.get(version) ?? nothing,
    stop: async () => {
      leaving.abort();
      return visits;
    },
  };
}
