import type { Findings, Goal, Row, Table } from '../../report/result.ts';
import { percentile } from '../../report/statistics.ts';

/** One kill. */
export interface Kill {
  /** Epoch milliseconds when the command was sent, and when it was answered. */
  readonly sentAt: number;
  readonly answeredAt: number;
  /** When each client that got the off variant had it, in epoch milliseconds. */
  readonly times: readonly number[];
  /** Clients that did not get it. */
  readonly lost: number;
}

export interface Killed {
  readonly label: string;
  readonly clients: number;
  readonly kills: readonly Kill[];
}

/** So many clients are to have it in time; with more of them it is the lost that count. */
export const TIMED = 1_000;
/** Milliseconds. */
const LIMIT = 250;

/** Pure. */
export function findingsOf(killed: readonly Killed[]): Findings {
  return { tables: [tableOf(killed)], goals: killed.flatMap(goalsOf) };
}

function tableOf(killed: readonly Killed[]): Table {
  return {
    title: 'From a kill to the last client that has the off variant',
    columns: [
      'kills',
      'p50 ms',
      'p99 ms',
      'most ms',
      'from answered, p99 ms',
      'answered, p50 ms',
      'any client, p50 ms',
      'lost',
    ],
    rows: killed.map(rowOf),
    notes: [
      "From when the command was sent, but for the column that says otherwise: an answer may reach who killed after many clients have what it is about. Each client has a stream of its own, and on its event asks for all flags; all of them, the server and who kills share this machine's processors.",
    ],
  };
}

function rowOf({ label, clients, kills }: Killed): Row {
  const last = kills.map(lastOf);
  const answered = kills.map((kill) => kill.answeredAt - kill.sentAt);
  const fromAnswer = kills.map((kill) => lastOf(kill) - (kill.answeredAt - kill.sentAt));
  const any = kills.flatMap(({ sentAt, times }) => times.map((time) => time - sentAt));
  const figures = [
    kills.length,
    percentile(last, 0.5),
    percentile(last, 0.99),
    percentile(last, 1),
    percentile(fromAnswer, 0.99),
    percentile(answered, 0.5),
    percentile(any, 0.5),
    lostOf(kills),
  ];
  return { label: `${label}, ${clients.toLocaleString('en')} clients`, figures };
}

function goalsOf({ label, clients, kills }: Killed): readonly Goal[] {
  const of = `${label}, ${clients.toLocaleString('en')} clients`;
  const goals: Goal[] = [
    {
      text: `${of}: without the off variant`,
      unit: 'clients',
      wanted: 'at most',
      limit: 0,
      measured: kills.length === 0 ? Number.NaN : lostOf(kills),
    },
  ];
  if (clients > TIMED) return goals;
  const measured = percentile(kills.map(lastOf), 0.99);
  return [
    { text: `${of}: until the last has it, p99`, unit: 'ms', wanted: 'at most', limit: LIMIT, measured },
    ...goals,
  ];
}

/** Milliseconds from the command's sending until the last client has it; for ever where one does not get it. */
function lastOf({ sentAt, times, lost }: Kill): number {
  return lost > 0 ? Number.POSITIVE_INFINITY : times.reduce((last, time) => Math.max(last, time), sentAt) - sentAt;
}

function lostOf(kills: readonly Kill[]): number {
  return kills.reduce((sum, { lost }) => sum + lost, 0);
}
