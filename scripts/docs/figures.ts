import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Measured } from '../../bench/measure-parts.ts';
import type { Table } from '../../bench/report/result.ts';
import { figureText } from '../../bench/report/text.ts';
import { table } from './markdown.ts';
import { formatted, ROOT } from './page.ts';

/** What the benches measured, as they wrote it; each has a page beside it. */
export const FIGURES = 'docs/explanation/figures.json';
export const JUDGE_FIGURES = 'docs/explanation/judge-figures.json';
export const FLAG_FIGURES = 'docs/explanation/flag-figures.json';
export const PLAN_FIGURES = 'docs/explanation/plan-figures.json';

/** The page beside the figures: what people wrote, with what the bench measured put in its place. */
export async function figuresPage(figures: string): Promise<string> {
  const text = await readFile(join(ROOT, figures.replace(/json$/, 'md')), 'utf8');
  return await formatted('page.md', withFigures(text, await readFigures(figures), basename(figures)));
}

export async function readFigures(figures: string): Promise<Measured> {
  return JSON.parse(await readFile(join(ROOT, figures), 'utf8')) as Measured;
}

/** Throws where the text has no place for them, or more than one. `file`: the figures' name. Pure. */
export function withFigures(text: string, measured: Measured, file: string): string {
  const begin = `<!-- Made from ${file} by "npm run docs": measure again to change it. -->`;
  const end = `<!-- The end of what is made from ${file}. -->`;
  const [before, after, ...more] = text.split(new RegExp(`${begin}[^]*?${end}`));
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`the page of ${file} needs one place for the figures, from "${begin}" to "${end}"`);
  return `${before}${[begin, ...linesOf(measured), end].join('\n\n')}${after}`;
}

function linesOf({ machine, quick, parts }: Measured): readonly string[] {
  const { cpu, cores, memoryGigabytes, system, node, slipway, postgres } = machine;
  const on = `${cores}-core ${cpu} with ${memoryGigabytes} GB, ${system}`;
  const with_ = [`Node ${node}`, ...(postgres === null ? [] : [`PostgreSQL ${postgres}`])].join(', ');
  return [
    `Slipway ${slipway} on a ${on}, with ${with_}.`,
    quick ? '**These are of a quick run, which says nothing but that the bench works.**' : '',
    ...parts.flatMap((part) => [
      ...part.tables.flatMap(tableLines),
      table(
        ['Goal', 'Measured', 'Limit', ''],
        part.goals.map(({ text, unit, wanted, limit, measured, met }) => [
          text,
          `${figureText(measured)} ${unit}`,
          `${wanted} ${figureText(limit)} ${unit}`,
          met ? 'met' : '**not met**',
        ]),
      ),
      part.error === undefined ? '' : `**\`${part.part}\` did not come to its end; this is what it had until then.**`,
    ]),
  ].filter((line) => line !== '');
}

function tableLines({ title, columns, rows, notes }: Table): readonly string[] {
  return [
    `### ${title}`,
    table(
      ['Of', ...columns],
      rows.map(({ label, figures }) => [label, ...figures.map(figureText)]),
    ),
    notes.join(' '),
  ];
}
