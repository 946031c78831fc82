import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { LaunchCommand, LaunchView } from '@slipway/contract';
import { type Changes, utcTime } from './change-plan.ts';
import { type ExampleLaunch, openExample } from './example-launch.ts';
import { githubRuns, type Outside, startOutside } from './outside.ts';
import { type Answers, People } from './people.ts';
import type { RealServer } from './real-server.ts';

const HOUR = 3_600_000;
export const TAG = 'prod-ready-2026-01-23-nightly-green';
export const NIGHTLY = '/repos/shop/shop/actions/workflows/nightly.yml/runs';
const CONFIRMATION = 'I_UNDERSTAND_THIS_WILL_DROP_PUBLIC';
const ANSWERS = {
  '/api/alerts': { critical: 0 },
  '/log_actions': { count: 12 },
  [NIGHTLY]: githubRuns('shop/shop', ['success', 'success', 'success', 'success']),
};

/** Seconds in place of hours. */
const QUICKER: Changes = {
  'for: 48h\n        every: 1m': 'for: 3s\n        every: 1s',
  'min-samples: 50': 'min-samples: 20',
  'hold: 1m': 'hold: 2s',
  'for: 30m': 'for: 2s',
  'for: 90m': 'for: 3s',
  'latency.new < 500': 'latency.new < 2000',
  'for: 14d': 'for: 1s',
};

const ROLES = {
  'release-manager': 'rm@shop.example',
  'qa-lead': 'qa@shop.example',
  direction: 'pca@shop.example',
  product: 'produit@shop.example',
  operations: 'exploitation@shop.example',
  testers: 'metier@shop.example',
};

const WHO = { 'staging-only': 'rm@shop.example', production: 'pca@shop.example', freeze: 'pca@shop.example' } as const;

interface Wish {
  /** What the product owner wants. */
  readonly wish: string;
  readonly reason?: string;
  readonly seen?: Answers['seen'];
}

interface Choice {
  readonly by: string;
  readonly reason?: string;
  /** Default: the proposal that is there. */
  readonly basis?: number;
}

/** The release gate with all that it names outside of itself. */
export interface Site extends ExampleLaunch {
  readonly outside: Outside;
  /** The launch at the end of its gate, with nobody who has chosen. */
  toTheDecision(wish: Wish): Promise<LaunchView>;
  choose(id: string, scenario: string, choice: Choice): Promise<{ readonly status: number; readonly text: string }>;
  /** The whole way: the gate, the choice by who has its authority, and the scenario to its end, or until it is held. */
  run(scenario: keyof typeof WHO, wish: Wish): Promise<LaunchView>;
  /** As the journal of an earlier launch says it. */
  provedInStaging(version: string): void;
}

export async function openGate(version = '2.2.0'): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const outside = stack.use(await startOutside(ANSWERS));
  const environment = {
    SLACK_RELEASE: `${outside.url}/to/team`,
    SLACK_USERS: `${outside.url}/to/users`,
    PAGERDUTY_KEY: 'r'.repeat(32),
    CI_TOKEN: 'token-of-the-ci',
  };
  const example = stack.use(await openExample('release-gate', { environment, version }));
  prepare(example);
  const people = await People.withTokens(example.server, ROLES);
  const changes = changesFor(outside.url, example.git('rev-parse', 'HEAD').trim());
  const toTheDecision = async ({ wish }: Wish): Promise<LaunchView> => {
    const { id } = await example.start('launch.yaml', changes);
    return decisionOf(example.server, id, wish);
  };
  const choose: Site['choose'] = async (id, scenario, { by, reason = '', basis }) => {
    const view = await example.server.api<LaunchView>('GET', `/launches/${id}`);
    const seen = basis ?? view.scenario?.basis?.seq ?? 0;
    return say(example.server, id, { by, command: { type: 'choose', scenario, reason, basis: seen } });
  };
  const run: Site['run'] = async (scenario, wish) => {
    const view = await toTheDecision(wish);
    if (view.state === 'held') return view;
    const said = await choose(view.id, scenario, { by: WHO[scenario], reason: wish.reason ?? '' });
    if (said.status !== 200) throw new Error(`${scenario}: ${said.status} ${said.text}`);
    const { seen } = wish;
    const answers = { phrases: { 'remettre-staging-a-zero': CONFIRMATION }, ...(seen === undefined ? {} : { seen }) };
    return people.accompany(view.id, answers);
  };
  const provedInStaging = (proved: string): void => {
    appendFileSync(
      join(example.folder, 'docs/DEPLOYMENTS.md'),
      `## Staging ${proved} : validé 48 h\n\nTag ${TAG}.\n\n`,
    );
  };
  const held = stack.move();
  const dispose = (): Promise<void> => held.disposeAsync();
  return { ...example, outside, toTheDecision, choose, run, provedInStaging, [Symbol.asyncDispose]: dispose };
}

/** The product owner says what is wanted, and the gate ends: at the decision, or held. */
async function decisionOf(server: RealServer, id: string, wish: string): Promise<LaunchView> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const view = await server.api<LaunchView>('GET', `/launches/${id}`);
    if (view.state === 'held' || (view.scenario?.basis ?? null) !== null) return view;
    if (Date.now() > deadline) throw new Error(`no decision: ${view.headline}`);
    if (stateOf(view, 'intention') === 'active')
      await say(server, id, { by: ROLES.product, command: { type: 'complete-task', step: 'intention', proof: wish } });
    await pass(50);
  }
}

interface Said {
  readonly by: string;
  readonly command: LaunchCommand;
}

/** As a person with a token of their own. */
async function say(server: RealServer, id: string, { by, command }: Said): Promise<{ status: number; text: string }> {
  const { token } = await server.api<{ readonly token: string }>('POST', '/tokens', { person: by, role: 'member' });
  const response = await fetch(`${server.url}/api/v1/launches/${id}/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  return { status: response.status, text: await response.text() };
}

/** A commit with its tag, files that are never committed, and a backup. */
function prepare({ folder, git }: ExampleLaunch): void {
  git('tag', '--annotate', TAG, '--message', 'Green');
  writeFileSync(join(folder, 'env/.env.staging'), 'STAGING_DB_URL=postgres://staging\nSTAGING_PROJECT_REF=s1\n');
  writeFileSync(join(folder, 'env/.env.prod'), 'SUPABASE_URL=https://prod\nSUPABASE_PROJECT_REF=p1\n');
  mkdirSync(join(folder, 'backups'));
  cpSync(join(folder, 'data/production.json'), join(folder, 'backups/production-1.json'));
}

function changesFor(url: string, commit: string): Changes {
  const now = Date.now();
  return {
    ...QUICKER,
    '0c5c2b7': commit,
    'from: github\n': `from: github\n          url: '${url}'\n`,
    'zone: Europe/Paris': 'zone: UTC',
    'https://errors.shop.example/api': `${url}/api`,
    'https://audit.shop.example': url,
    'https://events.eu.pagerduty.com': `${url}/to/on-call`,
    't0: 2026-12-01T22:00': `t0: ${utcTime(now)}`,
    'from: 2026-12-01T22:00, to: 2026-12-02T02:00': `from: ${utcTime(now - HOUR)}, to: ${utcTime(now + HOUR)}`,
  };
}

export const stateOf = ({ phases }: LaunchView, step: string): string | undefined =>
  phases.flatMap(({ steps }) => steps).find(({ id }) => id === step)?.state;

export const statesOf = (view: LaunchView, steps: readonly string[]): readonly (string | undefined)[] =>
  steps.map((step) => stateOf(view, step));
