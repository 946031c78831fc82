import type { LaunchView, Look } from '@slipway/contract';
import { count, milliseconds, percent, share, span } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';
import { standingMark } from './words.ts';

type Metric = Look['metrics'][number];

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
    ...look.metrics.map((metric): [string, string] => [metric.name, metricRow(metric, pen)]),
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

function metricRow(metric: Metric, pen: Pen): string {
  const { m } = pen;
  const value = (reading: number | null) => {
    if (reading === null) return m.health.noReading;
    return metric.unit === 'ratio' ? percent(reading, m.language) : milliseconds(reading, m.language);
  };
  return pen.join(m.health.newVersion(value(metric.new)), m.health.oldVersion(value(metric.old)));
}
