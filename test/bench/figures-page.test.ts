import { expect, test } from 'vitest';
import type { Measured } from '../../bench/measure-parts.ts';
import { withFigures } from '../../scripts/docs/figures.ts';

const FILE = 'figures.json';
const BEGIN = '<!-- Made from figures.json by "npm run docs": measure again to change it. -->';
const END = '<!-- The end of what is made from figures.json. -->';
const PAGE = `# Figures\n\n${BEGIN}\n\nold\n\n${END}\n\nMore.\n`;

const machine = { cpu: 'Some', cores: 2, memoryGigabytes: 8, system: 'Linux', node: 'v24', slipway: '1', load: 0 };
const goal = { text: 'fast', unit: 's', wanted: 'at most', limit: 2, measured: 3.5, met: false } as const;
const table = { title: 'Times', columns: ['p50 s'], rows: [{ label: 'slow', figures: [3.456] }], notes: ['A note.'] };
const measured: Measured = {
  machine: { ...machine, postgres: null },
  quick: false,
  parts: [{ part: 'times', tables: [table], goals: [goal] }],
};

test('the figures stand where those of before stood, and what people wrote stays', () => {
  const page = withFigures(PAGE, measured, FILE);
  expect(page).not.toContain('old');
  expect(page).toContain('| slow | 3.46 |');
  expect(page).toContain('| fast | 3.50 s | at most 2.00 s | **not met** |');
  expect(page.startsWith('# Figures\n\n')).toBe(true);
  expect(page.endsWith('\n\nMore.\n')).toBe(true);
  expect(withFigures(page, measured, FILE)).toBe(page);
});

test.each([
  ['a quick run', { ...measured, quick: true }, 'says nothing'],
  [
    'a part that was cut off',
    { ...measured, parts: [{ part: 'times', tables: [], goals: [], error: 'x' }] },
    '`times`',
  ],
])('%s says so', (_, given, words) => {
  expect(withFigures(PAGE, given, FILE)).toContain(words);
});

test('a figure that a JSON file cannot hold is none', () => {
  const never = { ...goal, measured: Infinity };
  const read = JSON.parse(JSON.stringify({ ...measured, parts: [{ part: 'times', tables: [], goals: [never] }] }));
  expect(withFigures(PAGE, read as Measured, FILE)).toContain('| fast | - s |');
});

test.each([
  ['none', '# Figures\n'],
  ['two', PAGE + PAGE],
])('a page with %s of the places is refused', (_, page) => {
  expect(() => withFigures(page, measured, FILE)).toThrow('needs one place');
});
