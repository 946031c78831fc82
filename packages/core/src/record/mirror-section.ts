import type { Recorded } from '../model/event.ts';
import type { MirrorDifference, MirrorReport } from '../model/mirror-report.ts';
import { utcTime } from './iso-time.ts';
import { heading, safe, table } from './markdown-text.ts';
import type { RecordInput } from './record-sections.ts';
import type { RecordWords } from './record-words.ts';

/** More are in the record as JSON. */
const MOST_DIFFERENCES = 20;

interface Told {
  readonly at: number;
  readonly step: string;
  /** null: the router could not say. */
  readonly report: MirrorReport | null;
}

/** How far a version that got copies overlaps with the one that answered, at the end of each share. */
export function mirrorSection({ events, words }: RecordInput): readonly string[] {
  const told = events.flatMap((recorded) => toldBy(recorded) ?? []);
  if (told.length === 0) return [];
  const { columns, mirror } = words;
  const { copied, compared, different, leftOut, latency } = mirror.columns;
  const head = [columns.time, columns.step, copied, compared, different, leftOut, latency];
  const rows = told.map(({ at, step, report }) => [utcTime(at), step, ...cellsOf(report, words)]);
  return [...heading(mirror.heading), ...table(head, rows), ...differencesTable(told, words)];
}

function toldBy({ at, event }: Recorded): Told | null {
  if (event.type !== 'effect-settled' || event.outcome.result !== 'done') return null;
  const { data } = event.outcome;
  if (data.kind !== 'verdict' || data.mirror === undefined) return null;
  return { at, step: event.effect.split(':')[0] ?? '', report: data.mirror };
}

function cellsOf(report: MirrorReport | null, words: RecordWords): readonly string[] {
  const { mirror } = words;
  if (report === null) return [mirror.unknown, '–', '–', '–', '–'];
  const { latency } = report;
  const figure = (value: number | null): string => (value === null ? '–' : words.figure(Number(value.toPrecision(3))));
  const quantiles = (['p50', 'p99'] as const).map((q) => `${figure(latency.new[q])} / ${figure(latency.old[q])}`);
  return [
    mirror.copied(report),
    String(report.compared),
    mirror.different(report),
    mirror.leftOut(report.leftOut),
    quantiles.join('; '),
  ];
}

/** A report holds again what the one before it held, where the counts went on. */
function differencesTable(told: readonly Told[], words: RecordWords): readonly string[] {
  const all = told.flatMap(({ step, report }) => (report?.samples ?? []).map((sample) => ({ step, sample })));
  const once = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  const { columns, mirror } = words;
  const { request, differs, detail } = mirror.columns;
  const rows = once
    .slice(-MOST_DIFFERENCES)
    .map(({ step, sample }) => [
      utcTime(sample.at),
      step,
      `${sample.method} ${sample.path}`,
      mirror.what[sample.what],
      detailOf(sample),
    ]);
  if (rows.length === 0) return [];
  return ['', `**${safe(mirror.newest)}**`, '', ...table([columns.time, columns.step, request, differs, detail], rows)];
}

function detailOf({ detail }: MirrorDifference): string {
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}
