import type { LaunchEvent } from '@slipway/core';
import { describe, expect, test } from 'vitest';
import { causesOf, headlineOf, stateOf } from './headline.ts';
import { at, FAILED, held, planned, RING, turningBack } from './testing/events.ts';
import { darkAfter, launchAfter, tellingAfter } from './testing/launches.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const step = 'rollout-production';
const judged = turningBack({ kind: 'verdict', step, verdict: FAILED });
const back: readonly LaunchEvent[] = [judged, planned([])];
const end = (as: 'completed' | 'scrubbed' | 'rolled-back' | 'rollback-incomplete'): LaunchEvent => {
  return { type: 'launch-ended', as };
};
const allBut = (last: string): readonly LaunchEvent[] =>
  Object.keys(launchAfter().plan.steps)
    .filter((id) => id !== last)
    .map((id) => ({ type: 'step-passed', step: id, summary: 'ok' }));

interface Stand {
  readonly when: string;
  readonly after: readonly LaunchEvent[];
  readonly state: string;
  readonly en: string;
  readonly fr: string;
}

const STANDS: readonly Stand[] = [
  { when: 'nothing has begun', after: [], state: 'running', en: 'Starting', fr: 'Démarrage' },
  {
    when: 'one step is active',
    after: at('smoke-tests'),
    state: 'running',
    en: 'Gate: Smoke tests',
    fr: 'Gate : Smoke tests',
  },
  {
    when: 'three steps are active',
    after: [...at('smoke-tests'), ...at('macros-ready'), ...at('guide-written')],
    state: 'running',
    en: 'Gate: Smoke tests (and 2 more)',
    fr: 'Gate : Smoke tests (et 2 de plus)',
  },
  {
    when: 'an announcement waits for the facts',
    after: allBut('it-is-live'),
    state: 'running',
    en: 'Waiting until production is verified, for: It is live',
    fr: 'Attend que production soit vérifié, pour : It is live',
  },
  {
    when: 'a person holds it',
    after: [held({ kind: 'person', reason: 'lunch' })],
    state: 'held',
    en: 'Held: lunch',
    fr: 'Suspendu : lunch',
  },
  {
    when: 'two things hold it: the first is told',
    after: [held({ kind: 'step-failed', step, reason: 'exit 1' }), held({ kind: 'person', reason: 'lunch' })],
    state: 'held',
    en: 'Held: rollout-production: exit 1',
    fr: 'Suspendu : rollout-production : exit 1',
  },
  {
    when: 'what is in flight is being stopped',
    after: [judged],
    state: 'turning-back',
    en: 'Turning back: errors: 31 % on 2.1.0 after 62 requests. What is in flight is being stopped',
    fr: 'Retour en arrière : errors: 31 % on 2.1.0 after 62 requests. On arrête ce qui est en cours',
  },
  {
    when: 'it is being undone',
    after: back,
    state: 'turning-back',
    en: 'Turning back: errors: 31 % on 2.1.0 after 62 requests',
    fr: 'Retour en arrière : errors: 31 % on 2.1.0 after 62 requests',
  },
  {
    when: 'the way back is incomplete',
    after: [...back, end('rollback-incomplete')],
    state: 'rollback-incomplete',
    en: 'The way back is incomplete: a person is needed',
    fr: 'Le retour en arrière est incomplet : il faut une personne',
  },
  {
    when: 'it is completed',
    after: [end('completed')],
    state: 'completed',
    en: 'Completed: shop 2.1.0 is live',
    fr: 'Terminé : shop 2.1.0 est en service',
  },
  {
    when: 'it is scrubbed',
    after: [...back, end('scrubbed')],
    state: 'scrubbed',
    en: 'Scrubbed: called off before production; shop 2.1.0 was not launched',
    fr: "Annulé avant la production ; shop 2.1.0 n'a pas été lancé",
  },
  {
    when: 'it is rolled back',
    after: [...back, end('rolled-back')],
    state: 'rolled-back',
    en: 'Rolled back, verified: the previous version serves again',
    fr: 'Retour en arrière vérifié : la version précédente sert de nouveau',
  },
];

describe('the headline says where we are when', () => {
  test.each(STANDS)('$when', ({ after, state, en: english, fr: french }) => {
    const launch = launchAfter(...after);
    expect([stateOf(launch), headlineOf(launch, en), headlineOf(launch, fr)]).toEqual([state, english, french]);
  });
});

const unsure = (decision: 'insufficient-data' | 'telemetry-broken'): LaunchEvent =>
  held({ kind: 'verdict', step, decision, sentence: 'no reading' });

describe('the causes say why it does not go on, or goes back', () => {
  test.each<[string, readonly LaunchEvent[], readonly string[], readonly string[]]>([
    ['nothing holds it', [], [], []],
    ['a person holds it', [held({ kind: 'person', reason: 'lunch' })], ['lunch'], ['lunch']],
    [
      'a failed step holds it',
      [held({ kind: 'step-failed', step, reason: 'exit 1' })],
      ['rollout-production: exit 1'],
      ['rollout-production : exit 1'],
    ],
    [
      'too few requests hold it',
      [unsure('insufficient-data')],
      ['rollout-production: insufficient-data: no reading'],
      ['rollout-production : données insuffisantes : no reading'],
    ],
    [
      'broken telemetry holds it',
      [unsure('telemetry-broken')],
      ['rollout-production: telemetry-broken: no reading'],
      ['rollout-production : télémétrie en panne : no reading'],
    ],
    [
      'an unknown outcome holds it',
      [held({ kind: 'unknown-outcome', step, effect: `${step}:2.0`, reason: 'the worker died' })],
      ['rollout-production: nobody knows whether it was done (the worker died)'],
      ['rollout-production : personne ne sait si cela a été fait (the worker died)'],
    ],
    [
      'launches wait for each other',
      [held({ kind: 'deadlock', step, waits: RING })],
      [
        'rollout-production: launches wait in a circle: shop-1 waits for shop.production, which blog-1 holds; blog-1 waits for shop.staging, which shop-1 holds',
      ],
      [
        "rollout-production : des lancements s'attendent en cercle : shop-1 attend shop.production, que tient blog-1 ; blog-1 attend shop.staging, que tient shop-1",
      ],
    ],
    [
      'two things hold it',
      [held({ kind: 'person', reason: 'lunch' }), held({ kind: 'person', reason: 'coffee' })],
      ['lunch', 'coffee'],
      ['lunch', 'coffee'],
    ],
    [
      'a step that failed for a reason of our own holds it',
      [held({ kind: 'step-failed', step, reason: 'stopped', reasons: { en: 'stopped', fr: 'arrêtée' } })],
      ['rollout-production: stopped'],
      ['rollout-production : arrêtée'],
    ],
    [
      'such a step takes it back',
      [turningBack({ kind: 'step-failed', step, reason: 'stopped', reasons: { en: 'stopped', fr: 'arrêtée' } })],
      ['rollout-production failed: stopped'],
      ['rollout-production a échoué : arrêtée'],
    ],
    ['a verdict takes it back', [judged], [FAILED.sentence], [FAILED.sentence]],
    [
      'a failed step takes it back',
      [turningBack({ kind: 'step-failed', step, reason: 'exit 1' })],
      ['rollout-production failed: exit 1'],
      ['rollout-production a échoué : exit 1'],
    ],
    [
      'a NO-GO takes it back',
      [turningBack({ kind: 'no-go', step: 'go-no-go', reason: 'not today' })],
      ['not today'],
      ['not today'],
    ],
    ['a person aborts', [turningBack({ kind: 'abort', reason: 'wrong build' })], ['wrong build'], ['wrong build']],
    ['a person rolls back', [turningBack({ kind: 'rollback', reason: 'calls' })], ['calls'], ['calls']],
    ['it is being undone', back, [FAILED.sentence], [FAILED.sentence]],
    ['the way back is incomplete', [...back, end('rollback-incomplete')], [FAILED.sentence], [FAILED.sentence]],
    ['it was rolled back', [...back, end('rolled-back')], [FAILED.sentence], [FAILED.sentence]],
    ['it is completed', [end('completed')], [], []],
  ])('%s', (_, after, english, french) => {
    const launch = launchAfter(...after);
    expect([causesOf(launch, en), causesOf(launch, fr)]).toEqual([english, french]);
  });
});

test('a launch that got copies only is not said to be live', () => {
  const launch = darkAfter(end('completed'));
  expect(headlineOf(launch, en)).toBe(
    'Completed: shop 2.1.0 got copies of requests only; the previous version serves as before',
  );
  expect(headlineOf(launch, fr)).toBe(
    "Terminé : shop 2.1.0 n'a reçu que des copies de requêtes ; la version précédente sert comme avant",
  );
});

test('a launch that only announces is not said to be live', () => {
  const launch = tellingAfter(end('completed'));
  expect(headlineOf(launch, en)).toBe('Told: A new version of the shop');
  expect(headlineOf(launch, fr)).toBe('Annoncé : A new version of the shop');
});
