import type { PlanReport, TimelineEntry } from '@slipway/contract';
import { unknownTraffic } from '@slipway/judge';
import { span } from '../terminal/numbers.ts';
import { Pen } from './pen.ts';
import { planScenarioLines } from './scenario-lines.ts';
import { trackLines } from './track-lines.ts';
import { powerLines } from './power-lines.ts';
import { NARROWEST, type Screen } from './screen.ts';
import { shortDigest } from './short-digest.ts';

/** What a plan would do, in order, with the earliest moment of each step, who must act, and the way back. */
export function renderPlan(report: PlanReport, screen: Screen): string[] {
  const pen = new Pen({ ...screen, width: Math.max(NARROWEST, screen.width) });
  return [
    ...head(report, pen),
    ...report.timeline.flatMap((entry, index) => entryLines(report, entry, { pen, index })),
    ...planScenarioLines(report, pen),
    ...trackLines(report, pen),
    ...notKnown(report, pen),
  ];
}

function head(report: PlanReport, pen: Pen): string[] {
  const { m } = pen;
  const artifact = report.artifact === null ? '' : `${report.artifact.name} ${report.artifact.version}`;
  const digest = report.digest === null ? '' : m.plan.digest(shortDigest(report.digest));
  return [
    ...pen.hang('', pen.join(report.title ?? '', artifact, digest), 'bold'),
    ...(report.shortestMs === null ? [] : pen.hang('', m.plan.shortest(span(report.shortestMs)))),
  ];
}

/** Said once and quietly: a plan without it is as good. */
function notKnown({ trafficUnknown }: PlanReport, pen: Pen): string[] {
  return trafficUnknown.length === 0
    ? []
    : ['', ...pen.hang('', unknownTraffic(trafficUnknown, pen.m.language), 'dim')];
}

function entryLines(report: PlanReport, entry: TimelineEntry, at: { pen: Pen; index: number }): string[] {
  const { pen, index } = at;
  const before = report.timeline[index - 1];
  const isSame = before?.phase === entry.phase && before.scenario === entry.scenario;
  const phase = entry.scenario === undefined ? entry.phase : pen.m.scenarios.phase(entry.scenario, entry.phase);
  const title = isSame ? [] : ['', ...pen.hang('', phase, 'bold')];
  const clocks = report.timeline.map((each) => clock(each));
  const width = Math.max(...clocks.map((text) => text.length));
  const lead = `  ${(clocks[index] ?? '').padStart(width)}  `;
  const under = ' '.repeat(lead.length);
  return [...title, ...point(entry, pen), ...pen.hang(lead, headline(entry, pen)), ...details(entry, pen, under)];
}

function clock(entry: TimelineEntry): string {
  return entry.at ?? `+${span(entry.earliest)}`;
}

function headline(entry: TimelineEntry, pen: Pen): string {
  const { m } = pen;
  return pen.join(
    entry.title,
    m.plan.effects[entry.effect],
    entry.environment ?? '',
    entry.track ?? '',
    entry.duration === null ? '' : m.plan.takes(span(entry.duration)),
    entry.who.length === 0 ? '' : m.plan.who(entry.who.join(', ')),
  );
}

function details(entry: TimelineEntry, pen: Pen, under: string): string[] {
  const { m, symbols } = pen;
  const onFail = entry.onFail === 'rollback' ? [m.plan.rollsBack] : [];
  const back = entry.wayBack === null ? [] : [m.plan.wayBack(entry.wayBack)];
  const dim = (texts: readonly string[]) =>
    texts.flatMap((text) => pen.hang(`${under}${symbols.activity} `, text, 'dim'));
  return [...dim(entry.what), ...powerLines(entry, pen, under), ...dim([...onFail, ...back])];
}

function point(entry: TimelineEntry, pen: Pen): string[] {
  return entry.pointOfNoReturn
    ? pen.hang(`  ${pen.paint('yellow', pen.symbols.warning)} `, pen.m.plan.noReturn, 'yellow')
    : [];
}
