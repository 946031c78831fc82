import type { PlanReport, TimelineEntry } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { screen } from '../testing/sample-launch.ts';
import { REPORT } from '../testing/sample-plan.ts';
import { renderPlan } from './render-plan.ts';

const FRENCH = screen({ messages: messagesFor('fr') });

test('a plan is told step by step: when at the earliest, what it is, who acts, how it is taken back', () => {
  expect(renderPlan(REPORT, screen())).toEqual([
    'A new version of the shop · shop 2.1.0 · plan ab12cd34ef56',
    'takes at least 20:00, people and commands not counted',
    '',
    'gate',
    '   +0:00  Run the tests · looks',
    '          └ runs npm test',
    '   +0:00  go-no-go · a person · by tech-lead, support',
    '',
    'production',
    '   +0:00  Roll out to production · changes the world · production · takes 20:00',
    '          └ 5 % for 5 minutes',
    '          └ 100 % · for 15 minutes',
    '          └ if it fails: rolls back by itself',
    '          └ way back: all traffic to the previous version',
    '  ▲ point of no return: this cannot be taken back',
    '  +20:00  Write to the customers · a message',
  ]);
});

test('and in French', () => {
  expect(renderPlan(REPORT, FRENCH)).toContain('  ▲ point de non-retour : ceci ne peut pas être repris');
});

describe('what is not known is left out', () => {
  test.each<[string, Partial<PlanReport>, string[]]>([
    [
      'the digest',
      { digest: null },
      ['A new version of the shop · shop 2.1.0', 'takes at least 20:00, people and commands not counted'],
    ],
    [
      'the title and the artifact',
      { title: null, artifact: null },
      ['plan ab12cd34ef56', 'takes at least 20:00, people and commands not counted'],
    ],
    ['the shortest time', { shortestMs: null }, ['A new version of the shop · shop 2.1.0 · plan ab12cd34ef56']],
  ])('%s', (_, changes, lines) => {
    expect(renderPlan({ ...REPORT, timeline: [], ...changes }, screen())).toEqual(lines);
  });
});

test.each<[TimelineEntry['effect'], string, string]>([
  ['read-only', 'looks', 'regarde'],
  ['executive', 'changes the world', 'change le monde'],
  ['person', 'a person', 'une personne'],
  ['message', 'a message', 'un message'],
  ['clock', 'waits', 'attend'],
])('the effect %s is called: %s', (effect, english, french) => {
  const timeline = REPORT.timeline.slice(0, 1).map((entry) => ({ ...entry, effect, what: [] }));
  expect(renderPlan({ ...REPORT, timeline }, screen()).at(-1)).toBe(`  +0:00  Run the tests · ${english}`);
  expect(renderPlan({ ...REPORT, timeline }, FRENCH).at(-1)).toBe(`  +0:00  Run the tests · ${french}`);
});
