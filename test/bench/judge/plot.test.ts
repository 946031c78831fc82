import { expect, test } from 'vitest';
import { drawSizes } from '../../../bench/judge/plot/draw-sizes.ts';
import { place } from '../../../bench/judge/plot/log-scale.ts';
import { spread } from '../../../bench/judge/plot/spread.ts';
import type { Measured } from '../../../bench/measure-parts.ts';

const machine = { cpu: 'Some', cores: 2, memoryGigabytes: 8, system: 'Linux', node: 'v24', slipway: '1', load: 0 };

function measured(part: string): Measured {
  const rows = [
    { label: 'one <b>', figures: [300, 30, 3] },
    { label: 'another', figures: [null, 60, 3] },
    { label: 'never', figures: [null, null, null] },
  ];
  const table = { title: 'Seconds', columns: ['x1.5', 'x5', 'x333'], rows, notes: [] };
  return { machine: { ...machine, postgres: null }, quick: false, parts: [{ part, tables: [table], goals: [] }] };
}

test('a logarithmic axis has equal factors in equal steps', () => {
  const scale = { from: 1, to: 1_000, at: [0, 300] } as const;
  expect([1, 10, 100, 1_000].map((number) => place(scale, number))).toEqual([0, 100, 200, 300]);
});

test.each([
  [
    [10, 12, 11],
    [10, 30, 20],
  ],
  [
    [90, 100, 95],
    [80, 100, 90],
  ],
  [
    [5, 95],
    [5, 95],
  ],
])('labels at %j are moved to %j', (places, expected) => {
  expect(spread(places, 10, 100)).toEqual(expected);
});

test('every judge that stops anything has a line and a label, told apart without colours', () => {
  const svg = drawSizes(measured('sizes')) ?? '';
  const dashes = [...svg.matchAll(/stroke-dasharray="([^"]*)"/g)].map(([, dash]) => dash);
  expect(new Set(dashes).size).toBe(dashes.length);
  expect(svg).toContain('>one &lt;b&gt;</text>');
  expect(svg).toContain('>another</text>');
  expect(svg).not.toContain('>never</text>');
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('nothing is drawn of what was not measured', () => {
  expect(drawSizes(measured('cost'))).toBe(null);
});
