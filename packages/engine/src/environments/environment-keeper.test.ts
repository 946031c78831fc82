import type { Launch } from '@slipway/core';
import type { DeployStep, Plan } from '@slipway/plan';
import { beforeEach, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { EnvironmentKeeper } from './environment-keeper.ts';

const deploy = (environment: string): DeployStep => ({
  id: `deploy-${environment}`,
  title: environment,
  phase: 'all',
  needs: [],
  onFail: 'hold',
  kind: 'deploy',
  environment,
  timeout: 1_000,
  attempts: 1,
});

const environment = (name: string): Plan['environments'][string] => ({
  name,
  tier: 'production',
  target: { provider: 'fake', config: {} },
  router: null,
});

/** A launch that deploys to all of its environments, and has begun to do so in those of `touched`. */
function launchOf(id: string, environments: readonly string[], touched = environments): Launch {
  const steps = environments.map(deploy);
  const plan = samplePlan({
    environments: Object.fromEntries(environments.map((name) => [name, environment(name)])),
    phases: [{ name: 'all', steps: steps.map((step) => step.id) }],
    steps: Object.fromEntries(steps.map((step) => [step.id, step])),
  });
  return { ...startedLaunch(plan, id), touched: touched.map((name) => `deploy-${name}`) };
}

let clock: ManualClock;
let launches: Launch[];
let active: Set<string>;
let unreadable: Set<string>;
let asked: string[];
let found: string[];
let errors: string[];
let answer: (place: string, signal: AbortSignal) => Promise<void>;
let keeper: EnvironmentKeeper;
let stop: AbortController;

beforeEach(() => {
  clock = createManualClock();
  launches = [];
  active = new Set();
  unreadable = new Set();
  asked = [];
  found = [];
  errors = [];
  answer = async () => {};
  stop = new AbortController();
  keeper = new EnvironmentKeeper({
    launches: {
      list: async () =>
        launches.map(({ id }) => ({ id, name: 'shop', version: 1, active: active.has(id), startedAt: 0 })),
      find: async (id) => {
        found.push(id);
        if (unreadable.has(id)) throw new Error('damaged');
        return launches.find((launch) => launch.id === id) ?? null;
      },
    },
    inspect: (place, signal) => {
      asked.push(`${place.name} of ${place.launch.id}`);
      return answer(place.name, signal);
    },
    clock,
    onError: (error, place) => errors.push(`${place}: ${String(error)}`),
  });
});

const round = () => clock.advance(15_000);

test.each<[string, () => Launch[], string[]]>([
  ['nothing was ever launched', () => [], []],
  ['a launch has not changed anything yet', () => [launchOf('shop-1', ['production'], [])], []],
  [
    'each environment once, by its newest launch',
    () => [launchOf('shop-2', ['production']), launchOf('shop-1', ['production', 'staging'])],
    ['shop.production of shop-2', 'shop.staging of shop-1'],
  ],
  [
    'a newer launch that has not come to it yet leaves it to the older',
    () => [launchOf('shop-2', ['production'], []), launchOf('shop-1', ['production'])],
    ['shop.production of shop-1'],
  ],
])('asks at once, and every 15 s: %s', async (_, start, expected) => {
  launches = start();
  void keeper.run(stop.signal);
  await clock.advance(0);
  expect(asked).toEqual(expected);
  await round();
  expect(asked).toEqual([...expected, ...expected]);
});

test('takes up what a launch changes later on, and reads an ended one once', async () => {
  active.add('shop-1');
  launches = [launchOf('shop-1', ['production', 'staging'], ['staging'])];
  void keeper.run(stop.signal);
  await clock.advance(0);
  launches = [launchOf('shop-1', ['production', 'staging'])];
  active.clear();
  await round();
  await round();
  expect(asked.slice(1)).toEqual([
    'shop.production of shop-1',
    'shop.staging of shop-1',
    'shop.production of shop-1',
    'shop.staging of shop-1',
  ]);
  expect(found).toEqual(['shop-1', 'shop-1']);
});

test('an environment that fails or does not answer is told of and keeps nobody from the next', async () => {
  launches = [launchOf('shop-1', ['broken', 'silent', 'well'])];
  answer = (place, signal) => {
    if (place === 'shop.broken') return Promise.reject(new Error('no such file'));
    if (place === 'shop.well') return Promise.resolve();
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  };
  void keeper.run(stop.signal);
  await clock.advance(20_000);
  expect(asked.at(-1)).toBe('shop.well of shop-1');
  expect(errors).toEqual(['shop.broken: Error: no such file', 'shop.silent: Error: no answer in time']);
});

test('a store that fails is told of and asked again', async () => {
  launches = [launchOf('shop-1', ['production'])];
  const broken = new Error('disk');
  const list = Promise.reject(broken);
  list.catch(() => null);
  let failures = 1;
  const flaky = new EnvironmentKeeper({
    launches: {
      list: async () =>
        failures-- > 0 ? await list : [{ id: 'shop-1', name: 's', version: 1, active: true, startedAt: 0 }],
      find: async () => launches[0] ?? null,
    },
    inspect: async ({ name }) => void asked.push(name),
    clock,
    onError: (error) => errors.push(String(error)),
  });
  void flaky.run(stop.signal);
  await clock.advance(0);
  await round();
  expect([errors, asked]).toEqual([['Error: disk'], ['shop.production']]);
});

test('a launch that cannot be read is told of and keeps nobody from the others', async () => {
  launches = [launchOf('shop-2', ['staging']), launchOf('shop-1', ['production'])];
  unreadable.add('shop-2');
  void keeper.run(stop.signal);
  await clock.advance(0);
  expect([asked, errors]).toEqual([['shop.production of shop-1'], ['shop-2: Error: damaged']]);
});

test('nobody is asked while an environment is shut down, and nobody after the end', async () => {
  launches = [launchOf('shop-1', ['production'])];
  const { promise: down, resolve } = Promise.withResolvers<void>();
  const shutdown = keeper.apart(() => down);
  void keeper.run(stop.signal);
  await clock.advance(0);
  expect(asked).toEqual([]);
  resolve();
  await shutdown;
  await clock.advance(0);
  expect(asked).toHaveLength(1);
  stop.abort();
  await round();
  expect(asked).toHaveLength(1);
});

test('of an environment where a launch has only ramped flags it keeps nothing: it has started nothing there', async () => {
  const { id, title, phase, needs, onFail, environment: there, timeout, attempts } = deploy('production');
  const common = { id, title, phase, needs, onFail, environment: there, timeout, attempts } as const;
  const flag = { flag: 'one-click', variant: 'on', cohort: 'one-click', stages: [] };
  const launch = launchOf('flags-1', ['production']);
  const steps = { [id]: { ...common, kind: 'rollout', strategy: 'flag', ...flag } } as const;
  launches = [{ ...launch, plan: { ...launch.plan, steps } }, launchOf('shop-1', ['staging'])];
  const running = keeper.run(stop.signal);
  await clock.advance(1);
  stop.abort();
  await clock.advance(20_000);
  await running;
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('staging');
});
