import type { Findings, Goal, Row, Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import type { Loaded } from './load.ts';
import type { Pair } from './pairs.ts';

/** One server's answers in one round. */
export interface Round extends Loaded {
  /** Microseconds of processor time of the server's own process for a request. */
  readonly cpu: number;
}

export interface Rounds {
  readonly label: string;
  /** `ours`: on the PostgreSQL that the peer has as well. */
  readonly is: 'ours' | 'ours on a file' | 'peer';
  readonly rounds: readonly Round[];
}

export interface Compared {
  readonly pair: Pair;
  readonly sides: readonly Rounds[];
}

/** Times the peer's requests for the same processor time that Slipway wants to answer. */
const WANTED = 8;

/** Pure. `notes`: on how it was asked. */
export function findingsOf(compared: readonly Compared[], notes: readonly string[]): Findings {
  return {
    tables: compared.map((each, index) => tableOf(each, index === 0 ? notes : [])),
    goals: compared.map(goalOf),
  };
}

function tableOf({ pair, sides }: Compared, notes: readonly string[]): Table {
  const peer = perSecond(sides.find(({ is }) => is === 'peer'));
  const rows = sides.map((side): Row => {
    const of = (key: keyof Round): number => median(side.rounds.map((round) => round[key]));
    const times = Number.isNaN(peer) ? null : perSecond(side) / peer;
    return { label: side.label, figures: [of('rate'), of('p50'), of('p99'), of('cpu'), perSecond(side), times] };
  });
  const rounds = Math.max(0, ...sides.map((side) => side.rounds.length));
  return {
    title: `${pair.title}, medians of ${rounds} alternating rounds`,
    columns: ['requests/s', 'p50 ms', 'p99 ms', 'server CPU µs/request', 'requests per CPU second', 'x Unleash'],
    rows,
    notes,
  };
}

function goalOf({ pair, sides }: Compared): Goal {
  const ours = perSecond(sides.find(({ is }) => is === 'ours'));
  const peer = perSecond(sides.find(({ is }) => is === 'peer'));
  const text = `${pair.title}: requests per CPU second beside Unleash's`;
  return { text, unit: 'times', wanted: 'at least', limit: WANTED, measured: ours / peer };
}

/** Requests for a second of the server's processor time; NaN: it was not asked. */
function perSecond(side: Rounds | undefined): number {
  return side === undefined ? Number.NaN : 1_000_000 / median(side.rounds.map(({ cpu }) => cpu));
}
