import { type Goal, isMet, type Table } from './result.ts';

/** A table as text: labels to the left, figures to the right. */
export function tableText({ title, columns, rows, notes }: Table): string {
  const head = ['', ...columns];
  const body = rows.map(({ label, figures }) => [label, ...figures.map(figureText)]);
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => (column === 0 ? (cells[0] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width)))
      .join('  ')
      .trimEnd();
  return [title, ...[head, ...body].map((cells) => `  ${line(cells)}`), ...notes.map((note) => `  ${note}`)].join('\n');
}

/** Three digits that count, and no more than two behind the point. */
export function figureText(figure: number | null): string {
  if (figure === null || !Number.isFinite(figure)) return '-';
  if (Math.abs(figure) >= 100) return Math.round(figure).toLocaleString('en');
  return figure.toFixed(Math.abs(figure) >= 10 ? 1 : 2);
}

export function goalText(goal: Goal): string {
  const { text, wanted, limit, unit, measured } = goal;
  return `${isMet(goal) ? 'met    ' : 'NOT MET'}  ${text}: ${figureText(measured)} ${unit} (${wanted} ${figureText(limit)} ${unit})`;
}
