import type { Goal, Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import { ARGO, CONTENDERS, FLAGGER, KAYENTA, ORACLE, SLIPWAY } from '../contenders/contenders.ts';
import type { Detected } from './detection-tables.ts';
import type { Summary } from './summary.ts';

const SOONER = 5;
const OF_ORACLE = 1.5;
/** A judge that stops more of the sound versions, as a share, does not find what is wrong: it stops. */
const TELLS_APART = 0.1;

const NAMES = Object.keys(CONTENDERS);

export interface Compared {
  readonly detected: readonly Detected[];
  /** What became of sound versions, by cell and contender. */
  readonly sound: readonly (readonly Summary[])[];
}

/** How much sooner than each peer, and how much later than the oracle. */
export function goalsOf(compared: Compared): readonly Goal[] {
  const sooner = [...KAYENTA, FLAGGER, ARGO].map((peer): Goal => ({
    text: `sooner than ${peer}, median over the cells and regressions that it finds`,
    unit: 'times',
    wanted: 'at least',
    limit: SOONER,
    measured: median(timesOf(compared, peer, 'finds')),
  }));
  const oracle: Goal = {
    text: 'times as long as the oracle, median over the cells and regressions that it finds',
    unit: 'times',
    wanted: 'at most',
    limit: OF_ORACLE,
    measured: 1 / median(timesOf(compared, ORACLE, 'finds')),
  };
  return [...sooner, oracle];
}

/** The same of every judge, also where it does not tell sound versions from others. */
export function timesTable(compared: Compared): Table {
  const rows = NAMES.filter((name) => name !== SLIPWAY).map((label) => {
    const [finds, stops] = [timesOf(compared, label, 'finds'), timesOf(compared, label, 'stops')];
    return { label, figures: [finds.length, median(finds), stops.length, median(stops)] };
  });
  return {
    title: 'Times as long to the stop as Slipway, median over cells and regressions',
    columns: ['finds', 'times as long', 'stops', 'times as long'],
    rows,
    notes: [
      `It stops where it does so in half of the launches; it finds where it also stops fewer than ${100 * TELLS_APART} % of the sound versions of that cell.`,
      'Where Slipway does not stop half of the launches, the other judge counts as infinitely sooner: 0 times as long.',
    ],
  };
}

/** By cell and regression that the peer stops, or finds: its median time to the stop to Slipway's. */
export function timesOf({ detected, sound }: Compared, peer: string, where: 'finds' | 'stops'): readonly number[] {
  const [ours, theirs] = [NAMES.indexOf(SLIPWAY), NAMES.indexOf(peer)];
  const tells = sound.map((judges) => (judges[theirs]?.stopped ?? 1) < TELLS_APART);
  return detected.flatMap(({ summaries }) =>
    summaries.flatMap((judges, cell) => {
      const [our, their] = [judges[ours]?.median ?? Number.NaN, judges[theirs]?.median ?? Number.NaN];
      const counts = Number.isFinite(their) && (where === 'stops' || tells[cell] === true);
      return counts ? [their / our] : [];
    }),
  );
}
