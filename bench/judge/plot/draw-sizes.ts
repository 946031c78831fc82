import type { Measured } from '../../measure-parts.ts';
import { sizesPart } from '../sizes-part.ts';
import { logPlot } from './log-plot.ts';

const SECONDS = [1, 3, 10, 30, 60, 180, 600, 1_800, 3_600];

/** Times that a number must be larger than the one to its left to be written under the axis. */
const ROOM = 1.3;

/** Time to the stop against the size of the regression; null where that was not measured. */
export function drawSizes({ parts }: Measured): string | null {
  const table = parts.find(({ part }) => part === sizesPart.name)?.tables[0];
  if (table === undefined) return null;
  const sizes = table.columns.map((column) => Number(column.slice(1)));
  return logPlot({
    title: table.title,
    right: {
      title: 'How many times as often the new version fails',
      from: Math.min(...sizes),
      to: Math.max(...sizes),
      ticks: apart(sizes).map((at) => ({ at, text: `×${at}` })),
    },
    up: {
      title: 'Seconds to the stop',
      from: 1,
      to: 3_600,
      ticks: SECONDS.map((at) => ({ at, text: at.toLocaleString('en') })),
    },
    lines: table.rows.map(({ label, figures }) => ({
      label,
      points: figures.flatMap((figure, index) =>
        figure !== null && Number.isFinite(figure) ? [[sizes[index] ?? 1, figure] as const] : [],
      ),
    })),
  });
}

/** Those whose texts have room beside each other. */
function apart(sizes: readonly number[]): readonly number[] {
  const taken: number[] = [];
  for (const size of sizes) if (size > ROOM * (taken.at(-1) ?? 0)) taken.push(size);
  return taken;
}
