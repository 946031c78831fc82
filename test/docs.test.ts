import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { anchor } from '../scripts/docs/markdown.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].toSorted();

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map((match) => ({
    page,
    language: match[1] ?? '',
    text: match[2] ?? '',
  }));
}

const BLOCKS = PAGES.flatMap(blocksOf);
const PLANS = BLOCKS.filter((block) => block.language === 'yaml' && block.text.startsWith('# launch plan'));
const COMMANDS = BLOCKS.filter((block) => block.language === 'sh').flatMap(({ page, text }) => {
  const lines = text.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim());
  return lines.filter((line) => line.startsWith('slipway ')).map((line) => [page, line] as const);
});

/** The verbs that have a help text with examples: a test of the command line holds that they are all there. */
function knownVerbs(): readonly string[] {
  const files = globSync('packages/cli/src/help/*examples.ts', { cwd: ROOT });
  const source = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  return [...source.matchAll(/^ {2}'?([a-z][a-z -]*)'?: \[/gm)].map((match) => match[1] ?? '');
}

/** The verb of a command, with the one below it where it has some: `flags show`, but `start`. */
function verbOf(line: string, known: readonly string[]): string {
  const [, verb = '', below = ''] = line.split(' ');
  return known.some((other) => other.startsWith(`${verb} `)) ? `${verb} ${below}` : verb;
}

/** Where the headings of a page are linked to. */
function headingsOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchor(match[1] ?? ''));
}

describe('the documentation', () => {
  test('has plans and commands to check', () => {
    expect(PLANS.length).toBeGreaterThanOrEqual(2);
    expect(COMMANDS.length).toBeGreaterThanOrEqual(20);
  });

  test.each(PLANS.map((block) => [block.page, block.text] as const))('%s: its launch plans are valid', (page, text) => {
    const parsed = parsePlan(text, { file: page, language: createPlanLanguage(registry), standInVersion: '1.0.0' });
    expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([]);
  });

  test.each(COMMANDS)('%s: %s is a command that exists', (_, line) => {
    const known = knownVerbs();
    const verb = verbOf(line, known);
    expect(known.some((other) => other === verb || other.startsWith(`${verb} `))).toBe(true);
  });

  test.each(PAGES)('%s: its links lead somewhere', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
    const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  test.each(PAGES)('%s: its links into pages find their headings', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    const lost = targets.filter(
      ([, file = '', heading = '']) => !headingsOf(file === '' ? page : join(dirname(page), file)).includes(heading),
    );
    expect(lost.map(([link]) => link)).toEqual([]);
  });
});
