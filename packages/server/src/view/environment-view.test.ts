import type { LaunchEvent, Outcome, VerdictDecision } from '@slipway/core';
import { describe, expect, test } from 'vitest';
import { environmentView } from './environment-view.ts';
import { begun, CANARY, done, ended, FAILED, planned, rollingOut, turningBack, undo } from './testing/events.ts';
import { launchAfter, rolledAfter, T0 } from './testing/launches.ts';

const step = 'rollout-production';
const environment = 'production';
const judged = (decision: VerdictDecision): Outcome => done({ kind: 'verdict', verdict: { ...FAILED, decision } });
const verdict = (decision: VerdictDecision) => ended(`${step}:4.0`, judged(decision));
const all: readonly LaunchEvent[] = [...CANARY, ...verdict('pass'), ...ended(`${step}:5.0`, done())];
const back: readonly LaunchEvent[] = [
  ...CANARY,
  ...verdict('fail'),
  turningBack({ kind: 'verdict', step, verdict: FAILED }),
  planned([
    undo(step, { kind: 'shift', environment, weights: { '1.0.0': 100 } }),
    undo(step, { kind: 'confirm-back', environment, version: '1.0.0' }),
  ]),
  ...ended('~undo:0.0', done()),
];

const LOOK = {
  step,
  environment,
  at: T0,
  elapsed: 1000,
  hold: 8000,
  standing: 'too-early',
  sentence: '',
  samples: 9,
  minSamples: 50,
  exposure: 9,
  firstBadAt: null,
  metrics: [],
} as const;

describe('the split of an environment is verified', () => {
  test.each<[string, readonly LaunchEvent[], boolean, string | null]>([
    ['where nothing was asked', [], false, null],
    ['where it was asked and nothing looked', CANARY, false, null],
    ['where a verdict rests on it', [...CANARY, ...verdict('pass')], true, null],
    ['where a bad verdict rests on it', [...CANARY, ...verdict('fail')], true, null],
    ['where the judge could not tell', [...CANARY, ...verdict('insufficient-data')], false, null],
    ['where the judge heard nothing', [...CANARY, ...verdict('telemetry-broken')], false, null],
    ['where it was changed after the verdict', all, false, null],
    [
      'where the environment was verified',
      [...all, { type: 'environment-verified', environment, version: '2.1.0' }],
      true,
      '2.1.0',
    ],
    ['where it was taken back and nothing looked', back, false, null],
    ['where it was taken back and confirmed', [...back, ...ended('~undo:1.0', done())], true, '1.0.0'],
    [
      'where more was moved after it was confirmed',
      [
        ...CANARY,
        turningBack({ kind: 'verdict', step, verdict: FAILED }),
        planned([
          undo(step, { kind: 'confirm-back', environment, version: '1.0.0' }),
          undo(step, { kind: 'shift', environment, weights: { '1.0.0': 100 } }),
        ]),
        ...ended('~undo:0.0', done()),
        ...ended('~undo:1.0', done()),
      ],
      false,
      null,
    ],
    [
      'where it is taken back and the launch has ended',
      [...back, ...ended('~undo:1.0', done()), { type: 'launch-ended', as: 'rolled-back' }],
      true,
      '1.0.0',
    ],
  ])('%s: %#', (_, events, splitVerified, verified) => {
    const view = environmentView(launchAfter(...events), { look: null, activity: {} }, environment);
    expect(view).toMatchObject({ splitVerified, verified });
  });

  test.each([
    ['as long as the new version answers', LOOK, true],
    ['not while it has answered nothing', { ...LOOK, samples: 0 }, false],
    ['not while nobody knows', { ...LOOK, samples: null }, false],
    ['not by what happens elsewhere', { ...LOOK, environment: 'staging' }, false],
  ])('%s', (_, look, splitVerified) => {
    const view = environmentView(launchAfter(...CANARY), { look, activity: {} }, environment);
    expect(view.splitVerified).toBe(splitVerified);
  });
});

describe('the split of an environment that is rolled', () => {
  const roll = `${step}:2.0`;
  const weights = { '2.1.0': 25, '1.0.0': 75 };
  const note = { kind: 'rolled', instances: 1, of: 4, weights } as const;
  const split = [
    { version: '2.1.0', weight: 25 },
    { version: '1.0.0', weight: 75 },
  ];
  const rolled = [...rollingOut(2), ...ended(roll, done(note))];
  const watched = [...rolled, ...ended(`${step}:3.0`, judged('pass'))];
  test.each<[string, readonly LaunchEvent[], typeof split, boolean]>([
    ['is not known before it says so', [...rollingOut(2), begun(roll)], [], false],
    ['is told on the way', [...rollingOut(2), begun(roll), { type: 'effect-noted', effect: roll, note }], split, false],
    ['is told at its end', rolled, split, false],
    ['is verified by a verdict on it', watched, split, true],
    ['is not by a verdict on the batch before', [...watched, ...ended(`${step}:4.0`, done(note))], split, false],
  ])('%s', (_, events, shown, splitVerified) => {
    const view = environmentView(rolledAfter(...events), { look: null, activity: {} }, environment);
    expect(view).toMatchObject({ split: shown, splitVerified, verified: null });
  });
});
