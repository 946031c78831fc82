import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measured } from '../../bench/measure-parts.ts';
import type { Table } from '../../bench/report/result.ts';
import { figureText } from '../../bench/report/text.ts';
import { table } from './markdown.ts';
import { formatted, ROOT } from './page.ts';

/** What the bench measured, as it wrote it. */
export const FIGURES = 'docs/explanation/figures.json';
const PAGE = 'docs/explanation/figures.md';

const BEGIN = '<!-- Made from figures.json by "npm run docs": measure again to change it. -->';
const END = '<!-- The end of what is made from figures.json. -->';

/** docs/explanation/figures.md: what people wrote, with what the bench measured put in its place. */
export async function figuresPage(): Promise<string> {
  const text = await readFile(join(ROOT, PAGE), 'utf8');
  const measured = JSON.parse(await readFile(join(ROOT, FIGURES), 'utf8')) as Measured;
  return await formatted('page.md', withFigures(text, measured));
}

/** Throws where the text has no place for them, or more than one. Pure. */
export function withFigures(text: string, measured: Measured): string {
  const [before, after, ...more] = text.split(new RegExp(`${BEGIN}[^]*?${END}`));
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${PAGE} needs one place for the figures, from "${BEGIN}" to "${END}"`);
  return `${before}${[BEGIN, ...linesOf(measured), END].join('\n\n')}${after}`;
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
