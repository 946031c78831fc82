import { describe, expect, test } from 'vitest';
import { planOf, withSteps } from '../testing/problems.ts';
import { formatDuration } from '../text/duration.ts';
import { formatTOffset } from '../text/t-offset.ts';
import { summarizeTimeline, timeline } from './timeline.ts';
import type { TimelineEntry } from './timeline-entry.ts';

const T0 = Date.parse('2026-11-24T10:00:00Z');
const MINUTE = 60_000;

/** What a plan does when it starts at `start`, in milliseconds from T-0 where the plan has one. */
function entriesOf(steps: string, { head = '', start = 0 } = {}): readonly TimelineEntry[] {
  return timeline(planOf(withSteps(steps).replace('people:', `${head}people:`)), T0 + start);
}

/** `T-0 a 10m known`: when, what, how long at least, and whether exactly that long. */
const times = (entries: readonly TimelineEntry[]): readonly string[] =>
  entries.map(({ tOffset, id, leastMs, known }) => {
    const exact = known ? 'exactly' : 'at least';
    return `${formatTOffset(tOffset)} ${id} ${exact} ${formatDuration(leastMs)}`;
  });

const AT_TEN = 't0: 2026-11-24T10:00\n';
const ROLLOUT =
  "- rollout: production\n  strategy: canary\n  while: ['errors.new < 1']\n  steps: [{ weight: 5, hold: 10m }, { weight: 100, hold: 30m }]";
const SOAK = "- soak: staging\n  for: 48h\n  while: ['errors.new < 1']";
const RUN = '- run: A\n  command: [x, y]\n  effect: executive\n';

describe('times', () => {
  test.each([
    ['one after the other', '- wait: A\n  for: 10m\n- wait: B\n  for: 5m', ['T-0 a exactly 10m', 'T+10m b exactly 5m']],
    [
      'side by side',
      '- wait: A\n  for: 10m\n- wait: B\n  for: 5m\n  needs: []',
      ['T-0 a exactly 10m', 'T-0 b exactly 5m'],
    ],
    [
      'the later of two needs counts',
      '- wait: A\n  for: 10m\n- wait: B\n  for: 5m\n  needs: []\n- wait: C\n  for: 1m\n  needs: [b, a]',
      ['T-0 a exactly 10m', 'T-0 b exactly 5m', 'T+10m c exactly 1m'],
    ],
    [
      'a need that comes later in the file',
      '- wait: A\n  for: 1m\n  needs: [b]\n- wait: B\n  for: 5m\n  needs: []',
      ['T+5m a exactly 1m', 'T-0 b exactly 5m'],
    ],
    [
      'soaks and the shares of a rollout',
      `${SOAK}\n${ROLLOUT}`,
      ['T-0 soak-staging exactly 2d', 'T+2d rollout-production exactly 40m'],
    ],
    [
      'nobody knows how long commands and people take',
      '- deploy: staging\n- signoff: Go\n  by: { rm: 1 }\n- check: C\n  git: {}\n- task: T\n  owner: rm\n- announce: N\n  to: [team]\n  text: hi',
      ['deploy-staging', 'go', 'c', 't', 'n'].map((id) => `T-0 ${id} at least 0s`),
    ],
  ])('%s', (_, steps, lines) => {
    expect(times(entriesOf(steps))).toEqual(lines);
  });

  test.each([
    ['before T-0', -60 * MINUTE, ['T-1h a exactly 10m', 'T-50m b exactly 50m', 'T-0 c exactly 1m']],
    ['too late for it', 5 * MINUTE, ['T+5m a exactly 10m', 'T+15m b exactly 0s', 'T+15m c exactly 1m']],
  ])('a wait until T-0, started %s', (_, start, lines) => {
    const steps = '- wait: A\n  for: 10m\n- wait: B\n  until: T-0\n- wait: C\n  for: 1m';
    expect(times(entriesOf(steps, { head: AT_TEN, start }))).toEqual(lines);
  });

  test('the same times as moments', () => {
    const entries = entriesOf('- wait: A\n  for: 10m\n- wait: B\n  for: 5m', { head: AT_TEN, start: -MINUTE });
    expect(entries.map(({ earliestStart }) => earliestStart - T0)).toEqual([-MINUTE, 9 * MINUTE]);
  });
});

describe('what a step does, where, and how it is taken back', () => {
  const back = (router: string): string => `${router}, then stop 1.0.0`;
  const traffic = back('traffic back to the previous version');
  test.each([
    ['- check: A\n  git: {}', 'read-only', null, null],
    ['- run: A\n  command: [x]\n  effect: read-only\n  environment: production', 'read-only', 'production', null],
    [`${RUN}  undo: { command: [z, up] }`, 'executive', null, 'run z up'],
    [`${RUN}  environment: staging\n  undo: { none: gone }`, 'executive', 'staging', 'none: gone'],
    ['- deploy: staging', 'executive', 'staging', traffic],
    ['- deploy: bare', 'executive', 'bare', back('bring the previous version back')],
    [ROLLOUT, 'executive', 'production', traffic],
    [SOAK, 'read-only', 'staging', null],
    ['- signoff: A\n  by: { rm: 1 }', 'person', null, null],
    ['- task: A\n  owner: rm', 'person', null, null],
    ['- announce: A\n  to: [team]\n  text: hi', 'message', null, 'a message cannot be unsent'],
    ['- wait: A\n  for: 1s', 'wait', null, null],
  ])('%s', (step, effect, environment, wayBack) => {
    expect(entriesOf(step)).toMatchObject([{ effect, environment, wayBack, phase: 'main' }]);
  });

  test('a message is followed by the announcement of a rollback, where there is one', () => {
    const head = 'announcements: [{ on: rolled-back, to: [team], title: T, text: T }]\n';
    const [entry] = entriesOf('- announce: A\n  to: [team]\n  text: hi', { head });
    expect(entry?.wayBack).toBe('a message cannot be unsent; the announcement on rolled-back follows it');
  });
});

test.each([
  ['a command that names no environment', `${RUN}  undo: { command: [z] }`, true, false],
  ['a command in production', `${RUN}  environment: production\n  undo: { command: [z] }`, true, false],
  ['a command in staging', `${RUN}  environment: staging\n  undo: { command: [z] }`, false, false],
  ['a command without a way back', `${RUN}  environment: staging\n  undo: { none: gone }`, false, true],
  ['a look at production', '- run: A\n  command: [x]\n  effect: read-only\n  environment: production', false, false],
  ['a rollout to production', ROLLOUT, true, false],
  ['a deploy to staging', '- deploy: staging', false, false],
  ['a soak in production', SOAK.replace('staging', 'production'), false, false],
])('%s: touches production %s, point of no return %s', (_, step, touchesProduction, pointOfNoReturn) => {
  expect(entriesOf(step)).toMatchObject([{ touchesProduction, pointOfNoReturn }]);
});

test.each([
  ['- signoff: A\n  by: { rm: 1 }', ['rm: 1 GO of 2 (ann@shop, bob@shop)']],
  ['- signoff: A\n  by: { rm: 2, qa: 1 }', ['rm: 2 GOs (ann@shop, bob@shop)', 'qa: 1 GO (cy@shop)']],
  ['- task: A\n  owner: qa\n  proof: url', ['qa: do it and give a url as proof (cy@shop)']],
  ['- task: A\n  owner: qa\n  due: T-30m', ['qa: do it and give a text as proof, due T-30m (cy@shop)']],
  [
    '- task: A\n  owner: qa\n  proof: { url: { contains: OK } }\n  valid-for: 24h',
    [
      'qa: do it and give a url as proof (cy@shop)',
      'the address is asked: it must answer 200 and contain "OK"',
      'a tick is too old after 1d',
    ],
  ],
  [`${RUN}  confirm: drop it\n  undo: { none: gone }`, ['someone: type "drop it"']],
  ['- deploy: staging', []],
])('who must act for %s', (step, who) => {
  expect(entriesOf(step)).toMatchObject([{ who }]);
});

test('a rollout tells its shares', () => {
  const stages = [
    { weight: 5, holdMs: 10 * MINUTE },
    { weight: 100, holdMs: 30 * MINUTE },
  ];
  expect(entriesOf(ROLLOUT)).toMatchObject([{ stages, onFail: 'rollback' }]);
});

describe('the figures', () => {
  test.each([
    ['- wait: A\n  for: 1m', { phases: 1, steps: 1, executive: 0, people: 0, shortestMs: MINUTE }],
    [
      `- wait: Side\n  for: 2h\n- deploy: staging\n  needs: []\n- signoff: Go\n  by: { rm: 1 }\n${ROLLOUT}`,
      { phases: 1, steps: 4, executive: 2, people: 1, shortestMs: 120 * MINUTE },
    ],
    [
      `${RUN}  confirm: yes\n  undo: { none: gone }\n- wait: B\n  for: 1m\n- wait: C\n  for: 1m`,
      { phases: 1, steps: 3, executive: 1, people: 1, shortestMs: 2 * MINUTE },
    ],
  ])('%s', (steps, figures) => {
    expect(summarizeTimeline(entriesOf(steps))).toEqual(figures);
  });

  test('of nothing are nothing', () => {
    expect(summarizeTimeline([])).toEqual({ phases: 0, steps: 0, executive: 0, people: 0, shortestMs: 0 });
  });
});
