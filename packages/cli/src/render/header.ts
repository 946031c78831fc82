import type { LaunchView } from '@slipway/contract';
import { launchClock, span, timeOfDay } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';
import { launchMark } from './words.ts';

/** What is launched, in which state, on which clock; and first of all whether this is known to be so. */
export function header(view: LaunchView, pen: Pen): string[] {
  const { m, screen } = pen;
  const { name, version } = view.artifact;
  const before = view.previousVersion === null ? '' : m.screen.before(view.previousVersion);
  const title = pen.join(view.title, `${name} ${version}${before}`);
  return [
    ...lost(view, pen),
    ...pen.ends(title, `${timeOfDay(screen.now, view.zone)} ${view.zone}`, 'bold'),
    ...stateLine(view, pen),
  ];
}

function lost(view: LaunchView, pen: Pen): string[] {
  const { lost: at } = pen.screen;
  if (at === null) return [];
  const { m, screen, symbols } = pen;
  const since = m.watch.since(span(screen.now - at));
  return [
    ...pen.hang(`${symbols.warning} `, pen.join(m.watch.lost(timeOfDay(at, view.zone)), since), 'inverse'),
    ...(screen.lostReason === undefined ? [] : pen.hang('  ', screen.lostReason)),
    ...pen.hang('  ', m.watch.triesAgain),
  ];
}

function stateLine(view: LaunchView, pen: Pen): string[] {
  const { m, screen } = pen;
  const mark = launchMark(view.state, pen.symbols);
  const word = pen.clean(m.states[view.state]).toUpperCase();
  const facts = pen.join(
    launchClock(view.endedAt ?? screen.now, view.t0),
    m.screen.launch(view.id),
    m.screen.startedBy(timeOfDay(view.startedAt, view.zone), view.startedBy),
  );
  return pen.hang(`${pen.paint(mark.style, `${mark.symbol} ${word}`)} ${pen.symbols.dot} `, facts);
}
