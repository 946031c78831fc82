import type { Findings, Goal, Row } from '../report/result.ts';
import { percentile } from '../report/statistics.ts';
import { type Met, RULE } from './met.ts';
import type { TimeSplit } from './split-time.ts';

/** Under which load, and how bad a version, so many times. */
export interface Shape {
  /** Requests a second. */
  readonly rate: number;
  /** Share of the new version's answers that are bad. */
  readonly errors: number;
  readonly runs: number;
}

/** One launch of a bad version. */
export interface Flight {
  /** What visitors met of it. */
  readonly met: Met;
  /** null: it was not caught, or not for what visitors saw. */
  readonly split: TimeSplit | null;
}

export interface Flown extends Shape {
  readonly flights: readonly Flight[];
}

/** Seconds from evidence to all traffic back that the product allows itself. */
const LIMIT = 2;

const COLUMNS = [
  'evidence to back p50 s',
  'evidence to back p95 s',
  'total p50 s',
  'total p95 s',
  'data %',
  'look %',
  'decision %',
  'router %',
  'bad answers %',
  'met the new version',
  'not caught',
];

/** What the flights say. Pure. */
export function findingsOf(flown: readonly Flown[]): Findings {
  const missed = flown.flatMap((each) => {
    const count = each.flights.filter(({ split }) => split === null).length;
    return count === 0 ? [] : [`${nameOf(each)}: not caught: ${count} of ${each.flights.length}.`];
  });
  const notes = [
    `Canary of 5 %, errors.new < ${RULE.limit} on at least ${RULE.samples} requests, a look every second; ${flown[0]?.runs ?? 0} runs each; times as visitors saw them.`,
    'Evidence to back: from the answer with which visitors had first met enough to break that condition, though good answers may have mended it',
    'before somebody looked, until the last of them was answered by the new version and the router had the old split. Total: from the first bad answer.',
    'Shares of the total. data: first bad answer until there is enough; look: until the verdict is recorded; decision: until the shift back begins;',
    'router: from there to the last answer of the new version. Where a version was not caught its times are in no column but the last.',
    ...missed,
  ];
  const title = 'From enough evidence, and from the first bad answer, to all traffic back';
  return { tables: [{ title, columns: COLUMNS, rows: flown.map(rowOf), notes }], goals: flown.map(goalOf) };
}

function rowOf(each: Flown): Row {
  const splits = splitsOf(each);
  const totals = splits.map(({ total }) => total);
  const whole = sum(totals);
  const shareOf = (part: keyof TimeSplit): number => (sum(splits.map((split) => split[part])) / whole) * 100;
  const met = sum(each.flights.map((flight) => flight.met.requests));
  const bad = sum(each.flights.map((flight) => flight.met.bad));
  const figures = [
    ...[0.5, 0.95].map((q) => percentile(splits.map(sinceEvidence), q) / 1_000),
    ...[0.5, 0.95].map((q) => percentile(totals, q) / 1_000),
    ...(['data', 'look', 'decision', 'router'] as const).map(shareOf),
    (bad / met) * 100,
    met / each.flights.length,
    each.flights.length - splits.length,
  ];
  return { label: nameOf(each), figures };
}

/** A version that was not caught though there was enough never went back: that takes longer than any limit. */
function goalOf(each: Flown): Goal {
  const never = each.flights.filter(({ split, met }) => split === null && met.enoughAt !== null).map(() => Infinity);
  const measured = percentile([...splitsOf(each).map(sinceEvidence), ...never], 0.95) / 1_000;
  return {
    text: `${nameOf(each)}: evidence to all traffic back, p95`,
    unit: 's',
    wanted: 'at most',
    limit: LIMIT,
    measured,
  };
}

const nameOf = ({ rate, errors }: Shape): string => `${rate} requests/s, ${errors * 100} % errors`;

const splitsOf = ({ flights }: Flown): readonly TimeSplit[] => flights.flatMap(({ split }) => split ?? []);

const sinceEvidence = ({ look, decision, router }: TimeSplit): number => look + decision + router;

function sum(figures: readonly number[]): number {
  return figures.reduce((all, figure) => all + figure, 0);
}
