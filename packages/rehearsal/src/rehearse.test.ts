import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';
import { GO_LIVE } from './testing/go-live-plan.ts';
import { inject, rehearse, type RehearsalOrder, UnknownScenario } from './rehearse.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const example = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../../examples/${name}/launch.yaml`), 'utf8');

function orderOf(text: string): RehearsalOrder {
  const read = readPlan(
    { text, file: 'launch.yaml', ...(text === GO_LIVE ? {} : { artifactVersion: '2.2.0' }) },
    registry,
  );
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { plan: read.plan, policy: read.policy, now: NOW };
}

const SMALL = (steps: string, more = '') => `
launch: small
title: Small
artifact: { name: app, version: 2.2.0 }
zone: UTC
people: { lead: [lead@example.com] }
environments: { production: { tier: production, target: { process: { command: [node, app.ts] } } } }
channels: { team: { file: { path: a.md } } }
phases:
  - phase: production
    steps:
      - run: Migrate
        command: [migrate]
        effect: executive
        environment: production
        verify: [migrate, --check]
${steps}
${more}
`;

describe('a rehearsal of an example', { timeout: 120_000 }, () => {
  test('flag-rollout: every way back ends as the plan wants, and nothing is left out', async () => {
    const report = await rehearse(orderOf(example('flag-rollout')));
    expect(report.scenarios.filter(({ isGood, isMet }) => !isGood || !isMet)).toEqual([]);
    expect(report.never).toEqual({
      steps: [],
      announcements: [],
      waysBack: [],
      noWayBack: [],
      conditions: [],
      faults: [],
    });
    expect(report.scenarios.map(({ id }) => id)).toContain('bad:everybody@25');
  });

  const injected: [id: string, end: string, about: object][] = [
    ['good', 'completed', { cause: null, detectedAfter: null }],
    ['no-go:go-no-go', 'scrubbed', { detectedAfter: 0 }],
    ['bad:rollout-production@25', 'rolled-back', { detectedAfter: 1_000 }],
    ['silent:rollout-production@5', 'rolled-back', { detectedAfter: 30_000 }],
    ['crash:deploy-staging:work-after', 'completed', {}],
    ['crash:~way-back:start-after', 'rolled-back', {}],
    ['unknown:tag-the-release', 'completed', { asked: [{ kind: 'go' }, { kind: 'answer' }] }],
    ['mute:team', 'completed', { messages: [{ isSent: false }, { isSent: false }] }],
  ];
  test.each(injected)('shop: %s', async (id, end, about) => {
    const { scenario, log } = await inject(orderOf(example('shop')), id);
    expect(scenario).toMatchObject({ id, end, isGood: true, isMet: true, broken: [], ...about });
    expect(log.at(0)?.event.type).toBe('launch-started');
  });

  const longOnes: [id: string, end: string][] = [
    ['good', 'completed'],
    ['crash:migrate-staging:start-after', 'completed'],
    ['crash:~announcements:start-after', 'completed'],
    ['silent:soak-24h', 'scrubbed'],
    ['bad:rollout-production@100', 'rolled-back'],
  ];
  test.each(longOnes)('48 hours with a calendar: %s', async (id, end) => {
    const { scenario, log } = await inject(orderOf(GO_LIVE), id);
    expect(scenario).toMatchObject({ end, isGood: true, isMet: true, broken: [] });
    // Where production is begun at all, in office hours.
    const begun = log.filter(({ event }) => event.type === 'effect-started' && event.effect.startsWith('backup'));
    const hours = begun.slice(0, 1).map(({ at }) => new Date(at).getUTCHours());
    expect(hours.filter((hour) => hour < 9 || hour > 14)).toEqual([]);
  });

  test('a scenario that the plan does not have is refused with those that it has', async () => {
    await expect(inject(orderOf(example('flag-rollout')), 'bad:nothing')).rejects.toThrow(UnknownScenario);
  });
});

describe('what a rehearsal finds', { timeout: 60_000 }, () => {
  test('a step that has no way back', async () => {
    const report = await rehearse(orderOf(SMALL('        undo: { none: it cannot be undone }')));
    expect(report.never.noWayBack).toEqual([{ step: 'migrate', because: 'it cannot be undone' }]);
    const back = report.scenarios.find(({ id }) => id === 'abort:production');
    expect(back?.leftDone).toEqual([{ step: 'migrate', because: 'it cannot be undone' }]);
  });

  test('an announcement that never leaves', async () => {
    const soaking = "announcements: [{ on: soaking, to: [team], title: It soaks, text: 'x' }]";
    const report = await rehearse(orderOf(SMALL('        undo: { command: [migrate, down] }', soaking)));
    expect(report.never.announcements).toEqual([{ on: 'soaking', title: 'It soaks' }]);
    expect(report.never.waysBack).toEqual([]);
  });
});

test('people prove a figure by a figure', async () => {
  const text = `
launch: small
artifact: { name: app, version: 2.2.0 }
people: { lead: [lead@example.com] }
phases:
  - phase: gate
    steps: [{ task: Read the load, owner: lead, proof: value }]
`;
  const report = await rehearse(orderOf(text));
  expect(report.scenarios[0]).toMatchObject({ id: 'good', end: 'completed', isGood: true });
});

test.each([
  ['deploys', 'router: { builtin: { listen: 8081 } } } }', '- deploy: production'],
  [
    'runs a command',
    '} }',
    '- { run: Migrate, command: [migrate], effect: executive, undo: { command: [migrate, --back] } }',
  ],
])('a plan of one step that %s goes back when it has changed something', async (_what, router, step) => {
  const report = await rehearse(
    orderOf(`
launch: small
artifact: { name: app, version: 2.2.0 }
environments: { production: { tier: production, target: { process: { command: [node, app.ts] } }${router === '} }' ? '' : ','} ${router}
phases:
  - phase: production
    steps:
      ${step}
`),
  );
  expect(report.scenarios.filter(({ isGood }) => !isGood)).toEqual([]);
  const back = report.scenarios.find(({ id }) => id === 'rollback:production');
  expect(back).toMatchObject({ end: 'rolled-back', isMet: true });
});
