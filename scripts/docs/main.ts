// Writes the pages of the documentation that are made from schemas, the command's help, the running API and the bench's figures:
//   npm run docs                            all of them
//   npm run docs -- --figures FILE          with the figures of `npm run bench -- --json FILE` from now on
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FIGURES } from './figures.ts';
import { PAGES } from './pages.ts';
import { formatted, ROOT } from './page.ts';

const HELP = `npm run docs -- [--figures FILE]\n\nWrites ${Object.keys(PAGES).join(', ')}.\n`;

const { values } = parseArgs({ options: { figures: { type: 'string' }, help: { type: 'boolean', default: false } } });

if (values.help) process.stdout.write(HELP);
else await write(values.figures);

async function write(figures: string | undefined): Promise<void> {
  if (figures !== undefined) {
    const measured = await readFile(resolve(figures), 'utf8');
    await writeFile(join(ROOT, FIGURES), await formatted('figures.json', measured));
  }
  for (const [file, make] of Object.entries(PAGES)) {
    await writeFile(join(ROOT, file), await make());
    console.log(file);
  }
}
