import type {
  AnnounceStep,
  CheckStep,
  Command,
  DarkLaunch,
  DeployStep,
  FlagAudience,
  FlagRollout,
  Judging,
  RollingRollout,
  RunStep,
  ShiftingRollout,
  SignoffStep,
  SoakStep,
  Step,
  TaskStep,
  WaitStep,
} from '@slipway/plan';

/** Steps with every field filled in; a test writes only what it is about. */
type Own<S extends Step> = Partial<Omit<S, 'id' | 'kind'>>;

const base = (id: string) =>
  ({ id, title: `Step ${id}`, phase: 'launch', needs: [], onFail: 'hold' }) satisfies Partial<Step>;

export const command = (...argv: readonly string[]): Command => ({ argv, directory: '.', env: {}, timeout: 5_000 });

export const JUDGING: Judging = {
  conditions: [{ cel: 'errors < 0.01', metrics: ['errors'] }],
  minSamples: 100,
  every: 1_000,
  silence: 30_000,
};

export const check = (id: string, own: Own<CheckStep> = {}): CheckStep => ({
  ...base(id),
  kind: 'check',
  check: { provider: 'fake', config: {} },
  timeout: 10_000,
  attempts: 1,
  ...own,
});

/** Executive with an undo. */
export const run = (id: string, own: Own<RunStep> = {}): RunStep => ({
  ...base(id),
  kind: 'run',
  effect: 'executive',
  command: command('do', id),
  attempts: 1,
  confirm: null,
  environment: null,
  verify: null,
  idempotent: false,
  undo: { kind: 'command', command: command('undo', id) },
  ...own,
});

export const readOnlyRun = (id: string, own: Own<RunStep> = {}): RunStep =>
  run(id, { effect: 'read-only', undo: null, ...own });

export const deploy = (id: string, environment: string, own: Own<DeployStep> = {}): DeployStep => ({
  ...base(id),
  kind: 'deploy',
  environment,
  timeout: 60_000,
  attempts: 1,
  ...own,
});

export const stage = (weight: number, hold = 60_000) => ({ weight, hold, judging: JUDGING });

export const rollout = (id: string, environment: string, own: Own<ShiftingRollout> = {}): ShiftingRollout => ({
  ...base(id),
  kind: 'rollout',
  environment,
  strategy: 'canary',
  stages: [stage(10), stage(100)],
  timeout: 60_000,
  attempts: 1,
  ...own,
});

/** One instance more, none fewer. */
export const rolling = (id: string, environment: string, own: Own<RollingRollout> = {}): RollingRollout => ({
  ...base(id),
  kind: 'rollout',
  environment,
  strategy: 'rolling',
  stages: [stage(50), stage(100)],
  bounds: { maxSurge: { unit: 'instances', value: 1 }, maxUnavailable: { unit: 'instances', value: 0 } },
  timeout: 60_000,
  attempts: 1,
  ...own,
});

/** Copies of what changes nothing; whole bodies are compared. */
export const darkLaunch = (id: string, environment: string, own: Own<DarkLaunch> = {}): DarkLaunch => ({
  ...base(id),
  kind: 'rollout',
  environment,
  strategy: 'dark-launch',
  stages: [stage(10), stage(50)],
  mirroring: { methods: ['GET', 'HEAD'], compare: { body: { only: [], ignore: [] } } },
  timeout: 60_000,
  attempts: 1,
  ...own,
});

export const everybody = (percent: number): FlagAudience => ({ kind: 'share', percent, of: null });
export const segment = (name: string): FlagAudience => ({ kind: 'segment', segment: name });
export const flagStage = (audience: FlagAudience, hold = 60_000) => ({ audience, hold, judging: JUDGING });

/** First the people inside, then a tenth of everybody, then all. */
export const flagRollout = (id: string, environment: string, own: Own<FlagRollout> = {}): FlagRollout => ({
  ...base(id),
  kind: 'rollout',
  environment,
  strategy: 'flag',
  flag: 'one-click',
  variant: 'on',
  cohort: 'one-click',
  stages: [flagStage(segment('internal')), flagStage(everybody(10)), flagStage(everybody(100))],
  timeout: 60_000,
  attempts: 1,
  ...own,
});

export const soak = (id: string, environment: string, own: Own<SoakStep> = {}): SoakStep => ({
  ...base(id),
  kind: 'soak',
  environment,
  hold: 600_000,
  judging: JUDGING,
  ...own,
});

export const signoff = (id: string, quorum: SignoffStep['quorum'], own: Own<SignoffStep> = {}): SignoffStep => ({
  ...base(id),
  kind: 'signoff',
  quorum,
  ...own,
});

export const task = (id: string, owner: string, own: Own<TaskStep> = {}): TaskStep => ({
  ...base(id),
  kind: 'task',
  owner,
  proof: 'text',
  due: null,
  ...own,
});

export const announce = (id: string, about: string | null, own: Own<AnnounceStep> = {}): AnnounceStep => ({
  ...base(id),
  kind: 'announce',
  about,
  message: { to: ['team'], title: 'Live', text: 'It is live.' },
  ...own,
});

export const wait = (id: string, until: WaitStep['until'], own: Own<WaitStep> = {}): WaitStep => ({
  ...base(id),
  kind: 'wait',
  until,
  ...own,
});
