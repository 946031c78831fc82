import fc from 'fast-check';
import { stringify } from 'yaml';
import type { PlanJson } from '../model/provider-use.ts';

type Keys = Readonly<Record<string, PlanJson>>;
type Step = Keys & { readonly id: string };

const titles = fc.constantFrom('Go', 'Prêt à déployer', '発売 {{ artifact.version }}', 'yes', '2.10', '- #1: "x"', '~');
const spans = fc.constantFrom('0s', '5s', '1m30s', '2h');
const lengths = fc.constantFrom('1ms', '10s', '1h');
const conditions = fc.constantFrom('errors.new < 0.01', 'latency.new <= latency.old * 2 || errors.new == 0');
const strategies = fc.constantFrom<Keys>(
  { strategy: 'canary' },
  { strategy: 'rolling' },
  { strategy: 'rolling', 'max-surge': 0, 'max-unavailable': '25%' },
  { strategy: 'rolling', 'max-surge': 2 },
);
const darkLaunches = fc.constantFrom<Keys>(
  {},
  { mirror: { methods: ['GET', 'POST'] } },
  { mirror: { compare: { body: 'none' } } },
  { mirror: { compare: { body: { only: ['$.items[*]'], ignore: ['$..now'] } } } },
);
const attempts = fc.integer({ min: 1, max: 20 });

const judged = (environment: string): fc.Arbitrary<Keys> =>
  fc.record({
    soak: fc.constant(environment),
    for: lengths,
    while: fc.array(conditions, { minLength: 1, maxLength: 3 }),
    'min-samples': fc.nat(1_000),
  });

const darkLaunchesIn = (environment: string): fc.Arbitrary<Keys> =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
      spans,
      conditions,
      darkLaunches,
    )
    .map(([weights, hold, condition, keys]) => ({
      rollout: environment,
      strategy: 'dark-launch',
      ...keys,
      while: [condition],
      steps: weights.toSorted((a, b) => a - b).map((weight) => ({ weight, hold })),
    }));

const rollouts = (environment: string): fc.Arbitrary<Keys> =>
  fc
    .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 }), spans, conditions, strategies)
    .map(([weights, hold, condition, strategy]) => ({
      rollout: environment,
      ...strategy,
      while: [condition],
      steps: [...weights.toSorted((a, b) => a - b), 100].map((weight) => ({ weight, hold })),
    }));

/** Every kind of step; its environment is its own, so that steps may run side by side. */
const steps = (environment: string): fc.Arbitrary<Keys> =>
  fc.oneof(
    fc.record({ wait: titles, for: lengths }),
    fc.record({ wait: titles, until: fc.constantFrom('T-0', 'T-30m', 'T+1h') }),
    fc.record({ check: titles, git: fc.record({ clean: fc.boolean() }), attempts }),
    fc.record({ run: titles, command: fc.constant(['a', '--', '*']), effect: fc.constant('read-only') }),
    fc.record({
      run: titles,
      command: fc.constant(['a']),
      effect: fc.constant('executive'),
      environment: fc.constant(environment),
      undo: fc.constantFrom<Keys>({ none: 'gone' }, { command: ['b'], env: { K: '1', T: { env: 'TOKEN_NAME' } } }),
    }),
    fc.record({ deploy: fc.constant(environment), attempts, timeout: lengths }),
    judged(environment),
    rollouts(environment),
    darkLaunchesIn(environment),
    fc.record({ signoff: titles, by: fc.constantFrom<Keys>({ rm: 2 }, { qa: 1, rm: 1 }) }),
    fc.record({ task: titles, owner: fc.constantFrom('rm', 'qa'), proof: fc.constantFrom('url', 'text', 'file') }),
    fc.record({ announce: titles, to: fc.constant(['team']), text: fc.constant('Hi {{ person }},\n\nall is well.') }),
  );

const environmentOf = (id: string): string => `env-${id}`;

/** Needs that cannot run in a circle: of steps that come earlier in `order`, which is not the order of the file. */
function needsFrom(earlier: readonly string[]): fc.Arbitrary<Keys> {
  return fc.subarray([...earlier]).map((needs) => ({ needs }));
}

function phaseOf(index: number, before: readonly string[], count: number): fc.Arbitrary<readonly Step[]> {
  const ids = Array.from({ length: count }, (_, at) => `s${index}-${at}`);
  const shuffled = fc.shuffledSubarray(ids, { minLength: count, maxLength: count });
  return fc.tuple(shuffled, fc.boolean()).chain(([order, inFileOrder]) =>
    fc.tuple(
      ...ids.map((id) => {
        const earlier = [...before, ...order.slice(0, order.indexOf(id))];
        const needs = inFileOrder ? fc.constant<Keys>({}) : needsFrom(earlier);
        return fc.tuple(steps(environmentOf(id)), needs).map(([step, own]): Step => ({ ...step, id, ...own }));
      }),
    ),
  );
}

const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });

function phases(counts: readonly number[]): fc.Arbitrary<readonly (readonly Step[])[]> {
  const idsBefore = (index: number): readonly string[] =>
    counts.slice(0, index).flatMap((count, phase) => Array.from({ length: count }, (_, at) => `s${phase}-${at}`));
  return fc.tuple(...counts.map((count, index) => phaseOf(index, idsBefore(index), count)));
}

/** A launch plan without flaws, as data. */
export const randomPlan: fc.Arbitrary<Keys> = fc
  .record({
    phases: sizes.chain(phases),
    title: titles,
    t0: fc.boolean(),
    tier: fc.constantFrom('staging', 'production'),
  })
  .map(({ phases: listed, title, t0, tier }) => ({
    launch: 'shop',
    title,
    artifact: { name: 'shop', version: '1.0.0', git: 'v{{ artifact.version }}' },
    zone: 'Europe/Paris',
    ...(t0 ? { t0: '2026-11-24T10:00' } : {}),
    people: { rm: ['ann@shop', 'bob@shop'], qa: ['cy@shop'] },
    environments: Object.fromEntries(
      listed.flat().map(({ id }) => {
        const place = { tier, target: { process: { command: ['a'], instances: 2 } }, router: { builtin: { port: 0 } } };
        return [environmentOf(id), place];
      }),
    ),
    metrics: { errors: { from: 'router', ratio: 'server-errors' }, latency: { from: 'router', quantile: 0.99 } },
    channels: { team: { slack: { url: { env: 'HOOK' } } } },
    phases: listed.map((inPhase, index) => ({ phase: `p${index}`, steps: inPhase })),
    announcements: [{ on: 'rolled-back', to: ['team'], title: 'Back', text: '{{ facts.cause }}' }],
  }));

/** As people write it, or everything in brackets. */
export const writtenPlan = (plan: PlanJson, brackets: boolean): string =>
  stringify(plan, { collectionStyle: brackets ? 'flow' : 'block' });
