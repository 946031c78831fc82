import { ABSENT, type Actor, evolve, type Launch, type LaunchEvent, type State } from '@slipway/core';
import { createPlanLanguage, parsePlan, type Plan } from '@slipway/plan';
import { registry } from '@slipway/providers';

/** 2026-11-24T09:00:00Z. */
export const T0 = 1_795_510_800_000;

const RITA: Actor = { kind: 'person', id: 'rita@shop.example' };

const TEXT = `launch: shop
title: A new version of the shop
artifact: { name: shop, version: 2.1.0 }
people:
  release-manager: [rita@shop.example, remy@shop.example]
  support-lead: [sam@shop.example]
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts] } }
    router: { builtin: { listen: 8080 } }
metrics:
  errors: { from: router, ratio: server-errors }
channels:
  team: { file: { path: announcements.md } }
phases:
  - phase: gate
    steps:
      - check: Smoke tests
        command: { argv: [ls] }
      - run: Count the users
        command: [node, count.ts, '{{ artifact.version }}']
        effect: read-only
      - task: Macros ready
        owner: support-lead
        proof: url
      - task: Guide written
        owner: support-lead
        proof: text
      - wait: Ten quiet minutes
        for: 10m
      - signoff: go-no-go
        by: { release-manager: 2, support-lead: 1 }
  - phase: production
    steps:
      - run: Mail the customers
        command: [node, mail.ts]
        effect: executive
        confirm: mail them
        undo: { none: a mail cannot be unsent }
      - run: Tag the release
        command: [git, tag, 'v{{ artifact.version }}']
        effect: executive
        undo: { command: [git, tag, --delete, 'v{{ artifact.version }}'] }
      - rollout: production
        strategy: canary
        while: [errors.new < 0.01]
        min-samples: 50
        steps: [{ weight: 5, hold: 8s }, { weight: 100, hold: 8s }]
      - announce: It is live
        about: production
        to: [team]
        text: It is live.
`;

function planOf(text: string): Plan {
  const parsed = parsePlan(text, { file: 'launch.yaml', language: createPlanLanguage(registry) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
}

const PLAN = planOf(TEXT);
const DARK = planOf(
  TEXT.replace('strategy: canary', 'id: rollout-production\n        strategy: dark-launch').replace(
    / {6}- announce[^]*/,
    '',
  ),
);
const TELLING = planOf(
  TEXT.replace(/environments:[^]*(?=channels:)/, '')
    .replace(/phases:[^]*(?=      - announce)/, 'phases:\n  - phase: tell\n    steps:\n')
    .replace(/ {8}about.*\n/, ''),
);
const ROLLING = planOf(TEXT.replace('strategy: canary', 'strategy: rolling'));

/** The shop's launch after these events, a second apart; each by a person, which no view tells apart. */
export function launchAfter(...events: readonly LaunchEvent[]): Launch {
  return launchOf(PLAN, events);
}

/** One that only announces. */
export function tellingAfter(...events: readonly LaunchEvent[]): Launch {
  return launchOf(TELLING, events);
}

/** The same where production is rolled, instance by instance. */
export function rolledAfter(...events: readonly LaunchEvent[]): Launch {
  return launchOf(ROLLING, events);
}

/** The same where production gets copies of requests only. */
export function darkAfter(...events: readonly LaunchEvent[]): Launch {
  return launchOf(DARK, events);
}

/** Any plan's launch after these events. */
export function launchOf(plan: Plan, events: readonly LaunchEvent[]): Launch {
  const started: LaunchEvent = {
    type: 'launch-started',
    launch: 'shop-1',
    plan,
    planDigest: 'abc',
    directory: '.',
    t0: T0,
  };
  const folded = [started, ...events].reduce<State>(
    (state, event, index) =>
      evolve(state, { seq: index + 1, at: T0 + index * 1000, actor: RITA, event, hash: `hash-${index + 1}` }),
    ABSENT,
  );
  if (folded.is === 'absent') throw new Error('the launch did not start');
  return folded;
}
