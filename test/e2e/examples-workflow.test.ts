import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumBinary } from '../../scripts/servers/chromium.ts';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { withClient } from '../../scripts/servers/with-client.ts';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { changePlan, installing } from './support/change-plan.ts';
import { copyExample, underGit } from './support/example-folder.ts';
import { githubRuns, startOutside } from './support/outside.ts';
import { People } from './support/people.ts';
import { freePort, RealServer } from './support/real-server.ts';

const OLD = '1.0.0';
const SOUND = '2.2.0';
/** Fails for every basket with a gift card, and the smoke test has one. */
const BAD = '2.1.0';
const AUTHOR = 'remi@shop.example';
const ROLES = { 'release-manager': 'rita@shop.example', 'on-call': 'omar@shop.example' };
const SECRETS = {
  NEWS_KEY: `whsec_${Buffer.from('the signing key of the newsletter').toString('base64')}`,
  GITHUB_TOKEN: 'ghp-of-the-team',
  GITHUB_AUTHORIZATION: 'Bearer ghp-of-the-team',
};

/** A message may be on its way when a launch has ended. */
const SOON = { timeout: 10_000 };

/** Minutes as seconds, with as many fewer requests. */
const TIMES = {
  'hold: 5m': 'hold: 2s',
  'for: 30m': 'for: 4s',
  'min-samples: 100': 'min-samples: 5',
  // In seconds nobody can tell whether they rise.
  'memory: { below: 1500 }': 'memory: { below: 1500, rising: ignore }',
  'cpu: { below: 90 }': 'cpu: { below: 90, rising: ignore }',
};

const PROGRAMS = findPostgres();
const MISSING = [
  ...(PROGRAMS === null ? ['PostgreSQL 15 or newer'] : []),
  ...(chromiumBinary === null ? ['Chromium'] : []),
];
const why = MISSING.length === 0 ? '' : ` (skipped: ${MISSING.join(' and ')} not installed)`;

describe.skipIf(MISSING.length > 0)(`the deployment workflow${why}`, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(PROGRAMS ?? '');
  });
  afterAll(() => postgres.stop());

  test(
    'runs from the checks before it to the tag, and tells the team and the customers',
    { timeout: 180_000 },
    async () => {
      await using stage = await openStage(postgres.url, 'sound');
      const { view, record } = await stage.launch(SOUND);
      expect([view.state, view.causes]).toEqual(['completed', []]);
      await expect.poll(() => stage.outside.titlesIn('deployments'), SOON).toEqual(['✅ Deployed to production']);
      await expect
        .poll(() => stage.outside.titlesIn('customers'), SOON)
        .toEqual(['Nouveau : Nouvelle version disponible']);
      expect(stage.outside.titlesIn('on-call')).toEqual([]);
      expect(stage.outside.told[0]?.[1]).toContain(`Version: ${SOUND}`);
      expect(stage.read('CHANGELOG.md')).toContain(`## ${SOUND}`);
      expect(stage.git('tag')).toContain(`v${SOUND}`);
      expect(await stage.applied('production')).toEqual(['001_products', '002_gift_cards']);
      const text = JSON.stringify(record);
      for (const word of ['ci.yml of acme/shop', 'somebody pays', 'LCP', 'shop-1.dump']) expect(text).toContain(word);
      for (const secret of [...Object.values(SECRETS), stage.password]) expect(text).not.toContain(secret);
    },
  );

  test('a smoke test that fails takes staging back, its migration too, and says so', { timeout: 180_000 }, async () => {
    await using stage = await openStage(postgres.url, 'bad');
    const { view } = await stage.launch(BAD);
    expect(view.causes.join()).toContain('somebody pays');
    expect(['scrubbed', 'rolled-back']).toContain(view.state);
    expect(await stage.serving('staging')).toBe(OLD);
    expect(await stage.serving('production')).toBe(OLD);
    expect(await stage.applied('staging')).toEqual(['001_products']);
    await expect
      .poll(() => stage.outside.titlesIn('deployments'), SOON)
      .toEqual([`⏪ Rollback: shop ${BAD}`, `Retour arrière : shop ${BAD}`]);
    expect(stage.outside.titlesIn('customers')).toEqual([]);
  });
});

/** The example in a folder of its own under git, with its old version serving visitors, and all that lies outside. `name`: of its databases. */
async function openStage(database: string, name: string) {
  await using stack = new AsyncDisposableStack();
  const example = stack.use(copyExample('deployment-workflow'));
  const { folder } = example;
  const outside = stack.use(await startOutside(answers()));
  const routers = { staging: await freePort(), production: await freePort() };
  const server = new URL(database);
  const databases = {
    staging: await migrated(server, `${name}_staging`),
    production: await migrated(server, `${name}_shop`),
  };
  const plan = changePlan(example.read('launch.yaml'), {
    ...TIMES,
    8081: routers.staging,
    8080: routers.production,
    'https://api.github.com': outside.url,
    'https://metrics.shop.example': outside.url,
    'https://status.payments.example': outside.url,
    'https://api.payments.example': outside.url,
    'https://news.shop.example/hooks': `${outside.url}/to`,
    'PGHOST: db.staging.shop.example': `PGHOST: ${server.hostname}`,
    'PGHOST: db.shop.example': `PGHOST: ${server.hostname}`,
    "PGPORT: '5432'": `PGPORT: '${server.port}'`,
    'PGUSER: migrations': `PGUSER: ${server.username}`,
    'PGDATABASE: shop_staging': `PGDATABASE: ${name}_staging`,
    'PGDATABASE: shop\n': `PGDATABASE: ${name}_shop\n`,
  });
  writeReports(folder);
  const git = underGit(example, AUTHOR);
  const environment = {
    ...SECRETS,
    SLIPWAY_PERSON: AUTHOR,
    STAGING_DATABASE_URL: databases.staging,
    PRODUCTION_DATABASE_URL: databases.production,
    STAGING_DATABASE_PASSWORD: server.password,
    PRODUCTION_DATABASE_PASSWORD: server.password,
    SLACK_DEPLOYMENTS_URL: `${outside.url}/to/deployments`,
    SLACK_ON_CALL_URL: `${outside.url}/to/on-call`,
  };
  const real = new RealServer(folder, environment);
  await real.start();
  stack.defer(() => real.stop('shop.staging', 'shop.production'));

  // On any day, at any hour: what the calendar says is tested elsewhere.
  const start = (text: string, artifactVersion: string): Promise<LaunchView> =>
    real.api('POST', '/launches', { text, file: 'launch.yaml', directory: '.', artifactVersion, urgency: 'hotfix-p1' });
  const leaving = new AbortController();
  let visits: Promise<unknown> = Promise.resolve();
  stack.defer(async () => {
    leaving.abort();
    await visits;
  });
  const held = stack.move();
  return {
    outside,
    git,
    password: server.password,
    read: (file: string) => readFileSync(join(folder, file), 'utf8'),
    launch: async (version: string) => {
      const people = await People.withTokens(real, ROLES);
      const answers = { phrases: { 'migrate-production': 'migrer la production' } };
      // What stands in front of production is the policy's: also of the first version.
      const { id: first } = await start(withoutPolicy(plan), OLD);
      expect((await people.accompany(first, answers)).state).toBe('completed');
      visits = runVisitors({
        url: `http://127.0.0.1:${routers.production}`,
        ratePerSecond: 80,
        signal: leaving.signal,
      });
      const { id } = await start(plan, version);
      const view = await people.accompany(id, answers);
      return { view, record: await real.record(id) };
    },
    serving: async (environmentName: keyof typeof routers) =>
      (await fetch(`http://127.0.0.1:${routers[environmentName]}/healthz`)).headers.get('x-shop-version'),
    applied: (environmentName: keyof typeof databases) =>
      withClient(databases[environmentName], async (client) => {
        const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
        return rows.map((row) => row.name);
      }),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** The old version, with the sign-off that the policy asks for. */
function withoutPolicy(plan: string): string {
  const signoff = `      - { signoff: go, by: { release-manager: 1, on-call: 1 }, not: [author], expires: 4h, needs: [] }\n`;
  return installing(plan, 'staging', 'production')
    .replace('    steps:\n', `    steps:\n${signoff}`)
    .replaceAll(/deploy: (\w+), needs: \[\]/g, 'deploy: $1, needs: [go]');
}

/** A database whose first migration was applied long ago. */
async function migrated(server: URL, name: string): Promise<string> {
  await withClient(server.href, (client) => client.query(`create database ${name}`));
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await withClient(url, (client) =>
    client.query(`
      create table migrations (name text primary key);
      create table products (id text primary key, name text not null);
      insert into migrations values ('001_products');`),
  );
  return url;
}

/** What the build left, and the newest backup. */
function writeReports(folder: string): void {
  const audit = {
    auditReportVersion: 2,
    vulnerabilities: {},
    metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 1 } },
  };
  const files = {
    'reports/audit.json': JSON.stringify(audit),
    'backups/shop-1.dump': 'x'.repeat(2_000),
    'env/.env.prod': 'SHOP_VERSION=2\nSHOP_FLAGS_URL=http://127.0.0.1\nFEATURE_ONE_CLICK=off\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** GitHub, the monitoring and the payment provider. */
function answers() {
  return {
    '/repos/acme/shop/actions/workflows/ci.yml/runs': githubRuns('acme/shop', ['success']),
    '/repos/acme/shop/branches/main/protection': {
      required_pull_request_reviews: { required_approving_review_count: 1 },
    },
    '/api/v2/status.json': { status: { indicator: 'none' } },
    '/health': { status: 'ok' },
    '/memory': { megabytes: 120 },
    '/cpu': { percent: 20 },
    '/sessions': { active: 120 },
  };
}
