import type { VersionCounts } from '@slipway/provider-kit';
import type { StatRow } from './replies.ts';

/** A server's counters in `show stat` that Slipway reads. */
const columns = [
  'stot',
  'wretr',
  'wredis',
  'hrsp_1xx',
  'hrsp_2xx',
  'hrsp_3xx',
  'hrsp_4xx',
  'hrsp_5xx',
  'hrsp_other',
  'econ',
  'eresp',
  'srv_abrt',
] as const;

/** Cumulative since HAProxy started, or since somebody cleared them. */
export type Counters = Readonly<Record<(typeof columns)[number], number>>;

export const noCounters: Counters = ofColumns(() => 0);

export function readCounters(row: StatRow): Counters {
  return ofColumns((column) => row.number(column));
}

export function plus(one: Counters, other: Counters): Counters {
  return ofColumns((column) => one[column] + other[column]);
}

export function minus(one: Counters, other: Counters): Counters {
  return ofColumns((column) => one[column] - other[column]);
}

/**
 * What a version met and answered, from its servers' counters. HAProxy counts an answer when its head is there: one that broke off
 * after is counted as answered (as 2xx, most likely) and in `eresp` and `srv_abrt`. It counts `100 Continue` as an answer of its
 * own beside the final one: only as many 1xx are taken as there are requests without another outcome. It counts a try that could
 * not connect as a session, and then in `wretr` or `wredis`.
 */
export function outcomes(counters: Counters, inFlight: number): Pick<VersionCounts, 'requests' | 'answers'> {
  const requests = counters.stot - counters.wretr - counters.wredis;
  const brokenOff = Math.min(counters.srv_abrt, counters.eresp, counters.hrsp_2xx);
  const final =
    counters.hrsp_2xx - brokenOff + counters.hrsp_3xx + counters.hrsp_4xx + counters.hrsp_5xx + counters.hrsp_other;
  const broken = counters.econ + counters.eresp;
  const upgraded = atLeastNothing(Math.min(counters.hrsp_1xx, requests - final - broken));
  // A version that ends the connection while it is sent a body is in `srv_abrt` alone; so is the end of a WebSocket.
  const gone = atLeastNothing(
    Math.min(counters.srv_abrt - counters.eresp, requests - inFlight - final - broken - upgraded),
  );
  return {
    requests,
    answers: {
      '1xx': upgraded,
      '2xx': counters.hrsp_2xx - brokenOff,
      '3xx': counters.hrsp_3xx,
      '4xx': counters.hrsp_4xx,
      // A status that HTTP does not define is an answer nobody can rely on.
      '5xx': counters.hrsp_5xx + counters.hrsp_other,
      failed: broken + gone,
    },
  };
}

function ofColumns(valueOf: (column: keyof Counters) => number): Counters {
  return Object.fromEntries(columns.map((column) => [column, valueOf(column)])) as Record<keyof Counters, number>;
}

const atLeastNothing = (count: number): number => Math.max(0, count);
