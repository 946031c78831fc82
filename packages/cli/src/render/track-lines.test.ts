import { expect, test } from 'vitest';
import { screen } from '../testing/sample-launch.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { renderPlan } from './render-plan.ts';

const tracks = [
  { name: 'tech', owner: 'tech-lead', accountable: 'tech-lead', consulted: [], informed: [] },
  {
    name: 'support',
    owner: 'support-lead',
    accountable: 'boss',
    consulted: ['legal'],
    informed: ['sales', 'tech-lead'],
  },
];
const timeline = REPORT.timeline.slice(0, 2).map((entry, index) => {
  return {
    ...entry,
    what: [],
    track: index === 0 ? 'tech' : 'support',
    ...(index === 0 ? { at: '2026-11-24 09:30 T-30m' } : {}),
  };
});

test('a plan is told by track as well, each step by the clock where the plan speaks of one', () => {
  const lines = renderPlan({ ...REPORT, tracks, timeline }, screen());
  expect(lines[4]).toBe('  2026-11-24 09:30 T-30m  Run the tests · looks · tech');
  expect(lines.slice(lines.indexOf('Tracks'))).toEqual([
    'Tracks',
    '  tech: by tech-lead',
    '    2026-11-24 09:30 T-30m  Run the tests',
    '  support: by support-lead, decided by boss · consulted: legal · informed: sales, tech-lead',
    '    +0:00  go-no-go · tech-lead, support',
  ]);
});
