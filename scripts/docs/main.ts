// Writes the pages of the documentation that are made from schemas, the command's help, the running API and the bench's figures:
//   npm run docs                            all of them
//   npm run docs -- --figures FILE          with the figures of `npm run bench -- --json FILE` from now on
//   npm run docs -- --judge-figures FILE    with those of `npm run bench:judge -- --json FILE`
//   npm run docs -- --flag-figures FILE     with those of `npm run bench:flags -- --json FILE`
//   npm run docs -- --plan-figures FILE     with those of `npm run bench:plans -- --json FILE`
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from '../../bench/measure-parts.ts';
import { FIGURES, FLAG_FIGURES, JUDGE_FIGURES, PLAN_FIGURES } from './figures.ts';
import { PAGES } from './pages.ts';
import { formatted, ROOT } from './page.ts';

const HELP = `npm run docs -- [--figures FILE] [--judge-figures FILE] [--flag-figures FILE] [--plan-figures FILE]\n\nWrites ${Object.keys(PAGES).join(', ')}.\n`;

const { values } = parseArgs({
  options: {
    figures: { type: 'string' },
    'judge-figures': { type: 'string' },
    'flag-figures': { type: 'string' },
    'plan-figures': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await write();

async function write(): Promise<void> {
  await take(values.figures, FIGURES);
  await take(values['judge-figures'], JUDGE_FIGURES);
  await take(values['flag-figures'], FLAG_FIGURES);
  await take(values['plan-figures'], PLAN_FIGURES);
  for (const [file, make] of Object.entries(PAGES)) {
    await writeFile(join(ROOT, file), await make());
    console.log(file);
  }
}

/** What a bench wrote, but for what no page shows. */
async function take(from: string | undefined, to: string): Promise<void> {
  if (from === undefined) return;
  const measured = JSON.parse(await readFile(resolve(from), 'utf8')) as Measured;
  const shown = { ...measured, parts: measured.parts.map((part) => ({ ...part, details: undefined })) };
  await writeFile(join(ROOT, to), await formatted('figures.json', JSON.stringify(shown)));
}
