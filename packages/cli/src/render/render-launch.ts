import type { LaunchView } from '@slipway/contract';
import { span } from '../terminal/numbers.ts';
import { act } from './act.ts';
import { header } from './header.ts';
import { health } from './health.ts';
import { Pen } from './pen.ts';
import { type Folding, phases } from './phases.ts';
import { NARROWEST, type Screen } from './screen.ts';
import { labelWidth, layOut, type Section } from './section.ts';
import { quietLines } from './quiet-lines.ts';
import { scenarioLines } from './scenario-lines.ts';
import { traffic } from './traffic.ts';
import { wayBack } from './way-back.ts';

interface Detail extends Folding {
  readonly blanks: boolean;
  readonly wayBack: boolean;
}

/** From everything to what fits a small terminal. What is left out first is what is over or far away. */
const DETAILS: readonly Detail[] = [
  { blanks: true, done: false, waiting: false, quietSteps: false, wayBack: true },
  { blanks: true, done: true, waiting: false, quietSteps: false, wayBack: true },
  { blanks: true, done: true, waiting: true, quietSteps: false, wayBack: true },
  { blanks: false, done: true, waiting: true, quietSteps: false, wayBack: true },
  { blanks: false, done: true, waiting: true, quietSteps: true, wayBack: true },
  { blanks: false, done: true, waiting: true, quietSteps: true, wayBack: false },
];

/**
 * A launch at a glance: where are we, is it healthy, what happens next, who must act, how do we get back. As much detail
 * as the height allows; no more lines than that.
 */
export function renderLaunch(view: LaunchView, screen: Screen): string[] {
  const wide = { ...screen, width: Math.max(NARROWEST, screen.width) };
  const { height } = screen;
  let lines: string[] = [];
  for (const detail of DETAILS) {
    lines = compose(view, wide, detail);
    if (height === null || lines.length <= height) return lines;
  }
  return shorten(lines, height ?? lines.length, new Pen(wide));
}

function compose(view: LaunchView, screen: Screen, detail: Detail): string[] {
  const outer = new Pen(screen);
  const width = labelWidth(outer);
  const pen = new Pen({ ...screen, width: screen.width - width });
  const blank = detail.blanks ? [''] : [];
  return sections(view, pen, detail)
    .filter((section) => section.lines.length > 0)
    .reduce<string[]>((lines, section) => [...lines, ...blank, ...layOut(outer, section, width)], header(view, outer));
}

/** In the order in which somebody under stress asks. */
function sections(view: LaunchView, pen: Pen, detail: Detail): Section[] {
  const { labels } = pen.m;
  return [
    { label: labels.where, lines: where(view, pen) },
    { label: labels.scenario, lines: scenarioLines(view, pen) },
    { label: labels.act, lines: act(view, pen) },
    { label: labels.health, lines: health(view, pen) },
    { label: labels.traffic, lines: traffic(view, pen) },
    { label: labels.next, lines: next(view, pen) },
    { label: labels.wayBack, lines: wayBack(view, pen, !detail.wayBack) },
    { label: labels.phases, lines: phases(view, pen, detail) },
  ];
}

function where(view: LaunchView, pen: Pen): string[] {
  const general = view.activity.filter((activity) => activity.step === null);
  return [
    ...pen.hang('', view.headline, 'bold'),
    // A headline may say the first cause already.
    ...view.causes
      .filter((cause) => !view.headline.includes(cause))
      .flatMap((cause) => pen.hang(`${pen.paint('yellow', pen.symbols.warning)} `, cause)),
    ...answered(view, pen),
    ...general.flatMap(({ text }) => pen.hang(`${pen.symbols.activity} `, text, 'dim')),
  ];
}

/** The newest answer to a page. */
function answered({ answers = [] }: LaunchView, pen: Pen): string[] {
  const last = answers.at(-1);
  if (last === undefined) return [];
  const { level, by, took, goal } = last;
  const within = goal === null ? null : span(goal);
  return pen.hang('', pen.m.answered(level.toUpperCase(), by, span(took), within, took <= (goal ?? took)), 'dim');
}

/** As many titles as a reader takes in. */
const MOST_NEXT = 4;

function next(view: LaunchView, pen: Pen): string[] {
  const titles = view.next.slice(0, MOST_NEXT).map((title) => pen.clean(title));
  const more = view.next.length > MOST_NEXT ? [pen.symbols.more] : [];
  const steps = titles.length === 0 ? [] : pen.hang('', [...titles, ...more].join(` ${pen.symbols.thence} `));
  return [...steps, ...quietLines(view, pen)];
}

function shorten(lines: readonly string[], height: number, pen: Pen): string[] {
  const kept = lines.slice(0, Math.max(0, height - 1));
  return [...kept, ...pen.hang('', pen.m.screen.moreLines(lines.length - kept.length), 'dim').slice(0, 1)].slice(
    0,
    height,
  );
}
