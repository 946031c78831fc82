import type { LaunchEvent } from '@slipway/core';
import type { LiveLook } from '@slipway/engine';
import { describe, expect, test } from 'vitest';
import { phasesOf } from './steps.ts';
import { at, begun, CANARY, done, ended, FAILED, failed, planned, rollingOut, turningBack } from './testing/events.ts';
import { darkAfter, launchAfter, rolledAfter, T0 } from './testing/launches.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const rollout = 'rollout-production';
const watch = (mode: 'watch' | 'guard'): LaunchEvent => ({ type: 'watch-started', step: rollout, mode });
const go: LaunchEvent = {
  type: 'vote-cast',
  step: 'go-no-go',
  vote: 'go',
  roles: ['release-manager'],
  reason: '',
  basis: { seq: 1, hash: 'hash-1' },
};

interface Doing {
  readonly doing: string;
  readonly step: string;
  readonly after: readonly LaunchEvent[];
  readonly state: string;
  readonly en: string;
  readonly fr: string;
}

const RESTING: readonly Doing[] = [
  { doing: 'waits', step: 'smoke-tests', after: [], state: 'waiting', en: '', fr: '' },
  {
    doing: 'passed',
    step: 'smoke-tests',
    after: [...at('smoke-tests'), { type: 'step-passed', step: 'smoke-tests', summary: '2 of 2 pages' }],
    state: 'passed',
    en: '2 of 2 pages',
    fr: '2 of 2 pages',
  },
  {
    doing: 'failed',
    step: 'smoke-tests',
    after: [...at('smoke-tests'), { type: 'step-failed', step: 'smoke-tests', reason: 'exit 1' }],
    state: 'failed',
    en: 'exit 1',
    fr: 'exit 1',
  },
  {
    doing: 'skipped',
    step: 'smoke-tests',
    after: [...at('smoke-tests'), { type: 'step-skipped', step: 'smoke-tests', reason: 'known' }],
    state: 'skipped',
    en: 'skipped: known',
    fr: 'passé outre : known',
  },
];

const active = (doing: string, step: string, after: readonly LaunchEvent[]) => ({
  doing,
  step,
  after,
  state: 'active',
});

const ACTIVE: readonly Doing[] = [
  { ...active('checks', 'smoke-tests', at('smoke-tests')), en: 'checks', fr: 'vérifie' },
  {
    ...active('runs a command with what is known filled in', 'count-the-users', at('count-the-users')),
    en: 'runs node count.ts 2.1.0',
    fr: 'lance node count.ts 2.1.0',
  },
  {
    ...active('will try again', 'smoke-tests', [
      ...at('smoke-tests'),
      ...ended('smoke-tests:0.0', failed('no answer', true)),
    ]),
    en: 'tries again after: no answer',
    fr: 'réessaie après : no answer',
  },
  {
    ...active('waits for a time', 'ten-quiet-minutes', at('ten-quiet-minutes')),
    en: 'until 2026-11-24T09:10:01.000Z',
    fr: "jusqu'à 2026-11-24T09:10:01.000Z",
  },
  {
    ...active('waits for all votes', 'go-no-go', at('go-no-go')),
    en: 'waits for 2 GO from release-manager, 1 GO from support-lead',
    fr: 'attend 2 GO de release-manager, 1 GO de support-lead',
  },
  {
    ...active('waits for the votes that are left', 'go-no-go', [...at('go-no-go'), go]),
    en: 'waits for 1 GO from release-manager, 1 GO from support-lead',
    fr: 'attend 1 GO de release-manager, 1 GO de support-lead',
  },
  {
    ...active('waits for a proof', 'macros-ready', at('macros-ready')),
    en: 'waits for a person',
    fr: 'attend une personne',
  },
  {
    ...active('waits for a phrase', 'mail-the-customers', at('mail-the-customers')),
    en: 'waits for a person',
    fr: 'attend une personne',
  },
  { ...active('tells', 'it-is-live', at('it-is-live')), en: 'tells team', fr: 'prévient team' },
  { ...active('locks', rollout, at(rollout)), en: 'takes production', fr: 'prend production' },
  {
    ...active('surveys', rollout, at(rollout, 1)),
    en: 'looks what runs in production',
    fr: 'regarde ce qui tourne dans production',
  },
  { ...active('starts', rollout, rollingOut(2)), en: 'starts 2.1.0', fr: 'démarre 2.1.0' },
  {
    ...active('shifts', rollout, rollingOut(3)),
    en: '5 % to 2.1.0, 95 % to 1.0.0',
    fr: '5 % vers 2.1.0, 95 % vers 1.0.0',
  },
  { ...active('watches', rollout, CANARY), en: 'watches', fr: 'observe' },
  {
    ...active('watches on after no verdict', rollout, [...CANARY, watch('watch')]),
    en: 'goes on watching until it can tell',
    fr: "continue d'observer jusqu'à pouvoir trancher",
  },
  {
    ...active('guards while held', rollout, [...CANARY, watch('guard')]),
    en: 'passed; watched for as long as the launch is held',
    fr: 'réussi ; observé tant que le lancement est suspendu',
  },
  {
    ...active('stops the old version', rollout, rollingOut(7)),
    en: 'drains and stops 1.0.0',
    fr: 'vide puis arrête 1.0.0',
  },
];

describe('a step', () => {
  test.each([...RESTING, ...ACTIVE])('that $doing ($step)', ({ step, after, state, en: english, fr: french }) => {
    const launch = launchAfter(...after);
    const [shown, montre] = [en, fr].map((words) =>
      phasesOf(launch, words)
        .flatMap((phase) => phase.steps)
        .find(({ id }) => id === step),
    );
    expect(shown).toMatchObject({ state, detail: english });
    expect(montre).toMatchObject({ state, detail: french });
  });

  test.each<[string, readonly LaunchEvent[], number | null]>([
    ['waits: no time', [], null],
    ['is active: since it began', at('smoke-tests'), T0 + 1000],
    [
      'failed: since it began',
      [...at('smoke-tests'), { type: 'step-failed', step: 'smoke-tests', reason: '' }],
      T0 + 1000,
    ],
    [
      'passed: since then',
      [...at('smoke-tests'), { type: 'step-passed', step: 'smoke-tests', summary: '' }],
      T0 + 2000,
    ],
    [
      'is skipped: since then',
      [...at('smoke-tests'), { type: 'step-skipped', step: 'smoke-tests', reason: '' }],
      T0 + 2000,
    ],
  ])('that %s', (_, after, since) => {
    expect(phasesOf(launchAfter(...after), en)[0]?.steps[0]?.since).toBe(since);
  });
});

describe('a step that rolls', () => {
  const roll = `${rollout}:2.0`;
  const progress = (instances: number) =>
    ({ kind: 'rolled', instances, of: 4, weights: { '2.1.0': 20, '1.0.0': 80 } }) as const;
  const noted = (instances: number): LaunchEvent => ({ type: 'effect-noted', effect: roll, note: progress(instances) });
  test.each<[string, readonly LaunchEvent[], string, string]>([
    [
      'begins',
      [begun(roll)],
      'rolls 2.1.0: to 5 % of the instances',
      "déploie 2.1.0 par lots : jusqu'à 5 % des instances",
    ],
    [
      'has come to one',
      [begun(roll), noted(1)],
      'rolls 2.1.0: 1 of 4 instances',
      'déploie 2.1.0 par lots : 1 instance sur 4',
    ],
    [
      'has come to two',
      [begun(roll), noted(1), noted(2)],
      'rolls 2.1.0: 2 of 4 instances',
      'déploie 2.1.0 par lots : 2 instances sur 4',
    ],
    [
      'has ended',
      ended(roll, done(progress(3))),
      'rolls 2.1.0: 3 of 4 instances',
      'déploie 2.1.0 par lots : 3 instances sur 4',
    ],
  ])('and %s', (_, events, english, french) => {
    const launch = rolledAfter(...rollingOut(2), ...events);
    const details = [en, fr].map(
      (words) =>
        phasesOf(launch, words)
          .flatMap((phase) => phase.steps)
          .find(({ id }) => id === rollout)?.detail,
    );
    expect(details).toEqual([english, french]);
  });
});

describe('a step that gets copies only', () => {
  const look = (own: Partial<LiveLook>): LiveLook => ({
    step: rollout,
    environment: 'production',
    at: T0,
    elapsed: 1,
    hold: 2,
    standing: 'healthy',
    sentence: '',
    samples: 9,
    minSamples: 50,
    exposure: 0,
    firstBadAt: null,
    metrics: [],
    ...own,
  });
  test.each<[string, number, LiveLook | null, string, string]>([
    ['begins', 3, null, 'mirrors 5 % of requests to 2.1.0', 'copie 5 % des requêtes vers 2.1.0'],
    [
      'is watched, and nothing was seen',
      4,
      null,
      'mirrors 5 % of requests to 2.1.0',
      'copie 5 % des requêtes vers 2.1.0',
    ],
    [
      'is watched',
      4,
      look({ mirror: { compared: 1234, different: 3 } }),
      'mirrors 5 % of requests to 2.1.0: 1,234 compared, 3 different',
      'copie 5 % des requêtes vers 2.1.0 : 1\u202F234 comparées, 3 différentes',
    ],
    [
      'is watched, and nothing differs',
      4,
      look({ mirror: { compared: 1, different: 0 } }),
      'mirrors 5 % of requests to 2.1.0: 1 compared, 0 different',
      'copie 5 % des requêtes vers 2.1.0 : 1 comparée, 0 différente',
    ],
    [
      'is watched while something else is looked at',
      4,
      look({ step: 'other', mirror: { compared: 1, different: 0 } }),
      'mirrors 5 % of requests to 2.1.0',
      'copie 5 % des requêtes vers 2.1.0',
    ],
    ['ends', 7, null, '100 % to 1.0.0', '100 % vers 1.0.0'],
    ['takes the new version away', 8, null, 'drains and stops 2.1.0', 'vide puis arrête 2.1.0'],
  ])('and %s', (_, move, seen, english, french) => {
    const launch = darkAfter(...rollingOut(move));
    const details = [en, fr].map(
      (words) =>
        phasesOf(launch, words, seen)
          .flatMap((phase) => phase.steps)
          .find(({ id }) => id === rollout)?.detail,
    );
    expect(details).toEqual([english, french]);
  });
});

describe('once a launch turns back', () => {
  const judged = turningBack({ kind: 'verdict', step: rollout, verdict: FAILED });
  const before: readonly LaunchEvent[] = [
    ...at('smoke-tests'),
    { type: 'step-passed', step: 'smoke-tests', summary: 'ok' },
    ...at('go-no-go'),
  ];
  test.each<[string, readonly LaunchEvent[]]>([
    ['and stops what is in flight', [judged]],
    ['and undoes', [judged, planned([])]],
    ['and cannot', [judged, planned([]), { type: 'launch-ended', as: 'rollback-incomplete' }]],
    ['and has', [judged, planned([]), { type: 'launch-ended', as: 'rolled-back' }]],
    ['before production', [judged, planned([]), { type: 'launch-ended', as: 'scrubbed' }]],
  ])('%s, what was active is stopped and what was to come is not reached', (_, after) => {
    const launch = launchAfter(...before, ...after);
    const [english, french] = [en, fr].map((words) => phasesOf(launch, words));
    const shown = (phases: typeof english) =>
      Object.fromEntries(
        phases?.flatMap(({ steps }) => steps.map(({ id, state, since, detail }) => [id, { state, since, detail }])) ??
          [],
      );
    expect(shown(english)).toMatchObject({
      'smoke-tests': { state: 'passed', detail: 'ok' },
      'go-no-go': { state: 'stopped', since: null, detail: 'stopped before its end' },
      'rollout-production': { state: 'waiting', since: null, detail: 'not reached' },
    });
    expect(shown(french)).toMatchObject({
      'go-no-go': { state: 'stopped', detail: 'arrêté avant la fin' },
      'rollout-production': { detail: 'pas atteint' },
    });
    expect(english?.map(({ state }) => state)).toEqual(['stopped', 'waiting']);
  });
});

describe('a phase', () => {
  const gate = launchAfter().plan.phases[0]?.steps ?? [];
  const passed = gate.map((step): LaunchEvent => ({ type: 'step-passed', step, summary: '' }));
  test.each<[string, readonly LaunchEvent[]]>([
    ['waiting', []],
    ['active', at('smoke-tests')],
    ['active', passed.slice(1)],
    ['failed', [...at('smoke-tests'), { type: 'step-failed', step: 'smoke-tests', reason: '' }]],
    ['done', passed],
    ['done', [...passed.slice(1), { type: 'step-skipped', step: 'smoke-tests', reason: 'known' }]],
  ])('is %s after %j', (state, after) => {
    expect(phasesOf(launchAfter(...after), en)[0]).toMatchObject({ name: 'gate', state });
  });
});
