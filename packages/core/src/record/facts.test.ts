import type { Plan } from '@slipway/plan';
import { describe, expect, it } from 'vitest';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { facts } from './facts.ts';
import { COMPLETED } from './testing/completed-log.ts';
import { effect, type Entry, fold, logOf, settled, T0, verdict } from './testing/log.ts';
import { OPENING, RELEASE_MANAGER } from './testing/opening.ts';
import { FAILURE, ROLLED_BACK, WAY_BACK } from './testing/rolled-back-log.ts';

const ended: Entry = [80, { type: 'launch-ended', as: 'rollback-incomplete' }];
const launchOf = (...entries: readonly Entry[]): Launch => fold(logOf([...OPENING, ...entries]));
const hold = (reason: string): Entry => [60, { type: 'held', cause: { kind: 'person', reason } }, RELEASE_MANAGER];

function failed(at: number, id: string): readonly Entry[] {
  const outcome = { result: 'failed', reason: 'refused', retryable: false, retryAfter: null, evidence: null } as const;
  return [
    [at, { type: 'effect-started', effect: id, attempt: 1, touches: null }],
    [at, { type: 'effect-settled', effect: id, attempt: 1, outcome, retryAt: null }],
  ];
}

describe('facts', () => {
  it('of a launch that was rolled back', () => {
    expect(facts(fold(ROLLED_BACK))).toEqual({
      exposure: 62,
      firstBadAt: T0 + 66_200,
      backAt: T0 + 71_400,
      secondsToRecover: 5.2,
      previousVersion: '1.0.0',
      cause: 'errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests',
    });
  });

  it('of a launch that was completed', () => {
    expect(facts(fold(COMPLETED))).toEqual({
      exposure: 1031,
      firstBadAt: T0 + 120_000,
      backAt: null,
      secondsToRecover: null,
      previousVersion: '1.0.0',
      cause: null,
    });
  });

  it('of a launch that has only begun: nothing is known', () => {
    const nothing = { exposure: null, firstBadAt: null, backAt: null, secondsToRecover: null };
    expect(facts(fold(logOf(OPENING.slice(0, 1))))).toEqual({ ...nothing, previousVersion: null, cause: null });
  });

  it('keeps the previous version of before, whatever a later look finds', () => {
    const again = settled(57, 'rollout-production:1.0', {
      summary: '2.1.0 serves production',
      data: { kind: 'survey', current: '2.1.0' },
    });
    expect(facts(launchOf(again)).previousVersion).toBe('1.0.0');
  });
});

describe('backAt', () => {
  const shift = effect('~undo:0.0', [70, 71], { summary: 'back' });
  const confirm = effect('~undo:2.0', [72, 73], { summary: 'alone' });
  const unrouted = WAY_BACK.slice(1);
  const unroutedWayBack: readonly Entry[] = FAILURE.map((entry): Entry => {
    return entry[1].type === 'way-back-planned' ? [70, { ...entry[1], items: unrouted }] : entry;
  });

  it.each<[string, readonly Entry[], number | null]>([
    ['is the end of the shift', [...FAILURE, ...shift], 71],
    ['is not known while the shift is under way', [...FAILURE, ...shift.slice(0, 1)], null],
    ['is not known before the shift', FAILURE, null],
    [
      'is not known where the shift failed, whatever else was done',
      [...FAILURE, ...failed(71, '~undo:0.0'), ...confirm],
      null,
    ],
    ['outlives a way back that stays incomplete', [...FAILURE, ...shift, ended], 71],
    [
      'is that of a later round where the first failed',
      [
        ...FAILURE,
        ...failed(71, '~undo:0.0'),
        ended,
        [90, { type: 'way-back-retried' }],
        ...effect('~undo:0.1', [90, 92], { summary: 'back' }),
      ],
      92,
    ],
    [
      'is that of the tenth round, not of a later failure that sorts before it',
      [...FAILURE, ...failed(71, '~undo:0.2'), ...effect('~undo:0.10', [90, 93], { summary: 'back' })],
      93,
    ],
    [
      'comes from a look where no traffic is routed',
      [...unroutedWayBack, ...effect('~undo:1.0', [72, 74], { summary: 'alone' })],
      74,
    ],
  ])('%s', (_, entries, seconds) => {
    expect(facts(launchOf(...entries)).backAt).toBe(seconds === null ? null : T0 + seconds * 1000);
  });

  it('gives no seconds where the clocks contradict each other', () => {
    const early = effect('~undo:0.0', [60, 61], { summary: 'back' });
    expect(facts(launchOf(...FAILURE, ...early))).toMatchObject({ backAt: T0 + 61_000, secondsToRecover: null });
  });
});

describe('the verdicts', () => {
  const judged = (step: string, exposure: number | null, firstBadAt: number | null): Entry =>
    settled(70, `${step}:4.0`, {
      summary: 'judged',
      data: { kind: 'verdict', verdict: verdict({ exposure, firstBadAt }) },
    });

  function withMore(environment: string, step: string): readonly Entry[] {
    return OPENING.map((entry): Entry => {
      const event: LaunchEvent = entry[1];
      if (event.type !== 'launch-started') return entry;
      return [0, { ...event, plan: plus(event.plan, environment, step) }, RELEASE_MANAGER];
    });
  }

  function plus(plan: Plan, environment: string, step: string): Plan {
    const rollout = plan.steps['rollout-production'];
    if (rollout?.kind !== 'rollout') throw new Error('the plan has no rollout');
    const tier = environment === 'staging' ? 'staging' : 'production';
    const place = { ...plan.environments['production'], name: environment, tier, router: null } as const;
    return {
      ...plan,
      phases: [...plan.phases, { name: 'more', steps: [step] }],
      steps: { ...plan.steps, [step]: { ...rollout, id: step, environment } },
      environments: {
        ...plan.environments,
        [environment]: { ...place, target: { provider: 'processes', config: {} } },
      },
    };
  }

  const surveys = (step: string): readonly Entry[] => [
    settled(60, `${step}:1.0`, { summary: 'found', data: { kind: 'survey', current: '1.0.0' } }),
  ];

  it.each<[string, string, string, number | null]>([
    ['of another production environment add up', 'shop-eu', 'rollout-eu', 75],
    ['of staging do not count', 'staging', 'rollout-staging', 62],
    ['of the same environment count once', 'production', 'rollout-again', 62],
  ])('%s', (_, environment, step, exposure) => {
    const log = [
      ...withMore(environment, step),
      ...surveys(step),
      judged(step, 13, null),
      judged('rollout-production', 62, null),
    ];
    expect(facts(fold(logOf(log))).exposure).toBe(exposure);
  });

  it('leave exposure unknown where no source knows it', () => {
    expect(facts(launchOf(judged('rollout-production', null, null))).exposure).toBeNull();
  });

  it('tell the first of all bad answers', () => {
    const log = [
      ...withMore('shop-eu', 'rollout-eu'),
      ...surveys('rollout-eu'),
      judged('rollout-eu', 1, T0 + 9),
      judged('rollout-production', 1, T0 + 5),
    ];
    expect(facts(fold(logOf(log))).firstBadAt).toBe(T0 + 5);
  });
});

describe('cause', () => {
  const turn = (cause: Extract<LaunchEvent, { type: 'turning-back' }>['cause']): Entry => [
    60,
    { type: 'turning-back', cause, ending: 'rolled-back', stopBy: T0 },
  ];

  it.each<[string, readonly Entry[], string | null]>([
    ['none while it runs', [], null],
    ['a person who holds', [hold('lunch')], 'lunch'],
    ['the first of two holds', [hold('lunch'), hold('coffee')], 'lunch'],
    ['none once it is resumed', [hold('lunch'), [61, { type: 'resumed' }]], null],
    [
      'a verdict that could not tell',
      [
        [
          60,
          {
            type: 'held',
            cause: {
              kind: 'verdict',
              step: 'rollout-production',
              decision: 'telemetry-broken',
              sentence: 'no reading',
            },
          },
        ],
      ],
      'no reading',
    ],
    [
      'a verdict that failed',
      [turn({ kind: 'verdict', step: 'rollout-production', verdict: verdict({ sentence: 'errors' }) })],
      'errors',
    ],
    ['a step that failed', [turn({ kind: 'step-failed', step: 'mails', reason: 'exit 1' })], 'exit 1'],
    ['a NO-GO', [turn({ kind: 'no-go', step: 'go-no-go', reason: 'NO-GO by x: no' })], 'NO-GO by x: no'],
    ['a person who aborts', [turn({ kind: 'abort', reason: 'wrong build' })], 'wrong build'],
    ['a person who rolls back', [turn({ kind: 'rollback', reason: 'complaints' })], 'complaints'],
    ['an incomplete way back', [...FAILURE, ended], 'errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests'],
  ])('%s', (_, entries, sentence) => {
    expect(facts(launchOf(...entries)).cause).toBe(sentence);
  });
});
