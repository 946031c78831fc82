import type { Findings } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import type { Size } from './big-set.ts';

/** One thing that was measured, a figure a round. */
export interface Measured {
  /** With its unit. */
  readonly text: string;
  readonly figures: readonly number[];
}

/** Pure. */
export function findingsOf({ flags, ids }: Size, measured: readonly Measured[]): Findings {
  const rows = measured.map(({ text, figures }) => ({
    label: text,
    figures: [median(figures), Math.min(...figures), Math.max(...figures)],
  }));
  const counts = `${flags.toLocaleString('en')} flags and a segment of ${ids.toLocaleString('en')} ids`;
  const notes = [
    'A third of the flags is plain, a third has rules (every tenth of them the segment), a third a rule and a share. On a database file; the first rows in a process that does nothing else, the last ones of the whole server, where memory and start are what an empty one does not take.',
  ];
  return { tables: [{ title: counts, columns: ['median', 'least', 'most'], rows, notes }], goals: [] };
}
