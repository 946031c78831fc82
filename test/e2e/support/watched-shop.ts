import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { parse } from 'yaml';
import { type RunningHaproxy, startHaproxy } from '../../../scripts/servers/haproxy.ts';
import { startPostgres, type TestPostgres } from '../../../scripts/servers/postgres.ts';
import { PASSWORD, type PrometheusServer, startPrometheus } from '../../../scripts/servers/prometheus.ts';
import { withClient } from '../../../scripts/servers/with-client.ts';
import { runVisitors, type VisitorReport } from '../../../examples/shop/visitors.ts';
import { HowToPage } from './how-to-page.ts';
import { openShop, type Shop } from './shop.ts';
import { COUNTS_TOKEN, WhatVisitorsMet } from './what-visitors-met.ts';

export const PERSON = 'rm@shop.example';
const READER_PASSWORD = 'only-reads-the-orders';
/** Whoever reads any of these in an event, a log or a message reads too much. */
export const SECRETS = [READER_PASSWORD, COUNTS_TOKEN, PASSWORD] as const;

/** Versions of the shop: the first, a bad one, and two sound ones. */
export const [FIRST, BAD, SOUND, NEXT] = ['1.0.0', '2.1.0', '2.2.0', '2.3.0'] as const;

/** Of the first share: Prometheus hands on what targets it found every five seconds, and then scrapes them every second. */
export const FIRST_HOLD = '10s';

/** The how-to's plan, as the reader of YAML gives it. */
type Plan = Readonly<Record<'environments' | 'metrics' | 'phases' | 'artifact' | 'people', object>>;

/** The example shop behind HAProxy, with visitors, who are counted by Prometheus and in the team's own books. */
export interface WatchedShop extends AsyncDisposable {
  readonly folder: string;
  readonly server: Shop['server'];
  readonly postgres: TestPostgres;
  readonly prometheus: PrometheusServer;
  readonly met: WhatVisitorsMet;
  /** As it stands in the how-to, but for addresses and times. */
  readonly planText: string;
  readonly plan: Plan;
  /** The metrics that read the team's own books. */
  readonly ownMetrics: Readonly<Record<'orders' | 'pages' | 'answers', object>>;
}

/** Serves the first version, and visitors come until it is disposed of. */
export async function openWatchedShop(programs: string): Promise<WatchedShop> {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startPostgres(programs));
  const haproxy = stack.use(await startHaproxy());
  const orders = await withOrders(postgres);
  const shop = await openShop({
    SLIPWAY_PERSON: PERSON,
    ORDERS_DATABASE_URL: orders,
    COUNTS_TOKEN,
    PROMETHEUS_PASSWORD: PASSWORD,
  });
  stack.defer(() => shop.close());
  const targets = join(shop.folder, 'targets');
  mkdirSync(targets);
  addNext(shop.folder);
  const prometheus = stack.use(await startPrometheus({ scrape: scrapeConfigs(targets) }));
  const met = await WhatVisitorsMet.open(shop.folder, postgres.url);
  stack.defer(() => met.close());
  const page = pageFor({ haproxy, prometheus, targets });
  writeFileSync(join(shop.folder, 'serve.sh'), page.block('# file: serve.sh'));
  const planText = page.block('# launch plan: launch.yaml');
  const plan = parse(planText) as Plan;
  await install(shop, plan);
  const leave = startVisitors(haproxy.address.plain, met);
  stack.defer(async () => void (await leave()));
  const held = stack.move();
  return {
    folder: shop.folder,
    server: shop.server,
    postgres,
    prometheus,
    met,
    planText,
    plan,
    ownMetrics: ownMetrics(met),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Says GO where somebody is asked. */
export async function approve({ server }: WatchedShop, id: string): Promise<void> {
  const view = await server.until(id, ({ waitingFor }) => waitingFor.some(({ basis }) => basis !== null));
  for (const { step, basis } of view.waitingFor)
    if (basis !== null)
      await server.api<LaunchView>('POST', `/launches/${id}/commands`, {
        type: 'vote',
        step,
        vote: 'go',
        reason: 'it is sound',
        basis: basis.seq,
      });
}

const PAGE = 'read-metrics-from-prometheus';
const TARGETS = '/etc/prometheus/shop';

interface Here {
  readonly haproxy: RunningHaproxy;
  readonly prometheus: PrometheusServer;
  readonly targets: string;
}

function pageFor({ haproxy, prometheus, targets }: Here): HowToPage {
  return new HowToPage(PAGE, {
    [TARGETS]: targets,
    'server.mjs': 'server.ts',
    '/run/haproxy/admin.sock': haproxy.socket,
    'backend: app': 'backend: plain',
    'http://127.0.0.1:8080': haproxy.address.plain,
    'http://prometheus.internal:9090': prometheus.url,
    'steps: [{ weight: 5, hold: 10m }, { weight: 25, hold: 10m }, { weight: 100, hold: 30m }]': `steps: [{ weight: 50, hold: ${FIRST_HOLD} }, { weight: 100, hold: 2s }]`,
    'min-samples: 300': 'min-samples: 10',
    // A quantile of 0.99 takes 300 requests.
    'quantile: 0.99': 'quantile: 0.9',
    'every: 5s': 'every: 500ms',
    'silence: 1m': 'silence: 10s',
    // How slow a machine is that does other work meanwhile is not asked here.
    'p99.new < 800.0': 'p99.new < 200000.0',
  });
}

/** As in the how-to, but for the folder and the time between two scrapes. */
function scrapeConfigs(targets: string): readonly unknown[] {
  const page = new HowToPage(PAGE, { [TARGETS]: targets, 'scrape_interval: 5s': 'scrape_interval: 1s' });
  return (parse(page.block('scrape_configs:')) as { readonly scrape_configs: readonly unknown[] }).scrape_configs;
}

/** Another version, as sound as the one before it. */
function addNext(folder: string): void {
  const release = (version: string) => join(folder, 'releases', version);
  cpSync(release(SOUND), release(NEXT), { recursive: true });
  writeFileSync(`${release(NEXT)}.json`, readFileSync(`${release(SOUND)}.json`, 'utf8').replaceAll(SOUND, NEXT));
}

/** A table of orders, and the URL of one who may only read it. */
async function withOrders({ url }: TestPostgres): Promise<string> {
  await withClient(url, async (client) =>
    client.query(`
      create table orders (version text not null, refused boolean not null);
      create role reader login password '${READER_PASSWORD}';
      grant select on orders to reader;
    `),
  );
  return Object.assign(new URL(url), { username: 'reader', password: READER_PASSWORD }).href;
}

function ownMetrics({ url }: WhatVisitorsMet): WatchedShop['ownMetrics'] {
  const at = (name: string) => `$.versions['{version}'].${name}`;
  return {
    orders: {
      from: 'sql',
      connection: { env: 'ORDERS_DATABASE_URL' },
      query: 'select count(*) filter (where refused) as bad, count(*) as total from orders where version = $1',
    },
    pages: {
      from: 'http',
      url: `${url}/pages`,
      headers: { authorization: { env: 'COUNTS_TOKEN' } },
      bad: at('missing'),
      total: at('all'),
    },
    answers: { from: 'command', argv: ['sh', 'count.sh', '{version}'], env: { TOKEN: { env: 'COUNTS_TOKEN' } } },
  };
}

async function install({ server }: Shop, { artifact, environments, people }: Plan): Promise<void> {
  const phases = [{ phase: 'install', steps: [{ deploy: 'production' }] }];
  const { id } = await server.launch(
    JSON.stringify({ launch: 'first', artifact, environments, people, phases }),
    FIRST,
  );
  await server.until(id, (view) => view.state === 'completed');
}

/** They come until what is returned is called, which waits for the last of them. */
function startVisitors(url: string, met: WhatVisitorsMet): () => Promise<VisitorReport> {
  const leaving = new AbortController();
  const visits = runVisitors({ url, ratePerSecond: 60, signal: leaving.signal, onAnswer: met.add });
  return () => {
    leaving.abort();
    return visits;
  };
}
