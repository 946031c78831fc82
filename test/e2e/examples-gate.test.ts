import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { type Changes, utcTime } from './support/change-plan.ts';
import { openExample } from './support/example-launch.ts';
import { githubRuns, startOutside } from './support/outside.ts';
import { type Answers, People } from './support/people.ts';
import { ROOT } from './support/real-server.ts';

const PATIENT = { timeout: 180_000 };
/** A message may be on its way when a launch has ended. */
const SOON = { timeout: 10_000 };
const HOUR = 3_600_000;
const TAG = 'prod-ready-2026-01-23-nightly-green';
const NIGHTLY = '/repos/shop/shop/actions/workflows/nightly.yml/runs';
const ANSWERS = {
  '/api/alerts': { critical: 0 },
  '/log_actions': { count: 12 },
  [NIGHTLY]: githubRuns('shop/shop', ['success', 'success', 'success', 'success']),
};

/** What every plan of the gate names outside of itself. */
const places = (url: string, commit: string): Changes => ({
  '0c5c2b7': commit,
  'from: github,': `from: github, url: '${url}',`,
  'zone: Europe/Paris': 'zone: UTC',
});
const QUICKER = {
  staging: { 'for: 48h\n        every: 1m': 'for: 3s\n        every: 1s', 'min-samples: 50': 'min-samples: 20' },
  production: {
    'hold: 1m': 'hold: 2s',
    'for: 30m': 'for: 2s',
    'for: 90m': 'for: 3s',
    'min-samples: 50': 'min-samples: 20',
    'latency.new < 500': 'latency.new < 2000',
  },
  freeze: { 'for: 14d': 'for: 1s' },
} as const satisfies Readonly<Record<string, Changes>>;

type Scenario = keyof typeof QUICKER;

/** Roles that may act in the scenario, each held by one person here. */
const ROLES: Readonly<Record<Scenario, Readonly<Record<string, string>>>> = {
  staging: { 'staging-authority': 'rm@shop.example', 'qa-lead': 'qa@shop.example', testers: 'metier@shop.example' },
  production: {
    direction: 'pca@shop.example',
    operations: 'exploitation@shop.example',
    'release-manager': 'rm@shop.example',
  },
  freeze: { 'freeze-authority': 'pca@shop.example', product: 'produit@shop.example' },
};

type Site = Awaited<ReturnType<typeof openGate>>;

async function openGate(version = '2.2.0') {
  await using stack = new AsyncDisposableStack();
  const outside = stack.use(await startOutside(ANSWERS));
  const environment = {
    SLACK_RELEASE: `${outside.url}/to/team`,
    SLACK_USERS: `${outside.url}/to/users`,
    PAGERDUTY_KEY: 'r'.repeat(32),
    CI_TOKEN: 'token-of-the-ci',
  };
  const example = stack.use(await openExample('release-gate', { environment, version }));
  example.git('tag', '--annotate', TAG, '--message', 'Green');
  writeFileSync(
    join(example.folder, 'env/.env.staging'),
    'STAGING_DB_URL=postgres://staging\nSTAGING_PROJECT_REF=s1\n',
  );
  writeFileSync(join(example.folder, 'env/.env.prod'), 'SUPABASE_URL=https://prod\nSUPABASE_PROJECT_REF=p1\n');
  mkdirSync(join(example.folder, 'backups'));
  cpSync(join(example.folder, 'data/production.json'), join(example.folder, 'backups/production-1.json'));
  const commit = example.git('rev-parse', 'HEAD').trim();
  const own = (scenario: Scenario): Changes => {
    const { url } = outside;
    const now = Date.now();
    const common = { ...places(url, commit), ...QUICKER[scenario] };
    if (scenario === 'freeze') return common;
    const watched = { 'https://errors.shop.example/api': `${url}/api`, 'https://audit.shop.example': url };
    if (scenario === 'staging') return { ...common, ...watched };
    return {
      ...common,
      ...watched,
      'https://events.eu.pagerduty.com': `${url}/to/on-call`,
      't0: 2026-12-01T22:00': `t0: ${utcTime(now)}`,
      'from: 2026-12-01T22:00, to: 2026-12-02T02:00': `from: ${utcTime(now - HOUR)}, to: ${utcTime(now + HOUR)}`,
    };
  };
  const run = async (scenario: Scenario, answers: Answers = {}): Promise<LaunchView> => {
    const people = await People.withTokens(example.server, ROLES[scenario]);
    const { id } = await example.start(`${scenario}.yaml`, own(scenario));
    return people.accompany(id, { phrases: { 'remettre-staging-a-zero': CONFIRMATION }, ...answers });
  };
  const held = stack.move();
  return { ...example, outside, run, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

const CONFIRMATION = 'I_UNDERSTAND_THIS_WILL_DROP_PUBLIC';

const titlesIn = (site: Site, channel: string): readonly string[] =>
  site.outside.told.filter(([to]) => to === channel).map(([, text]) => /\*([^*]+)\*/.exec(text)?.[1] ?? text);
const stateOf = ({ phases }: LaunchView, step: string): string | undefined =>
  phases.flatMap(({ steps }) => steps).find(({ id }) => id === step)?.state;
const read = (site: Site, file: string): string => readFileSync(join(site.folder, file), 'utf8');

/** Of a launch that has ended: its last message may be on its way. */
/** What a journal says once it says this: a launch's last message may arrive after its end. */
async function journalOf(site: Site, file: string, wanted: string): Promise<string> {
  await expect.poll(() => read(site, file), SOON).toContain(wanted);
  return read(site, file);
}

async function served(site: Site): Promise<unknown> {
  const { version } = (await (await fetch(`${site.production}/healthz`)).json()) as { readonly version: string };
  return version;
}

describe('the gate', () => {
  const gateOf = (scenario: Scenario): string => {
    const text = readFileSync(join(ROOT, 'examples/release-gate', `${scenario}.yaml`), 'utf8');
    return text.slice(text.indexOf('  - phase: gate'), text.indexOf('docs/release-gate.md'));
  };

  test('is the same before each scenario, but that production asks for two green nights', () => {
    expect(gateOf('freeze')).toBe(gateOf('staging'));
    const asked = gateOf('staging').replace('cycles: 1', 'cycles: 2').replace('green-for: 24h', 'green-for: 48h');
    expect(gateOf('production')).toBe(asked);
    expect(gateOf('staging')).toContain('no-diff-since');
  });
});

test('A: staging is emptied, deployed, tried and watched', PATIENT, async () => {
  await using site = await openGate();
  const view = await site.run('staging');
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(JSON.parse(read(site, 'data/staging.json'))).toMatchObject({ transactions: [], rowLevelSecurity: true });
  await expect
    .poll(() => titlesIn(site, 'team'), SOON)
    .toEqual(['Déploiement commencé : shop 2.2.0', 'shop 2.2.0 : en cours', 'Staging 2.2.0 : validé 48 h']);
  const journal = await journalOf(site, 'docs/STAGING_DEPLOYMENTS.md', 'validé 48 h');
  expect(journal).toContain(TAG);
  expect(journal).toContain('rm@shop.example');
  const record = JSON.stringify(await site.server.record(view.id));
  for (const evidence of [TAG, 'run 100', 'STAGING_PROJECT_REF', 'carte cadeau']) expect(record).toContain(evidence);
  expect(record).not.toContain('postgres://staging');
});

test('A: a smoke test that fails takes staging back, and its data with it', PATIENT, async () => {
  await using site = await openGate('2.1.0');
  const view = await site.run('staging');
  expect(view.state).toBe('scrubbed');
  expect(stateOf(view, 'smoke')).toBe('failed');
  expect(JSON.parse(read(site, 'data/staging.json'))).toMatchObject({ transactions: [{ id: 1 }, { id: 2 }] });
  await expect.poll(() => titlesIn(site, 'team').at(-1), SOON).toBe('Rollback STAGING de 2.1.0');
  await journalOf(site, 'docs/STAGING_DEPLOYMENTS.md', 'Rollback STAGING de 2.1.0');
});

test('B: production is deployed in its maintenance window, and watched', PATIENT, async () => {
  await using site = await openGate();
  const view = await site.run('production');
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(await served(site)).toBe('2.2.0');
  await expect.poll(() => titlesIn(site, 'users'), SOON).toEqual(['Maintenance de shop', 'Production 2.2.0, réussie']);
  await journalOf(site, 'docs/PROD_DEPLOYMENTS.md', 'Production 2.2.0, réussie');
  expect(read(site, 'CHANGELOG.md')).toContain('## 2.2.0');
});

test('B: a smoke test that fails takes production back at once, and tells everybody why', PATIENT, async () => {
  await using site = await openGate('2.1.0');
  const view = await site.run('production');
  expect(view.state).toBe('rolled-back');
  expect(view.causes.join()).toContain('carte cadeau');
  expect(await served(site)).toBe('1.0.0');
  await expect
    .poll(() => titlesIn(site, 'users'), SOON)
    .toEqual(['Maintenance de shop', 'INCIDENT P0 : Scénario B, production contrôlée', 'Rollback PROD de 2.1.0']);
  const journal = await journalOf(site, 'docs/PROD_DEPLOYMENTS.md', 'Raison :');
  expect(journal).toContain('Post-mortem obligatoire');
  expect(read(site, 'CHANGELOG.md')).not.toContain('## 2.1.0');
});

test('B: one night without a green run holds at the gate', PATIENT, async () => {
  await using site = await openGate();
  site.outside.answer(NIGHTLY, githubRuns('shop/shop', ['success', 'failure', 'success']));
  const view = await site.run('production');
  expect(view.state).toBe('held');
  expect(stateOf(view, 'nightly')).toBe('failed');
  expect(stateOf(view, 'autorisation-production')).toBe('waiting');
});

test('C: a freeze is tagged, told with its reason, and ends when nothing has changed', PATIENT, async () => {
  await using site = await openGate();
  const view = await site.run('freeze');
  expect([view.state, view.causes]).toEqual(['completed', []]);
  expect(site.git('ls-remote', '--tags', 'origin')).toContain('refs/tags/freeze-2.2.0');
  await expect.poll(() => titlesIn(site, 'team'), SOON).toEqual(['Gel de 2.2.0', 'Fin du gel de 2.2.0']);
  await journalOf(site, 'docs/RELEASE_FREEZES.md', 'Raison : Les fêtes');
});

test('C: code that changed during the freeze asks for a new gate', PATIENT, async () => {
  await using site = await openGate();
  const seen = (view: LaunchView): void => {
    if (stateOf(view, 'backlog') === 'active') writeFileSync(join(site.folder, 'smoke.yaml'), 'requests: []\n');
  };
  const view = await site.run('freeze', { seen });
  expect(view.state).toBe('held');
  expect(stateOf(view, 'unchanged')).toBe('failed');
  expect(titlesIn(site, 'team')).not.toContain('Fin du gel de 2.2.0');
});
