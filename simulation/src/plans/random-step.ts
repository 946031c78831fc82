import type {
  AnnounceStep,
  Command,
  FlagAudience,
  FlagStage,
  Judging,
  Mirroring,
  RollingBounds,
  RolloutStage,
  RunStep,
  SignoffStep,
  Step,
  StepKind,
  TaskStep,
} from '@slipway/plan';
import type { Random } from '../random/random.ts';

export const CHANNELS = ['team', 'customers', 'status'] as const;
export const PEOPLE = { release: ['ada', 'bob'], tech: ['cleo', 'bob'], support: ['dan'] } as const;
const ROLES = ['release', 'tech', 'support'] as const;

interface Place {
  readonly id: string;
  readonly needs: readonly string[];
  readonly environments: readonly string[];
}

/** A step of this kind, with limits short enough that a launch takes minutes of virtual time. */
export function randomStep(random: Random, kind: StepKind, place: Place): Step {
  const environment = random.pick(place.environments);
  const base = {
    id: place.id,
    title: place.id,
    phase: 'launch',
    needs: place.needs,
    onFail: random.chance(0.4) ? ('rollback' as const) : isPaged(place.id) ? ('page' as const) : ('hold' as const),
  };
  const limits = { timeout: random.int(10_000, 60_000), attempts: random.int(1, 3) };
  switch (kind) {
    case 'run':
      return { ...base, ...randomRun(random, place), attempts: limits.attempts };
    case 'check':
      return { ...base, ...limits, kind, check: { provider: 'fake', config: {} } };
    case 'deploy':
      return { ...base, ...limits, kind, environment };
    case 'rollout':
      return { ...base, ...limits, kind, environment, ...randomStrategy(random, place.id) };
    case 'soak':
      return { ...base, kind, environment, hold: random.int(5_000, 90_000), judging: JUDGING };
    case 'signoff':
      return { ...base, kind, quorum: randomQuorum(random), ...rulesOf(place.id) };
    case 'task':
      return {
        ...base,
        ...proofRules(place.id),
        kind,
        owner: random.pick(ROLES),
        proof: random.pick(['url', 'text', 'file']),
        due: null,
      };
    case 'announce':
      return { ...base, kind, about: random.chance(0.7) ? environment : null, message: randomMessage(random) };
    case 'wait':
      return { ...base, kind, until: { kind: random.pick(['elapsed', 't-offset']), ms: random.int(-5_000, 60_000) } };
  }
}

/** Every second one, by the number at its end: no draw for it, so that older seeds draw what they drew. */
const isPaged = (id: string): boolean => /[13579]$/.test(id);

/** By the number at its end, as what is paged: who holds two roles counts for one, a GO grows old. */
function rulesOf(id: string): Pick<SignoffStep, 'distinct' | 'expires'> {
  return { ...(/[13579]$/.test(id) ? { distinct: true } : {}), ...(/[2357]$/.test(id) ? { expires: 90_000 } : {}) };
}

/** By the number at its end, as well: a tick grows old, and its address is asked. */
function proofRules(id: string): Pick<TaskStep, 'asked' | 'validFor'> {
  return {
    ...(/[13579]$/.test(id) ? { validFor: 60_000 } : {}),
    ...(/[2347]$/.test(id) ? { asked: { status: 200 } } : {}),
  };
}

function randomRun(random: Random, place: Place): Omit<RunStep, 'title' | 'phase' | 'onFail' | 'attempts'> {
  const { id, needs, environments } = place;
  const executive = random.chance(0.75);
  const undo = random.chance(0.8)
    ? ({ kind: 'command', command: command('undo', id, random) } as const)
    : ({ kind: 'none', because: 'it only adds' } as const);
  return {
    id,
    needs,
    kind: 'run',
    effect: executive ? 'executive' : 'read-only',
    command: command('do', id, random),
    confirm: random.chance(0.2) ? `CONFIRM ${id}` : null,
    environment: random.chance(0.5) ? random.pick(environments) : null,
    verify: random.chance(0.5) ? command('verify', id, random) : null,
    idempotent: random.chance(0.3),
    undo: executive ? undo : null,
  };
}

function command(verb: string, id: string, random: Random): Command {
  return { argv: [verb, id], directory: '.', env: {}, timeout: random.int(5_000, 30_000) };
}

const JUDGING: Judging = {
  conditions: [{ cel: 'errors < 0.01', metrics: ['errors'] }],
  pagesOn: ['telemetry-broken'],
  minSamples: 10,
  every: 1_000,
  silence: 30_000,
};

const MIRRORING: Mirroring = { methods: ['GET', 'HEAD'], compare: { body: null } };

function randomStrategy(random: Random, id: string) {
  const strategy = random.pick(['canary', 'flag', 'blue-green', 'big-bang', 'rolling', 'dark-launch'] as const);
  const inShares = strategy !== 'blue-green' && strategy !== 'big-bang';
  const weights = inShares ? random.pick([[10, 100], [5, 50, 100], [100]]) : [100];
  const stages = weights.map((weight): RolloutStage => ({ weight, hold: random.int(2_000, 60_000), judging: JUDGING }));
  switch (strategy) {
    case 'flag':
      return { strategy, ...rampOf(id), stages: stages.map(flagStage) };
    case 'rolling':
      return { strategy, stages, bounds: randomBounds(random) };
    case 'dark-launch':
      return { strategy, stages, mirroring: MIRRORING };
    case 'canary':
    case 'blue-green':
    case 'big-bang':
      return { strategy, stages };
  }
}

/** Of two flags one, by the number at the end of the step's id: some launches ramp the same one in two steps. */
function rampOf(id: string) {
  const flag = /[13579]$/.test(id) ? 'one-click' : 'dark-mode';
  return { flag, variant: 'on', cohort: flag };
}

/** The first stage of several is a ring. */
function flagStage({ weight, hold, judging }: RolloutStage): FlagStage {
  const audience: FlagAudience =
    weight < 50 ? { kind: 'segment', segment: 'internal' } : { kind: 'share', percent: weight, of: null };
  return { audience, hold, judging };
}

function randomBounds(random: Random): RollingBounds {
  const maxUnavailable = random.pick([
    { unit: 'instances', value: 0 },
    { unit: 'instances', value: 1 },
    { unit: 'percent', value: 50 },
  ] as const);
  return { maxSurge: { unit: 'percent', value: 25 }, maxUnavailable };
}

function randomQuorum(random: Random): Readonly<Record<string, number>> {
  const first = random.pick(ROLES);
  const second = random.pick(ROLES);
  return random.chance(0.5) ? { [first]: 1 } : { [first]: 1, [second]: second === 'support' ? 1 : random.int(1, 2) };
}

function randomMessage(random: Random): AnnounceStep['message'] {
  return { to: CHANNELS.slice(0, random.int(1, 3)), title: 'News', text: 'There is news.' };
}
