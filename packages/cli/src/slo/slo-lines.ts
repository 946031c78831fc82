import stringWidth from 'string-width';
import type { Pen } from '../render/pen.ts';
import { decimal, exactPercent, lengthOf } from './figures.ts';
import type { ToldAlert, ToldLevel, ToldObjective, ToldSlo } from './tell-slo.ts';

/** The objectives with their budgets and alerts, then what was refused and what is not kept. */
export function sloLines(told: ToldSlo, pen: Pen): readonly string[] {
  const { slo } = pen.m;
  const finding = (words: string, { document, path }: { document: string; path: string }) =>
    pen.clean(`${document}${path === '' ? '' : ` ${path}`}: ${words}`);
  return [
    ...told.levels.flatMap((level) => levelLines(level, told.eventsOfPeriod, pen)),
    ...told.refused.map((one) => `${pen.paint('red', pen.symbols.failed)} ${finding(slo.refusals[one.code], one)}`),
    ...told.losses.map((one) => `${pen.paint('yellow', pen.symbols.warning)} ${finding(slo.losses[one.code], one)}`),
  ];
}

function levelLines(level: ToldLevel, eventsOfPeriod: number | null, pen: Pen): readonly string[] {
  const { slo } = pen.m;
  const head = pen.join(level.name, level.service, slo.rolling(lengthOf(level.periodMs, pen.m)));
  return [
    pen.paint('bold', pen.clean(head)),
    ...level.objectives.flatMap((objective) => objectiveLines(objective, { level, eventsOfPeriod, pen })),
    '',
  ];
}

interface Place {
  readonly level: ToldLevel;
  readonly eventsOfPeriod: number | null;
  readonly pen: Pen;
}

function objectiveLines(objective: ToldObjective, { level, eventsOfPeriod, pen }: Place): readonly string[] {
  const { m } = pen;
  const { target, displayName, allowedBad } = objective;
  const outage = lengthOf(objective.outageBudgetMs, m);
  const traffic =
    eventsOfPeriod === null || allowedBad === null
      ? ''
      : m.slo.ofEvents(decimal(allowedBad, m, 1), decimal(eventsOfPeriod, m, 0));
  const lines = [
    pen.join(m.slo.good(exactPercent(target, m)), displayName ?? ''),
    pen.join(m.slo.budget(outage, decimal(objective.badPerMillion, m, 3)), traffic),
    objective.alerts.length === 0 ? m.slo.noAlerts : m.slo.alertsFrom[level.alertsFrom],
  ];
  return [
    ...lines.map((line, index) => `${index === 0 ? '  ' : '    '}${pen.clean(line)}`),
    ...alertTable(objective.alerts, pen),
  ];
}

/** Columns as wide as their widest cell; what is wrong with an alert stands below it. */
function alertTable(alerts: readonly ToldAlert[], pen: Pen): readonly string[] {
  if (alerts.length === 0) return [];
  const rows = [pen.m.slo.columns, ...alerts.map((alert) => cellsOf(alert, pen))].map((row) =>
    row.map((cell) => pen.clean(cell)),
  );
  const widths = pen.m.slo.columns.map((_, at) => Math.max(...rows.map((row) => stringWidth(row[at] ?? ''))));
  const lines = rows.map((row) => row.map((cell, at) => pen.pad(cell, widths[at] ?? 0)).join('  '));
  return lines.flatMap((line, index) => {
    const text = `      ${line.trimEnd()}`;
    const alert = alerts[index - 1];
    return [index === 0 ? pen.paint('dim', text) : text, ...(alert === undefined ? [] : problemLine(alert, pen))];
  });
}

function cellsOf(alert: ToldAlert, pen: Pen): readonly string[] {
  const { m } = pen;
  const orNever = (ms: number | null) => (ms === null ? m.slo.never : lengthOf(ms, m));
  return [
    alert.severity,
    decimal(alert.burn, m, 3),
    alert.longMs === alert.shortMs
      ? lengthOf(alert.longMs, m)
      : `${lengthOf(alert.longMs, m)} + ${lengthOf(alert.shortMs, m)}`,
    `${decimal(alert.budgetShare * 100, m, 2)} %`,
    orNever(alert.outageMs),
    orNever(alert.tenthMs),
    orNever(alert.resetMs),
    decimal(Math.ceil(Number(alert.badNeeded.toPrecision(12))), m, 0),
  ];
}

function problemLine({ problem }: ToldAlert, pen: Pen): readonly string[] {
  if (problem === null) return [];
  const isError = problem !== 'within-budget' && problem !== 'little-traffic';
  const sign = isError ? pen.symbols.failed : pen.symbols.warning;
  return [`        ${pen.paint(isError ? 'red' : 'yellow', `${sign} ${pen.clean(pen.m.slo.problems[problem])}`)}`];
}
