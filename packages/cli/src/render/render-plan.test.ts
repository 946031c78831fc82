import type { PlanReport, RolloutPower, TimelineEntry } from '@slipway/contract';
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

const ALONE = { kind: 'alone', weight: 100, hold: 60_000, requests: 3_000 } as const;

const POWER: RolloutPower = {
  perSecond: 50,
  weakest: ['errors', null],
  noPromise: { conditions: ['errors.new < 0.05'], gauges: [] },
  metrics: [
    {
      kind: 'ratio',
      metric: 'errors',
      better: 'lower',
      perSecond: 50,
      dispersion: 1,
      falseAlarms: 0.005,
      usual: 0.003,
      isAssumed: true,
      sought: 0.01,
      allowed: 0.0043,
      shares: [
        {
          kind: 'compared',
          weight: 5,
          hold: 120_000,
          requests: 300,
          finds: { half: 0.05, most: 0.08 },
          chance: { before: 0, after: 0.1 },
          seconds: { half: 120, most: 240 },
          secondsIfNew: 120,
          weightNeeded: 12,
        },
        ALONE,
      ],
    },
    { kind: 'unknown', metric: 'latency', why: 'usual' },
  ],
};

describe('what a rollout can find', () => {
  const timeline = REPORT.timeline.map((entry) => (entry.id === 'rollout' ? { ...entry, power: POWER } : entry));

  test('is told share by share in 80 columns, after what it does', () => {
    const lines = renderPlan({ ...REPORT, timeline }, screen({ width: 80 }));
    const first = lines.findIndex((line) => line.includes('what each share finds'));
    expect(lines.slice(first - 1, first + 11)).toEqual([
      '          └ 100 % · for 15 minutes',
      '          └ what each share finds in 9 of 10 launches, at 50 requests/s:',
      '            errors: 0.3 % bad on the old version (assumed), false alarms 0.5 %',
      '            latency: what it can find is not known: its margin or limit is a',
      '            time, so say what is usual, such as usual: 300ms',
      '            no promise of what is found by errors.new < 0.05',
      '            · 5 % · 300 requests: finds errors from 8 %; not known of latency',
      '              ▲ errors: cannot tell 1 % from 0.3 %; needs 4 min, or 12 % of',
      '                traffic',
      '            · 100 % · 3,000 requests: nothing to compare with, all traffic is on',
      '              the new version; not known of latency',
      '          └ if it fails: rolls back by itself',
    ]);
  });

  test('and in French', () => {
    const lines = renderPlan({ ...REPORT, timeline }, screen({ width: 120, messages: messagesFor('fr') }));
    const plainly = lines.map((line) => line.replaceAll(/[\u00A0\u202F]/g, ' '));
    expect(plainly).toContain('            · 5 % · 300 requêtes : trouve errors dès 8 % ; inconnu pour latency');
    expect(plainly).toContain(
      '              ▲ errors : ne distingue pas 1 % de 0,3 % ; il faut 4 min, ou 12 % du trafic',
    );
  });

  test('is asked for in one line at the end where the traffic is not known', () => {
    const lines = renderPlan({ ...REPORT, trafficUnknown: ['production', 'eu'] }, screen({ width: 120 }));
    expect(lines.slice(-2)).toEqual([
      '',
      'what each share can find is not known: say what traffic production, eu has, such as traffic: 50/s',
    ]);
  });
});
