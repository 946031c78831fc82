import type { TimelineEntry } from '@slipway/contract';
import { powerBasis, powerSentence } from '@slipway/judge';
import { share } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** What each share of a rollout can find, what that rests on, and a warning where a share cannot find what is sought; none where that is not told. */
export function powerLines({ power }: TimelineEntry, pen: Pen, under: string): string[] {
  if (power === null) return [];
  const { language } = pen.m;
  const { activity, warning, dot } = pen.symbols;
  const [basis = '', ...rest] = powerBasis(power, language);
  const deeper = `${under}${' '.repeat(activity.length + 1)}`;
  const shares = heldShares(power).flatMap((weight, index) => {
    const said = powerSentence(power, index, language);
    const lines = pen.hang(`${deeper}${dot} `, `${share(weight, language)} ${dot} ${said.finds}`, 'dim');
    const mark = pen.paint('yellow', warning);
    return said.warning === null ? lines : [...lines, ...pen.hang(`${deeper}  ${mark} `, said.warning, 'yellow')];
  });
  const given = rest.flatMap((text) => pen.hang(deeper, text, 'dim'));
  return [...pen.hang(`${under}${activity} `, basis, 'dim'), ...given, ...shares];
}

/** Per cent of the traffic, share by share. */
function heldShares({ metrics }: NonNullable<TimelineEntry['power']>): readonly number[] {
  const told = metrics.find((metric) => metric.kind !== 'unknown');
  return told === undefined ? [] : told.shares.map(({ weight }) => weight);
}
