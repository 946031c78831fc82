import type { LaunchView, WayBackItem } from '@slipway/contract';
import { dateAndTime, span } from '../terminal/numbers.ts';
import { command } from './act.ts';
import type { Pen, Style } from './pen.ts';

/** How we get back: the command, and what it would do now or is doing. */
export function wayBack(view: LaunchView, pen: Pen, folded: boolean): string[] {
  return [...how(view, pen), ...items(view, pen, folded), ...proof(view, pen)];
}

function how(view: LaunchView, pen: Pen): string[] {
  const { m, screen } = pen;
  switch (view.state) {
    case 'running':
    case 'held':
      return [
        ...pen.hang('', view.wayBack.length === 0 ? m.wayBack.nothingYet : m.wayBack.ready(view.wayBack.length)),
        ...command(
          `slipway ${view.wayBack.length === 0 ? 'abort' : 'rollback'} --reason "${m.wayBack.why}"${screen.launchFlag}`,
          pen,
        ),
      ];
    case 'turning-back':
      return pen.hang('', m.wayBack.underWay, 'yellow');
    case 'rollback-incomplete':
      return [...pen.hang('', m.wayBack.incomplete, 'red'), ...command(`slipway retry${screen.launchFlag}`, pen)];
    case 'scrubbed':
    case 'rolled-back':
      return pen.hang('', m.wayBack.done);
    case 'completed':
      return pen.hang('', m.wayBack.completed);
  }
}

function items(view: LaunchView, pen: Pen, folded: boolean): string[] {
  if (folded || view.state === 'completed') return [];
  return view.wayBack.flatMap((item, index) => {
    const word = pen.clean(pen.m.wayBack.states[item.state]);
    return pen.hang(`  ${index + 1}. ${pen.paint(styleOf(item.state), word)} ${pen.symbols.dot} `, item.text);
  });
}

function styleOf(state: WayBackItem['state']): Style | null {
  switch (state) {
    case 'planned':
      return 'dim';
    case 'running':
      return 'cyan';
    case 'done':
      return 'green';
    case 'failed':
    case 'unknown':
      return 'red';
    case 'none':
      return 'yellow';
  }
}

/** How long the bad version met people, once that is known. */
function proof(view: LaunchView, pen: Pen): string[] {
  const { firstBadAt, backAt, zone } = view;
  if (backAt === null) return [];
  const at = dateAndTime(backAt, zone);
  const took = firstBadAt === null || backAt < firstBadAt ? null : span(backAt - firstBadAt);
  return pen.hang('', took === null ? pen.m.wayBack.backAt(at) : pen.m.wayBack.backAfter(at, took));
}
