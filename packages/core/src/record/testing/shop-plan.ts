import type { Environment, Judging, Plan, Step } from '@slipway/plan';

const environment = (name: string, tier: Environment['tier']): Environment => ({
  name,
  tier,
  target: { provider: 'processes', config: {} },
  router: { provider: 'builtin', config: {} },
});

const judging: Judging = {
  conditions: [{ cel: 'errors.new <= errors.old * 1.5', metrics: ['errors'] }],
  minSamples: 50,
  every: 1000,
  silence: 30_000,
};

const limits = { timeout: 300_000, attempts: 3 };
const command = (...argv: readonly string[]) => ({ argv, directory: '.', env: {}, timeout: 60_000 });

const steps: readonly Step[] = [
  {
    kind: 'check',
    id: 'smoke',
    title: 'Smoke tests of the build',
    phase: 'gate',
    needs: [],
    onFail: 'hold',
    check: { provider: 'http', config: {} },
    ...limits,
  },
  {
    kind: 'task',
    id: 'macros',
    title: 'Support macros ready',
    phase: 'gate',
    needs: [],
    onFail: 'hold',
    owner: 'support-lead',
    proof: 'url',
    due: null,
  },
  {
    kind: 'signoff',
    id: 'go-no-go',
    title: 'GO or NO-GO',
    phase: 'gate',
    needs: ['smoke', 'macros'],
    onFail: 'hold',
    quorum: { 'release-manager': 1, 'support-lead': 1 },
  },
  {
    kind: 'run',
    id: 'changelog',
    title: 'Add the entry to the change log',
    phase: 'production',
    needs: ['go-no-go'],
    onFail: 'hold',
    effect: 'executive',
    command: command('node', 'add-changelog.ts', '2.1.0'),
    attempts: 1,
    confirm: null,
    environment: null,
    verify: command('node', 'add-changelog.ts', '2.1.0', '--check'),
    idempotent: true,
    undo: { kind: 'command', command: command('node', 'add-changelog.ts', '2.1.0', '--remove') },
  },
  {
    kind: 'run',
    id: 'mails',
    title: 'Mail the early customers',
    phase: 'production',
    needs: ['changelog'],
    onFail: 'hold',
    effect: 'executive',
    command: command('node', 'mail.ts'),
    attempts: 1,
    confirm: 'mail them',
    environment: null,
    verify: null,
    idempotent: false,
    undo: { kind: 'none', because: 'a mail cannot be unsent' },
  },
  {
    kind: 'rollout',
    id: 'rollout-production',
    title: 'Roll out to production',
    phase: 'production',
    needs: ['mails'],
    onFail: 'rollback',
    environment: 'production',
    strategy: 'canary',
    stages: [
      { weight: 5, hold: 30_000, judging },
      { weight: 100, hold: 60_000, judging },
    ],
    ...limits,
  },
  {
    kind: 'announce',
    id: 'go-live',
    title: 'Tell the customers',
    phase: 'production',
    needs: ['rollout-production'],
    onFail: 'hold',
    about: 'production',
    message: { to: ['customers'], title: 'Faster checkout', text: 'One click, and it is yours.' },
  },
];

const phase = (name: string) => ({
  name,
  steps: steps.filter((step) => step.phase === name).map((step) => step.id),
});

/** A small shop's plan: a gate, then production. */
export const SHOP_PLAN: Plan = {
  launch: 'shop-checkout',
  title: 'One-click | checkout',
  artifact: { name: 'shop', version: '2.1.0', git: 'v2.1.0' },
  zone: 'Europe/Paris',
  t0: null,
  people: { 'release-manager': ['rm@shop.example'], 'support-lead': ['sl@shop.example'] },
  environments: {
    staging: environment('staging', 'staging'),
    production: environment('production', 'production'),
  },
  metrics: {
    errors: { name: 'errors', source: { provider: 'router', config: {} }, unit: 'ratio' },
    latency: { name: 'latency', source: { provider: 'router', config: {} }, unit: 'milliseconds' },
  },
  channels: { team: { provider: 'console', config: {} }, customers: { provider: 'webhook', config: {} } },
  phases: [phase('gate'), phase('production')],
  steps: Object.fromEntries(steps.map((step) => [step.id, step])),
  announcements: [
    { on: 'turning-back', message: { to: ['team'], title: 'Going back', text: 'We go back to the old version.' } },
    { on: 'completed', message: { to: ['team'], title: 'Done', text: 'It is live.' } },
  ],
};
