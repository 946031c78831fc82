import { launchView as schema } from '@slipway/contract';
import { expect, test } from 'vitest';
import { launchSummary, launchView } from './launch-view.ts';
import { CANARY, held } from './testing/events.ts';
import { launchAfter, T0 } from './testing/launches.ts';

const LOOK = {
  step: 'rollout-production',
  environment: 'production',
  at: T0,
  elapsed: 1000,
  hold: 8000,
  standing: 'too-early',
  sentence: 'not enough to judge on',
  samples: 9,
  minSamples: 50,
  exposure: 9,
  firstBadAt: null,
  metrics: [{ name: 'errors', unit: 'ratio', new: 0.1, old: 0 }],
} as const;
const LIVE = { look: LOOK, activity: { x: { step: null, text: 'sleeps' } } };
const launch = launchAfter(...CANARY, held({ kind: 'step-failed', step: 'smoke-tests', reason: 'exit 1' }));

test('a view in French says everything that it composes in French', () => {
  expect(launchView(launch, LIVE, 'fr')).toMatchObject({
    state: 'held',
    headline: 'Suspendu : smoke-tests : exit 1',
    causes: ['smoke-tests : exit 1'],
    waitingFor: [{ what: 'smoke-tests a échoué' }],
    wayBack: [{ text: 'tout le trafic de production vers 1.0.0' }, {}, {}],
  });
});

test('environments stand in the order in which the launch comes to them, however the plan was stored', () => {
  const { production } = launch.plan.environments;
  if (production === undefined) throw new Error('no production');
  const environments = { alpha: { ...production, name: 'alpha' }, production };
  const stored = { ...launch, plan: { ...launch.plan, environments } };
  expect(launchView(stored, LIVE, 'en').environments.map(({ name }) => name)).toEqual(['production', 'alpha']);
});

test('what is recorded is the same in every language', () => {
  const [english, french] = [launchView(launch, LIVE, 'en'), launchView(launch, LIVE, 'fr')];
  const composed = { headline: '', causes: [], waitingFor: [], phases: [], wayBack: [] };
  expect({ ...french, ...composed }).toEqual({ ...english, ...composed });
  expect(french.next).toEqual(['Smoke tests', 'Count the users', 'Macros ready']);
  expect(french.look).toMatchObject({ sentence: 'not enough to judge on', weight: 5 });
});

test.each(['en', 'fr'] as const)('a view in %s is what the wire takes', (language) => {
  expect(schema.safeParse(launchView(launch, LIVE, language)).error).toBeUndefined();
});

test.each([
  ['en', 'Held: smoke-tests: exit 1'],
  ['fr', 'Suspendu : smoke-tests : exit 1'],
] as const)('a summary in %s', (language, headline) => {
  expect(launchSummary(launch, language)).toMatchObject({ id: 'shop-1', state: 'held', headline });
});
