import type { LaunchEvent } from '@slipway/core';
import type { Calendar, SoakStep } from '@slipway/plan';
import { describe, expect, test } from 'vitest';
import {
  at,
  begun,
  CANARY,
  done,
  ended,
  FAILED,
  failed,
  held,
  planned,
  RING,
  rollingOut,
  turningBack,
  undo,
} from './testing/events.ts';
import { launchAfter, launchOf } from './testing/launches.ts';
import { waitingForOf } from './waiting-for.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const step = 'rollout-production';
const stop = { kind: 'stop', environment: 'production', version: '2.1.0' } as const;
const back: readonly LaunchEvent[] = [
  turningBack({ kind: 'verdict', step, verdict: FAILED }),
  planned([undo(step, { ...stop, kind: 'restore' }), undo(step, stop)]),
];
const failing: readonly LaunchEvent[] = [
  ...back,
  ...ended('~undo:0.0', done()),
  ...ended('~undo:1.0', failed('exit 1')),
  { type: 'launch-ended', as: 'rollback-incomplete' },
];

const ALWAYS: Calendar = {
  zone: 'UTC',
  urgency: 'normal',
  windows: [],
  never: [],
  holidays: [],
  freezes: [],
  maintenance: [],
  officeHours: { days: null, from: 0, to: 1_440 },
  onFreeze: 'ask',
  override: null,
};

interface Asked {
  readonly when: string;
  readonly after: readonly LaunchEvent[];
  /** Who, what, how: one line each. */
  readonly en: readonly string[];
  readonly fr: readonly string[];
}

const ASKED: readonly Asked[] = [
  { when: 'nothing waits for people', after: at('smoke-tests'), en: [], fr: [] },
  {
    when: 'votes are missing',
    after: at('go-no-go'),
    en: [
      'release-manager | GO or NO-GO: go-no-go (2 more) | slipway approve go-no-go',
      'support-lead | GO or NO-GO: go-no-go | slipway approve go-no-go',
    ],
    fr: [
      'release-manager | GO ou NO-GO : go-no-go (encore 2) | slipway approve go-no-go',
      'support-lead | GO ou NO-GO : go-no-go | slipway approve go-no-go',
    ],
  },
  {
    when: 'a phrase is wanted',
    after: at('mail-the-customers'),
    en: ['anyone | confirm: Mail the customers | slipway confirm mail-the-customers'],
    fr: ['anyone | confirmer : Mail the customers | slipway confirm mail-the-customers'],
  },
  {
    when: 'a proof is wanted',
    after: [...at('macros-ready'), ...at('guide-written')],
    en: [
      'support-lead | Macros ready | slipway task done macros-ready --proof https://…',
      'support-lead | Guide written | slipway task done guide-written --proof …',
    ],
    fr: [
      'support-lead | Macros ready | slipway task done macros-ready --proof https://…',
      'support-lead | Guide written | slipway task done guide-written --proof …',
    ],
  },
  {
    when: 'a tick has grown too old, and a proof does not count',
    after: [
      ...at('macros-ready'),
      { type: 'step-passed', step: 'macros-ready', summary: 'done' },
      { type: 'tick-expired', step: 'macros-ready', tickedAt: 0, ask: 'person' },
      ...at('guide-written'),
      { type: 'proof-refused', step: 'guide-written', reason: 'status is 404' },
    ],
    en: [
      'support-lead | Macros ready (again: its tick of 1970-01-01 00:00:00 UTC has grown too old) | slipway task done macros-ready --proof https://…',
      'support-lead | Guide written (again: its proof does not count: status is 404) | slipway task done guide-written --proof …',
    ],
    fr: [
      'support-lead | Macros ready (à refaire : coche du 1970-01-01 00:00:00 UTC périmée) | slipway task done macros-ready --proof https://…',
      'support-lead | Guide written (à refaire : sa preuve ne compte pas : status is 404) | slipway task done guide-written --proof …',
    ],
  },
  {
    when: 'a person holds it, and a task is open besides',
    after: [...at('guide-written'), held({ kind: 'person', reason: 'lunch' })],
    en: [
      'operator | held by a person | slipway resume',
      'support-lead | Guide written | slipway task done guide-written --proof …',
    ],
    fr: [
      'operator | suspendu par une personne | slipway resume',
      'support-lead | Guide written | slipway task done guide-written --proof …',
    ],
  },
  {
    when: 'a step failed that changed nothing',
    after: [held({ kind: 'step-failed', step: 'smoke-tests', reason: 'exit 1' })],
    en: ['operator | smoke-tests failed | slipway retry smoke-tests   or   slipway skip smoke-tests --reason …'],
    fr: ['operator | smoke-tests a échoué | slipway retry smoke-tests   ou   slipway skip smoke-tests --reason …'],
  },
  {
    when: 'a step failed that had begun to change production',
    after: [...rollingOut(2), begun(`${step}:2.0`, step), held({ kind: 'step-failed', step, reason: 'exit 1' })],
    en: ['operator | rollout-production failed | slipway retry rollout-production   or   slipway rollback --reason …'],
    fr: [
      'operator | rollout-production a échoué | slipway retry rollout-production   ou   slipway rollback --reason …',
    ],
  },
  {
    when: 'a verdict could not tell',
    after: [...CANARY, held({ kind: 'verdict', step, decision: 'insufficient-data', sentence: 'too few' })],
    en: ['operator | no verdict on rollout-production | slipway resume   or   slipway rollback --reason …'],
    fr: ['operator | pas de verdict sur rollout-production | slipway resume   ou   slipway rollback --reason …'],
  },
  {
    when: 'an outcome is unknown',
    after: [held({ kind: 'unknown-outcome', step: 'tag-the-release', effect: 'tag-the-release:0.0', reason: 'died' })],
    en: [
      'operator | look whether tag-the-release was done | slipway answer tag-the-release:0.0 done|not-done --reason …',
    ],
    fr: [
      'operator | regarder si tag-the-release a été fait | slipway answer tag-the-release:0.0 done|not-done --reason …',
    ],
  },
  {
    when: 'launches wait for each other',
    after: [held({ kind: 'deadlock', step, waits: RING })],
    en: [
      'operator | call this launch off; or end blog-1, then retry | slipway abort --reason …   or   slipway retry rollout-production',
    ],
    fr: [
      'operator | annuler ce lancement ; ou terminer blog-1, puis réessayer | slipway abort --reason …   ou   slipway retry rollout-production',
    ],
  },
  { when: 'what is in flight is being stopped', after: back.slice(0, 1), en: [], fr: [] },
  { when: 'it is being undone', after: back, en: [], fr: [] },
  {
    when: 'the way back is incomplete: only what is not done is asked about',
    after: failing,
    en: [
      'operator | go on with the way back | slipway retry',
      'operator | or mend it by hand, then say so | slipway answer ~undo:1.0 done --reason …',
    ],
    fr: [
      'operator | reprendre le retour | slipway retry',
      'operator | ou réparer à la main, puis le dire | slipway answer ~undo:1.0 done --reason …',
    ],
  },
  { when: 'it is over', after: [...back, { type: 'launch-ended', as: 'rolled-back' }], en: [], fr: [] },
];

describe('who must act when', () => {
  test.each(ASKED)('$when', ({ after, en: english, fr: french }) => {
    const launch = launchAfter(...after);
    const [asked, demande] = [en, fr].map((words) =>
      waitingForOf(launch, words).map(({ who, what, how }) => `${who} | ${what} | ${how}`),
    );
    expect(asked).toEqual(english);
    expect(demande).toEqual(french);
  });

  test('a step never begins by the calendar', () => {
    const ask = (override: string | null) => {
      const launch = launchAfter(held({ kind: 'step-failed', step: 'smoke-tests', reason: 'never' }));
      const { 'smoke-tests': first } = launch.plan.steps;
      if (first === undefined) throw new Error('there is no such step');
      const gated = { ...first, kind: 'deploy', environment: 'production', timeout: 1, attempts: 1 } as const;
      const calendar = { ...ALWAYS, override };
      const plan = { ...launch.plan, calendar, steps: { ...launch.plan.steps, 'smoke-tests': gated } };
      return waitingForOf({ ...launch, plan }, en).map(({ who, how }) => `${who} | ${how}`);
    };
    const skip = 'operator | slipway skip smoke-tests --reason …   or   slipway abort --reason …';
    expect(ask(null)).toEqual([skip]);
    expect(ask('boss')).toEqual([skip, 'boss | slipway override-window smoke-tests --reason …']);
  });

  test('a step under way waits for its window: an override lets it go on', () => {
    const launch = launchAfter(...at('smoke-tests'));
    const { 'smoke-tests': first } = launch.plan.steps;
    if (first === undefined) throw new Error('there is no such step');
    const command = { argv: ['do'], directory: '.', env: {}, timeout: 1 };
    const own = { kind: 'run', effect: 'executive', command, attempts: 1, environment: null } as const;
    const gated = { ...first, ...own, confirm: null, verify: null, idempotent: false, undo: null } as const;
    const calendar = { ...ALWAYS, override: 'boss' };
    const plan = { ...launch.plan, calendar, steps: { ...launch.plan.steps, 'smoke-tests': gated } };
    const window = { allowed: false, why: [], next: null, freezeAt: null, freeze: null } as const;
    const asked = waitingForOf({ ...launch, plan, window }, en).map(({ who, how }) => `${who} | ${how}`);
    expect(asked).toEqual(['boss | slipway override-window smoke-tests --reason …']);
  });

  test('a vote is bound to the newest fact in front of it, and nothing else is bound', () => {
    const passed: LaunchEvent = { type: 'step-passed', step: 'smoke-tests', summary: 'ok' };
    const launch = launchAfter(passed, ...at('guide-written'), ...at('go-no-go'));
    expect(waitingForOf(launch, en).map(({ step: id, basis }) => [id, basis])).toEqual([
      ['guide-written', null],
      ['go-no-go', { seq: 2, digest: 'hash-2' }],
      ['go-no-go', { seq: 2, digest: 'hash-2' }],
    ]);
  });
});

describe('the review of a soak', () => {
  const watch: SoakStep = {
    id: 'watch',
    kind: 'soak',
    title: 'Soak on staging',
    phase: 'gate',
    needs: [],
    onFail: 'hold',
    environment: 'production',
    hold: 7_200_000,
    judging: { conditions: [], minSamples: 0, every: 1_000, silence: 30_000 },
    care: {
      tiers: [
        { every: 600_000, until: 3_600_000 },
        { every: 600_000, until: 7_200_000 },
      ],
      checks: [],
      review: { by: 'support-lead', at: 'tier-end' },
    },
  };
  const planned = launchAfter().plan;
  const plan = {
    ...planned,
    phases: [{ name: 'gate', steps: ['watch'] }, ...planned.phases],
    steps: { ...planned.steps, watch },
  };
  const after = (ms: number) =>
    waitingForOf(
      launchOf(plan, [
        { type: 'step-started', step: 'watch' },
        { type: 'time-counted', step: 'watch', ms },
      ]),
      en,
    ).filter(({ step: id }) => id === 'watch');

  test.each([
    ['not due', 600_000, []],
    ['due', 3_600_000, ['look, and say what you saw: Soak on staging']],
    ['overdue', 7_200_000, ['look, and say what you saw: Soak on staging (overdue)']],
  ])('%s', (_, ms, what) => {
    expect(after(ms).map((asked) => asked.what)).toEqual(what);
    for (const { who, how } of after(ms))
      expect([who, how]).toEqual(['support-lead', 'slipway task done watch --proof "…"']);
  });
});
