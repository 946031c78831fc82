import { type Effect, evolve, ABSENT, type Launch, pending, decide, type Outcome, type State } from '@slipway/core';
import type { LiveLook } from '@slipway/engine';
import { createPlanLanguage, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { reportPlan } from '../plans/report.ts';
import { headlineOf } from './headline.ts';
import { launchView } from './launch-view.ts';
import { phasesOf } from './steps.ts';
import { wayBackOf } from './way-back.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const planText = (steps: string, keys = ''): string => `launch: shop
artifact: { name: shop, version: 2.1.0 }
environments: { production: { tier: production } }
metrics:
  orders: { from: prometheus, url: 'http://127.0.0.1:9090', ratio: { bad: b, total: t } }
segments: { internal: { email: { ends-with: "@shop.example" } } }
phases:
  - phase: production
    steps:
      - { rollout: production, by: flag, flag: one-click, while: [orders.new < 0.01], steps: ${steps}${keys} }
`;
const RINGS = '[{ segment: internal, hold: 10m }, { weight: 5, hold: 30m }, { weight: 100, hold: 1h }]';
const STEP = 'rollout-one-click';
const language = createPlanLanguage(registry);

const DATA: Readonly<Record<string, Outcome>> = {
  'flag-survey': told({ kind: 'survey', current: 'off' }),
  observe: told({
    kind: 'verdict',
    verdict: {
      decision: 'pass',
      culprit: null,
      sentence: 'well',
      findings: [],
      samples: 1,
      exposure: 1,
      firstBadAt: null,
      from: 0,
      to: 1,
    },
  }),
};

function told(data: Extract<Outcome, { result: 'done' }>['data']): Outcome {
  return { result: 'done', evidence: { summary: 'done', items: [] }, data };
}

/** A launch that has done so many effects; `begin`: the next one is under way. */
function launchAfter(effects: number, asked: 'goes on' | 'called off' = 'goes on'): Launch {
  const parsed = parsePlan(planText(RINGS), { file: 'launch.yaml', language });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  let state: State = ABSENT;
  const actor = { kind: 'person', id: 'ann' } as const;
  const tell = (command: Parameters<typeof decide>[1]): void => {
    const decision = decide(state, command, { now: 0, actor });
    if (!decision.ok) throw new Error(decision.rejection.message);
    for (const draft of decision.drafts) {
      const seq = state.is === 'absent' ? 1 : state.head.seq + 1;
      state = evolve(state, { ...draft, seq, at: 0, hash: String(seq) });
    }
  };
  const next = (): Effect | undefined => (state.is === 'absent' ? undefined : pending(state, 0).effects[0]);
  const run = (effect: Effect): void => {
    tell({ type: 'begin-effect', effect: effect.id, again: false });
    const outcome = DATA[effect.work.kind] ?? told({ kind: 'none' });
    tell({ type: 'settle-effect', effect: effect.id, attempt: 1, outcome });
  };
  tell({ type: 'start', launch: 'shop-1', plan: parsed.plan, planDigest: '', directory: '/' });
  for (let count = 0; count < effects; count += 1) {
    const effect = next();
    if (effect !== undefined) run(effect);
  }
  if (asked === 'called off') {
    tell({ type: 'rollback', reason: 'no' });
    for (let effect = next(); effect !== undefined; effect = next()) run(effect);
  }
  if (state.is === 'absent') throw new Error('no launch');
  return state as Launch;
}

const detail = (launch: Launch, words: typeof en): string => phasesOf(launch, words)[0]?.steps[0]?.detail ?? '';

describe('a rollout by flag on a screen', () => {
  test.each([
    [0, 'takes one-click in production', 'prend one-click dans production'],
    [1, 'looks what one-click serves in production', 'regarde ce que sert one-click dans production'],
    [2, 'one-click: on for internal', 'one-click : on pour internal'],
    [3, 'one-click: on for internal; watches', 'one-click : on pour internal ; observe'],
    [
      5,
      'one-click: on for internal and 5 % of everybody; watches',
      'one-click : on pour internal et 5 % de tous ; observe',
    ],
    [7, 'one-click: on for everybody; watches', 'one-click : on pour tout le monde ; observe'],
  ])('after %i effects', (effects, english, french) => {
    const launch = launchAfter(effects);
    expect([detail(launch, en), detail(launch, fr)]).toEqual([english, french]);
  });

  test('says how it is taken back once it has begun', () => {
    expect(wayBackOf(launchAfter(2), en)).toEqual([]);
    const launch = launchAfter(3);
    const item = { step: STEP, state: 'planned' };
    expect(wayBackOf(launch, en)).toEqual([{ ...item, text: 'one-click is switched off for everybody' }]);
    expect(wayBackOf(launch, fr)).toEqual([{ ...item, text: 'one-click est éteint pour tout le monde' }]);
  });

  test('ends with what became of flags, not of versions', () => {
    expect(headlineOf(launchAfter(9), en)).toBe(
      'Completed: the flags of shop 2.1.0 are on for those to whom they were ramped',
    );
    expect(headlineOf(launchAfter(4, 'called off'), en)).toBe('Rolled back, verified: the flags are off for everybody');
    expect(headlineOf(launchAfter(4, 'called off'), fr)).toBe(
      'Retour en arrière vérifié : les flags sont éteints pour tous',
    );
  });

  test.each([
    [3, null],
    [7, 100],
  ])('after %i effects has the share %j of the people', (effects, weight) => {
    const look: LiveLook = {
      step: STEP,
      environment: 'production',
      at: 0,
      elapsed: 0,
      hold: 1,
      standing: 'healthy',
      sentence: 'well',
      samples: 5,
      minSamples: 1,
      exposure: 1,
      firstBadAt: null,
      metrics: [],
    };
    const live = { look, activity: {} };
    const view = launchView(launchAfter(effects), live, 'en');
    expect(view.look?.weight).toBe(weight);
    expect(view.environments[0]).toMatchObject({ split: [], splitVerified: false, verified: null });
  });
});

describe('the plan of a rollout by flag', () => {
  const report = (text: string) => reportPlan(language, { text, file: 'launch.yaml' }, 0);

  test('says who has the variant at each step, and how it is taken back', () => {
    const { problems, timeline } = report(planText(RINGS));
    expect(problems).toEqual([]);
    expect(timeline[0]).toMatchObject({
      title: 'Ramp one-click in production',
      what: [
        'one-click: on for internal, for 10m',
        'one-click: on for internal and 5 % of everybody, for 30m',
        'one-click: on for everybody, for 1h',
        'while orders.new < 0.01',
      ],
      wayBack: 'switch one-click off for everybody',
      power: null,
    });
  });

  test('tells what shares of everybody can find, where the plan says how many are counted', () => {
    const judged = ', judge: { orders: { usual: 1%, traffic: 50/s } }';
    const shares = '[{ weight: 5, hold: 10m }, { weight: 100, hold: 1h }]';
    const told = report(planText(shares, judged).replace(/segments.*\n/, '')).timeline[0]?.power;
    expect(told?.metrics[0]).toMatchObject({ metric: 'orders', shares: [{ weight: 5 }, { weight: 100 }] });
    expect(report(planText(RINGS, judged)).timeline[0]?.power).toBeNull();
  });
});
