import type { RedFlag } from '@slipway/contract';
import type { Pen, Style } from '../render/pen.ts';
import { problemLine } from '../render/problems.ts';
import type { Linted } from './linted.ts';

const STYLES: Readonly<Record<RedFlag['severity'], Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Problems first, then red flags, the gravest first, then how many. */
export function lintLines({ file, problems, redFlags }: Linted, pen: Pen): string[] {
  const { m } = pen;
  return [
    ...problems.map((problem) => pen.clean(problemLine(problem, m.plan))),
    ...redFlags.flatMap((flag) => flagLines(flag, pen)),
    ...pen.hang('', summary({ file, problems, redFlags }, pen), 'bold'),
  ];
}

function flagLines(flag: RedFlag, pen: Pen): string[] {
  const { lint } = pen.m;
  const { ignored } = flag;
  const style = ignored === null ? STYLES[flag.severity] : 'dim';
  const head = `${pen.paint(style, lint.severities[flag.severity])} `;
  return [
    ...pen.hang(head, pen.join(flag.code, flag.title), 'bold'),
    // Whole, so that editors and CI systems link it.
    `  ${pen.clean(`${flag.file}:${flag.line}:${flag.column}`)}`,
    ...pen.hang('  ', flag.said),
    ...pen.hang('  ', flag.explanation, 'dim'),
    ...(ignored === null ? [] : pen.hang('  ', lint.passedOver(ignored.until, ignored.because), 'yellow')),
    `  ${pen.clean(flag.link)}`,
    '',
  ];
}

function summary({ file, problems, redFlags }: Omit<Linted, 'ok'>, pen: Pen): string {
  const counting = redFlags.filter(({ ignored }) => ignored === null);
  const all = [...problems, ...counting];
  const count = (severity: RedFlag['severity']): number => all.filter((each) => each.severity === severity).length;
  const passed = redFlags.length - counting.length;
  if (all.length + passed === 0) return pen.m.lint.none(file);
  const counts = { errors: count('error'), warnings: count('warning'), notes: count('info'), passed };
  return pen.m.lint.counts(file, counts);
}
