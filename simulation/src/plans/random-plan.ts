import type { Announcement, Calendar, Environment, LaunchMoment, Plan, Step, StepKind } from '@slipway/plan';
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
  'soaking',
  'turning-back',
  'rolled-back',
  'rollback-incomplete',
  'scrubbed',
  'completed',
];
/** Told again while they last, in milliseconds. */
const AGAIN: Readonly<Partial<Record<LaunchMoment, number>>> = {
  started: 120_000,
  held: 45_000,
  soaking: 10_000,
  'turning-back': 20_000,
};
const MINUTE = 60_000;
/** Epoch ms at which launches start. */
const NINE = Date.UTC(2026, 0, 5, 9);
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
    ...calendarFor(steps.length),
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
    ...(AGAIN[on] === undefined ? {} : { again: AGAIN[on] }),
  }));
}

/** For every third plan, by its length: no draw for it. Every day, and with it every launch, it closes twice, for a freeze the second time. */
function calendarFor(steps: number): { readonly calendar?: Calendar } {
  if (steps % 3 !== 0) return {};
  const days = [-1, 0, 1].map((day) => day * 86_400_000);
  const freezes = days.map((day) => ({
    from: day + NINE + 4 * MINUTE,
    to: day + NINE + 5 * MINUTE,
    because: 'a fair',
  }));
  const windows = [
    { days: null, from: 0, to: 541 },
    { days: null, from: 542, to: 1_440 },
  ];
  return {
    calendar: {
      zone: 'UTC',
      urgency: 'normal',
      windows,
      never: [],
      holidays: [],
      freezes,
      maintenance: [],
      officeHours: { days: null, from: 0, to: 1_440 },
      onFreeze: 'ask',
      override: 'release',
    },
  };
}
