import type { Advice } from '@slipway/contract';
import type { Pen } from '../render/pen.ts';

/** The strategy, each rule by its name, what else to do, and a plan to paste. */
export function adviceLines({ title, rules, notes, fragment }: Advice, pen: Pen): string[] {
  const { lint } = pen.m;
  const bullet = `  ${pen.symbols.dot} `;
  return [
    ...pen.hang('', title, 'bold'),
    '',
    ...pen.hang('', lint.why),
    ...rules.flatMap(({ rule, because }) => pen.hang(bullet, `${because} [${rule}]`)),
    ...(notes.length === 0 ? [] : [...pen.hang('', lint.alsoDo), ...notes.flatMap((text) => pen.hang(bullet, text))]),
    '',
    ...pen.hang('', lint.fragment),
    '',
    // As it is: a line that is wrapped or cut would not be the plan any more.
    ...fragment.trimEnd().split('\n'),
  ];
}
