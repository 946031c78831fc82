import type { LaunchView, Look } from '@slipway/contract';
import { count, eValue, percent, reading, share, span, times } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';
import { standingMark } from './words.ts';

type Metric = Look['metrics'][number];
type Compared = NonNullable<Look['compared']>['metrics'][number];
type Band = Compared['new'];

const BAR_CELLS = 20;

/** Is it healthy: the standing in a word and a sentence, then the figures it comes from. `room` in columns. */
export function health(view: LaunchView, pen: Pen): string[] {
  const { look } = view;
  if (look === null) return pen.hang('', pen.m.health.notMeasured, 'dim');
  const mark = standingMark(look.standing, pen.symbols);
  const word = pen.clean(pen.m.health.standings[look.standing]);
  const lead = `${pen.paint(mark.style, `${mark.symbol} ${word}`)} ${pen.symbols.dot} `;
  const isSaid = [view.headline, ...view.causes].some((text) => text.includes(look.sentence));
  const first = isSaid ? [lead.slice(0, -` ${pen.symbols.dot} `.length)] : pen.hang(lead, look.sentence);
  return [...first, ...rows(view, look, pen)];
}

function rows(view: LaunchView, look: Look, pen: Pen): string[] {
  const { words, language } = pen.m;
  const figures: [string, string][] = [
    [words.hold, holdRow(look, pen)],
    [words.samples, samplesRow(view, look, pen)],
    ...look.metrics.map((metric): [string, string] => [metric.name, metricRow(metric, look, pen)]),
    ...(look.compared === null ? [] : [[pen.m.health.evidence, evidenceRow(look.compared, pen)] as [string, string]]),
  ];
  const names = figures.map(([name]) => pen.clean(name));
  const width = Math.min(16, Math.max(...names.map((name) => name.length))) + 2;
  const place = look.weight === null ? look.environment : `${look.environment} ${share(look.weight, language)}`;
  return [
    ...pen.hang('', pen.m.health.watched(place), 'dim'),
    ...figures.flatMap(([, text], index) => pen.hang(pen.pad(names[index] ?? '', width), text)),
  ];
}

function holdRow(look: Look, pen: Pen): string {
  const done = look.hold <= 0 ? 1 : Math.min(1, look.elapsed / look.hold);
  const text = pen.m.health.held(span(look.elapsed), span(look.hold));
  const bar = pen.bar([done, 1 - done], BAR_CELLS);
  return pen.screen.width < 60 ? text : `${bar}  ${text}`;
}

function samplesRow(view: LaunchView, look: Look, pen: Pen): string {
  const { m } = pen;
  const taken = look.samples === null ? m.health.unknown : count(look.samples, m.language);
  const exposure = look.exposure ?? view.exposure;
  return pen.join(
    m.health.samples(taken, count(look.minSamples, m.language)),
    exposure === null ? m.health.exposureUnknown : m.health.exposure(count(exposure, m.language)),
  );
}

function metricRow(metric: Metric, { compared }: Look, pen: Pen): string {
  const { m } = pen;
  const bands = compared?.metrics.find(({ name }) => name === metric.name);
  const value = (figure: number | null, band: Band = null): string => {
    if (figure === null) return m.health.noReading;
    return `${reading(figure, metric.unit, m.language)}${bandText(band, pen)}`;
  };
  return pen.join(
    m.health.newVersion(value(metric.new, bands?.new)),
    m.health.oldVersion(value(metric.old, bands?.old)),
    timesText(bands?.times ?? null, pen),
  );
}

/** '' where it is not known: without an edge the estimate alone would say more than anybody knows. */
function timesText(ratio: Compared['times'], { m }: Pen): string {
  const words = m.health.times;
  if (ratio === null) return '';
  if (ratio.is === 'moved') return words.moved;
  const { low, high, estimate } = ratio;
  if (low === null && high === null) return '';
  const from = low === null ? null : times(low, m.language, 'floor');
  const to = high === null ? null : times(high, m.language, 'ceil');
  const fitting = estimate === null ? words.unknown : times(estimate, m.language, 'halfExpand');
  return words.of(fitting, words.edges(from, to));
}

function bandText(band: Band, { m }: Pen): string {
  return band === null ? '' : ` ${m.health.band(percent(band.low, m.language), percent(band.high, m.language))}`;
}

/** On a scale of logarithms: each cell is as much more evidence as the one before it. */
function evidenceRow({ evidence, alarm }: NonNullable<Look['compared']>, pen: Pen): string {
  const done = Math.min(1, Math.max(0, Math.log(evidence) / Math.log(alarm)));
  const { language, health: words } = pen.m;
  const text = words.evidenceOf(eValue(evidence, language), eValue(alarm, language));
  return pen.screen.width < 60 ? text : `${pen.bar([done, 1 - done], BAR_CELLS)}  ${text}`;
}
