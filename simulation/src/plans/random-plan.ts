import type { Announcement, Environment, LaunchMoment, Plan, Step, StepKind } from '@slipway/plan';
import type { Random } from '../random/random.ts';
import { CHANNELS, PEOPLE, randomStep } from './random-step.ts';
import { NEW, OLD, type Scenario } from './scenario.ts';

const KINDS: Readonly<Record<StepKind, number>> = {
  check: 4,
  run: 4,
  deploy: 3,
  rollout: 4,
  soak: 2,
  signoff: 3,
  task: 1,
  announce: 3,
  wait: 2,
};
const MOMENTS: readonly LaunchMoment[] = [
  'started',
  'held',
  'turning-back',
  'rolled-back',
  'rollback-incomplete',
  'scrubbed',
  'completed',
];
const FAKE = { provider: 'fake', config: {} };

/** A launch of two to nine steps of any kind over up to three environments, and the world it finds. */
export function randomScenario(random: Random): Scenario {
  const environments = randomEnvironments(random);
  const names = Object.keys(environments);
  const steps = randomSteps(random, Object.values(environments));
  const plan: Plan = {
    launch: 'random',
    title: 'A random launch',
    artifact: { name: 'shop', version: NEW, git: null },
    zone: 'UTC',
    t0: null,
    people: PEOPLE,
    environments,
    metrics: { errors: { name: 'errors', source: FAKE, unit: 'ratio' } },
    channels: Object.fromEntries(CHANNELS.map((channel) => [channel, FAKE])),
    phases: [{ name: 'launch', steps: steps.map((step) => step.id) }],
    steps: Object.fromEntries(steps.map((step) => [step.id, step])),
    announcements: randomAnnouncements(random),
    page: { to: ['team', 'status'], again: 60_000, language: 'en' },
  };
  return { plan, before: Object.fromEntries(names.map((name) => [name, randomBefore(random)])) };
}

function randomEnvironments(random: Random): Readonly<Record<string, Environment>> {
  const all: Environment[] = [
    { name: 'production', tier: 'production', target: FAKE, router: FAKE },
    { name: 'staging', tier: 'staging', target: FAKE, router: random.chance(0.5) ? FAKE : null },
    { name: 'edge', tier: 'production', target: FAKE, router: random.chance(0.3) ? FAKE : null },
  ];
  const chosen = all.slice(0, random.int(1, 3));
  return Object.fromEntries(chosen.map((environment) => [environment.name, environment]));
}

function randomBefore(random: Random): string | null {
  switch (random.weighted({ old: 82, nothing: 11, new: 7 })) {
    case 'old':
      return OLD;
    case 'nothing':
      return null;
    case 'new':
      return NEW;
  }
}

function randomSteps(random: Random, environments: readonly Environment[]): readonly Step[] {
  const steps: Step[] = [];
  const count = random.int(2, 9);
  for (let index = 0; index < count; index += 1) {
    const kind = index === 0 ? random.pick(['check', 'run', 'signoff', 'deploy'] as const) : random.weighted(KINDS);
    const id = `${kind}-${index}`;
    const drawn = randomStep(random, kind, {
      id,
      needs: randomNeeds(random, steps),
      environments: fit(kind, environments),
    });
    steps.push(afterSameEnvironment(drawn, steps));
  }
  return steps;
}

/** A rollout splits traffic: it needs a router. Production always has one. */
function fit(kind: StepKind, environments: readonly Environment[]): readonly string[] {
  return environments.filter((place) => kind !== 'rollout' || place.router !== null).map((place) => place.name);
}

/** Mostly the step before, so that launches have depth; sometimes any others, sometimes none. */
function randomNeeds(random: Random, steps: readonly Step[]): readonly string[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const needs = new Set<string>();
  if (random.chance(0.65)) needs.add(last.id);
  while (random.chance(0.3)) needs.add(random.pick(steps).id);
  return [...needs];
}

/** Two steps that change the versions of one environment at the same time are a plan's mistake, not a launch's. */
function afterSameEnvironment(step: Step, earlier: readonly Step[]): Step {
  if (!changesVersions(step)) return step;
  const same = earlier.filter((other) => changesVersions(other) && environmentOf(other) === environmentOf(step));
  return { ...step, needs: [...new Set([...step.needs, ...same.map((other) => other.id)])] };
}

function changesVersions(step: Step): boolean {
  return step.kind === 'deploy' || step.kind === 'rollout';
}

function environmentOf(step: Step): string | null {
  return 'environment' in step ? step.environment : null;
}

function randomAnnouncements(random: Random): readonly Announcement[] {
  return MOMENTS.filter(() => random.chance(0.25)).map((on) => ({
    on,
    message: { to: [random.pick(CHANNELS)], title: on, text: on },
  }));
}
