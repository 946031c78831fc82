import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { EvaluationKeyCreated, LaunchRecord } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres, startPostgres, type TestPostgres } from '../../scripts/servers/postgres.ts';
import { withClient } from '../../scripts/servers/with-client.ts';
import { runVisitors } from '../../examples/shop/visitors.ts';
import { changePlan, installing } from './support/change-plan.ts';
import { slipway } from './support/command-line.ts';
import { copyExample } from './support/example-folder.ts';
import { startOutside } from './support/outside.ts';
import { People } from './support/people.ts';
import { freePort, RealServer } from './support/real-server.ts';

const [OLD, NEW] = ['1.0.0', '2.2.0'];
const AUTHOR = 'bob@shop.example';
const ROLES = {
  'product-owner': 'florian@shop.example',
  devops: 'devops@shop.example',
  developer: 'dev@shop.example',
};
const SECRETS = { SLACK_TOKEN: 'xoxb-of-the-team', PAGERDUTY_KEY: 'key-of-the-team', LINEAR_TOKEN: 'lin-of-the-team' };

/** A message may be on its way when a launch has ended. */
const SOON = { timeout: 10_000 };

/** Days as seconds, with as many fewer requests. */
const TIMES = {
  'for: 24h': 'for: 4s',
  'for: 96h': 'for: 8s',
  'hold: 24h': 'hold: 3s',
  'hold: 48h': 'hold: 2s',
  'until: T+72h': 'until: T+1s',
  'until: T+96h': 'until: T+2s',
  'min-samples: 20\n': 'min-samples: 1\n',
  'min-samples: 50\n': 'min-samples: 5\n',
};

const TABLES = `
  create table posts (id serial, app_version text, user_id int);
  create table sign_ins (id serial, app_version text, succeeded boolean);
  create table rate_limit_blocks (id serial, app_version text, at timestamptz default now());
`;

const PROGRAMS = findPostgres();
const why = PROGRAMS === null ? ' (skipped: PostgreSQL 15 or newer is not installed)' : '';

describe.skipIf(PROGRAMS === null)(`the staging soak${why}`, () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(PROGRAMS ?? '');
    await withClient(postgres.url, (client) => client.query(TABLES));
  });
  afterAll(() => postgres.stop());

  test(
    'runs from the checks before it to 100 % of the visitors, and tells each of it',
    { timeout: 180_000 },
    async () => {
      await using stage = await openStage(postgres.url);
      stage.write(1 / 1000);
      const { view, record } = await stage.launch();
      expect([view.state, view.causes]).toEqual(['completed', []]);
      await expect
        .poll(() => stage.outside.titlesIn('tech'), SOON)
        .toEqual([
          '🚀 STAGING DEPLOYMENT - Story 2.11b (BMA-48)',
          'Questions sur Story 2.11b',
          '📊 Story 2.11b Staging - Day 1/2 Update',
          '🚀 Story 2.11b - GO PRODUCTION APPROVED!',
          '✅ Story 2.11b - 100 %',
        ]);
      await expect
        .poll(() => stage.outside.titlesIn('product'), SOON)
        .toEqual(['🚀 Story 2.11b - GO PRODUCTION APPROVED!', '✅ Story 2.11b - 100 %']);
      expect(stage.outside.titlesIn('incidents')).toEqual([]);
      // One thread: the first message stands in the channel, the others under it.
      const inThread = stage.outside.told.flatMap(([channel, , inThread]) => (channel === 'tech' ? [inThread] : []));
      expect(inThread).toEqual([false, true, true, true, true]);
      const [first, , dayOne] = stage.outside.told.map(([, text]) => text);
      expect(first).toContain('Vérifications réussies: 5');
      expect(dayOne).toMatch(/Incidents: 0\n.*staging, 4,0 s sur 4,0 s.*\nMesuré: errors 0 %, orphans 0 %/);
      expect(stage.outside.told.map(([, text]) => text).join()).not.toContain('[inconnu]');
      expectEvidence(record, ['162', '7 what the flag hides is not there', 'orphans', 'one_click_errors']);
    },
  );

  test('a soak with orphans brings staging back, and everybody is told NO-GO', { timeout: 180_000 }, async () => {
    await using stage = await openStage(postgres.url);
    stage.write(1 / 5);
    const { view, record } = await stage.launch();
    expect(view.causes.join()).toContain('orphans');
    expect(['scrubbed', 'rolled-back']).toContain(view.state);
    expect(await stage.serving('staging')).toBe(OLD);
    await expect.poll(() => stage.outside.titlesIn('incidents').at(-1), SOON).toBe('INCIDENT P0 : Story 2.11b');
    await expect.poll(() => stage.outside.titlesIn('on-call'), SOON).not.toEqual([]);
    for (const channel of ['tech', 'product'])
      await expect.poll(() => stage.outside.titlesIn(channel).at(-1), SOON).toBe('⚠️ Story 2.11b - ROLLBACK EXECUTED');
    const back = stage.outside.told.findLast(([channel]) => channel === 'tech');
    expect(back?.[1]).toContain('Staging ramené à la version précédente, vérifié');
    expectEvidence(record, ['day-one', 'orphans']);
  });
});

/** No secret stands in what people may read. */
function expectEvidence(record: LaunchRecord, words: readonly string[]): void {
  const text = JSON.stringify(record);
  for (const word of words) expect(text).toContain(word);
  for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
}

/** The example in a folder of its own, with its old version serving visitors, and all that lies outside. */
async function openStage(database: string) {
  await using stack = new AsyncDisposableStack();
  const example = stack.use(copyExample('staging-soak'));
  const outside = stack.use(await startOutside({ '/graphql': acceptance() }));
  const [port, staging, prod] = [await freePort(), await freePort(), await freePort()];
  const ports = { 7070: port, 8081: staging };
  const plan = changePlan(example.read('launch.yaml'), {
    ...TIMES,
    ...ports,
    8080: prod,
    'https://api.linear.app': outside.url,
    'channel: C0123456789': `channel: C0123456789, url: '${outside.url}/to/tech'`,
    '{ key: { env: PAGERDUTY_KEY }': `{ url: '${outside.url}/to/on-call', key: { env: PAGERDUTY_KEY }`,
  });
  writeFileSync(join(example.folder, 'smoke.yaml'), changePlan(example.read('smoke.yaml'), { 8081: staging }));
  writeTestReport(example.folder);

  const environment = {
    ...SECRETS,
    SLIPWAY_PERSON: AUTHOR,
    POSTS_DATABASE_URL: database,
    SLACK_INCIDENTS_URL: `${outside.url}/to/incidents`,
    SLACK_PRODUCT_URL: `${outside.url}/to/product`,
  };
  const server = new RealServer(example.folder, environment, { port });
  await server.start();
  stack.defer(() => server.stop('shop.staging', 'shop.prod'));
  for (const name of ['staging', 'prod']) await createFlags(example.folder, name);
  const { id } = await server.launch(installing(plan, 'staging', 'prod'), OLD);
  expect((await server.settled(id)).state).toBe('completed');

  const leaving = new AbortController();
  const routers = { staging, prod };
  const visits = Object.entries(routers).map(([name, router]) =>
    runVisitors({
      url: `http://127.0.0.1:${router}`,
      ratePerSecond: name === 'prod' ? 100 : 30,
      signal: leaving.signal,
      only: 'checkout',
    }),
  );
  let writing: Promise<void> = Promise.resolve();
  stack.defer(async () => {
    leaving.abort();
    await Promise.all([...visits, writing]);
  });
  const held = stack.move();
  return {
    outside,
    /** What people write while they visit, with such a share of posts of nobody. */
    write: (orphans: number) => void (writing = writePosts(database, orphans, leaving.signal)),
    launch: async () => {
      const started = await server.launch(plan, NEW);
      const people = await People.withTokens(server, ROLES);
      const view = await people.accompany(started.id);
      return { view, record: await server.record(started.id) };
    },
    serving: async (name: keyof typeof routers) =>
      (await fetch(`http://127.0.0.1:${routers[name]}/healthz`)).headers.get('x-shop-version'),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** The six criteria, as the tracker tells them. */
function acceptance() {
  const nodes = Array.from({ length: 6 }, (_, index) => ({
    identifier: `AC${index + 1}`,
    state: { type: 'completed' },
  }));
  return { data: { issue: { children: { nodes } } } };
}

function writeTestReport(folder: string): void {
  const cases = Array.from({ length: 162 }, (_, index) => `<testcase name="case ${index}"/>`).join('');
  mkdirSync(join(folder, 'reports'));
  writeFileSync(join(folder, 'reports/junit.xml'), `<testsuite name="unit" tests="162">${cases}</testsuite>`);
}

async function createFlags(folder: string, name: string): Promise<void> {
  const set = `shop.${name}`;
  const command = async (...argv: readonly string[]) => {
    const said = await slipway({ folder, environment: { SLIPWAY_PERSON: AUTHOR } }, ...argv);
    if (said.code !== 0) throw new Error(said.said);
    return said.out;
  };
  await command('flags', 'apply', 'flags/shop.json', '--set', set, '--create');
  const created = await command('flags', 'keys', 'create', set, '--kind', 'server', '--json');
  writeFileSync(join(folder, `${name}-flags.key`), (JSON.parse(created) as EvaluationKeyCreated).key, { mode: 0o600 });
}

/** Posts and sign-ins of both versions; the old one has no orphans. */
async function writePosts(database: string, orphans: number, signal: AbortSignal): Promise<void> {
  const every = Math.round(1 / orphans);
  await withClient(database, async (client) => {
    await client.query('truncate posts, sign_ins');
    while (!signal.aborted) {
      await client.query(`
        insert into posts (app_version, user_id)
          select v, case when v = '${NEW}' and n % ${every} = 0 then null else n end
          from generate_series(1, 50) n, unnest(array['${OLD}', '${NEW}']) v;
        insert into sign_ins (app_version, succeeded)
          select v, true from generate_series(1, 50) n, unnest(array['${OLD}', '${NEW}']) v;`);
      await pass(250);
    }
  });
}
